import { Button, Textarea } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { Card, Dialog, FormError, Link, MoneyText, Pill, toast, useForm, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { PeriodDetail } from '../contract.ts'
import type { CreditListView, CreditView } from '../documents.contract.ts'
import css from './desk-months.module.css'
import { periodPath } from './desk-months.ts'
import { documentWords } from './document-words.ts'
import { useRefreshDocuments } from './documents.ts'
import { MonthFigure, percentText } from './month-figure.tsx'

/** Penalties and other credits of the month, with their evidence and the decision. Nothing is shown where there are none. */
export function MonthCredits({ view }: { view: PeriodDetail }) {
  const t = useWords(documentWords)
  const query = useQuery({
    queryKey: ['periods', 'credits', view.contract.id, view.month],
    queryFn: ({ signal }) => api.get<CreditListView>(`${periodPath(view.contract.id, view.month)}/credits`, { signal }),
  })
  const items = query.data?.items ?? []
  const figures = query.data?.figures ?? []
  if (items.length === 0 && figures.length === 0) return null
  return (
    <Card title={t('credits')}>
      {figures.map((figure) => (
        <MonthFigure key={`${figure.figure} ${figure.milliPercent}`} view={view} figure={figure} />
      ))}
      <ul className={css.unfinished}>
        {items.map((credit) => (
          <Credit key={credit.id} credit={credit} />
        ))}
      </ul>
    </Card>
  )
}

const STATES = {
  proposed: { word: 'creditProposed', tone: 'warn' },
  approved: { word: 'creditApproved', tone: 'ok' },
  rejected: { word: 'creditRejected', tone: undefined },
} as const

function Credit({ credit }: { credit: CreditView }) {
  const t = useWords(documentWords)
  const { locale } = useLocale()
  const can = useCan()
  const [deciding, setDeciding] = useState(false)
  const { word, tone } = STATES[credit.state]
  return (
    <li className={css.form}>
      <div>
        <p>
          <strong>
            <MoneyText kopecks={credit.kopecks} exact />
          </strong>{' '}
          <Pill tone={tone}>{t(credit.taken ? 'creditTaken' : word)}</Pill>
        </p>
        <p>{credit.title}</p>
        {credit.breaches.map((one) => (
          <p key={`${one.ticketNumber} ${one.metric} ${one.late}`} className={css.quiet}>
            <Link to={`/desk/tickets/${one.ticketNumber}`}>№ {one.ticketNumber}</Link>:{' '}
            {t('lateBy', { time: one.late })}
            {one.whollyWaitingForClient && `, ${t('costsNothing')}`}
            {one.cause && `. ${one.cause}`}
          </p>
        ))}
        {credit.figures.map((one) => (
          <p key={one.figure} className={css.quiet}>
            {t(one.figure)}: {percentText(one.milliPercent, locale)} %
          </p>
        ))}
        {credit.decision && (
          <p className={css.quiet}>
            {credit.decidedBy}: {credit.decision}
          </p>
        )}
      </div>
      {credit.state === 'proposed' && can('period.close') && (
        <div>
          <Button onClick={() => setDeciding(true)}>{t('review')}</Button>
        </div>
      )}
      {deciding && <DecideDialog credit={credit} onClose={() => setDeciding(false)} />}
    </li>
  )
}

function DecideDialog({ credit, onClose }: { credit: CreditView; onClose: () => void }) {
  const t = useWords(documentWords)
  const refresh = useRefreshDocuments()
  // Which of the two buttons sends the form.
  const approve = useRef(false)
  const form = useForm({
    initial: { reason: '' },
    submit: ({ reason }, key) =>
      api.post(`/credits/${credit.id}/decision`, { reason, approve: approve.current }, { key }),
    onDone: () => {
      toast.ok(t('answered'))
      refresh()
      onClose()
    },
  })
  const ready = form.values.reason.trim() !== ''
  return (
    <Dialog title={t('review')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit}>
        <p>{credit.title}</p>
        <Textarea {...form.field('reason')} label={t('reason')} required autosize minRows={2} />
        <FormError error={form.failure} />
        <div className={css.acts}>
          <Button
            type="submit"
            loading={form.busy}
            disabled={!ready}
            onClick={() => {
              approve.current = true
            }}
          >
            {t('creditApprove')}
          </Button>
          <Button
            type="submit"
            variant="default"
            loading={form.busy}
            disabled={!ready}
            onClick={() => {
              approve.current = false
            }}
          >
            {t('reject')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
