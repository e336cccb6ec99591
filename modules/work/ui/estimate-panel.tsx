import { useMe } from '@opora/access/ui'
import { minutesInWords } from '@opora/core'
import {
  confirm,
  DateText,
  DateTimeText,
  Loaded,
  MinutesText,
  MoneyText,
  PanelSection,
  Pill,
  type Tone,
  toast,
  useLocale,
  useWords,
} from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import { IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { z } from 'zod'
import type { EstimateView, ticketEstimates } from '../contract.ts'
import { estimateWords } from './estimate-words.ts'
import css from './work.module.css'

const EstimateAnswer = lazy(() => import('./estimate-answer.tsx').then((m) => ({ default: m.EstimateAnswer })))
const EstimateDialog = lazy(() => import('./estimate-dialog.tsx').then((m) => ({ default: m.EstimateDialog })))

const TONES: Record<EstimateView['state'], Tone> = {
  draft: 'neutral',
  offered: 'violet',
  approved: 'ok',
  declined: 'danger',
  asked: 'warn',
  expired: 'neutral',
  superseded: 'neutral',
}

interface PanelProps {
  ticketId: number
  canOffer: boolean
}

/** The rounds of agreeing on hours and a price with the client. */
export function EstimatePanel({ ticketId, canOffer }: PanelProps) {
  const t = useWords(estimateWords)
  const { locale } = useLocale()
  const [writing, setWriting] = useState(false)
  const rounds = useQuery({
    queryKey: ['ticket', ticketId, 'estimates'],
    queryFn: () => api.get<z.infer<typeof ticketEstimates>>(`/tickets/${ticketId}/estimates`),
    retry: false,
  })
  const latest = rounds.data?.items[0]
  return (
    <PanelSection
      key={String(latest !== undefined)}
      title={t('estimate')}
      aside={latest ? <Pill tone={TONES[latest.state]}>{t(`state_${latest.state}`)}</Pill> : undefined}
      startClosed={latest === undefined}
    >
      <Loaded query={rounds}>
        {({ items, fact }) => (
          <>
            {items.length === 0 && <p className={css.quiet}>{t('none')}</p>}
            {fact && (
              <p className={css.quiet}>
                {t('fact')}:{' '}
                {t('factWords', {
                  actual: minutesInWords(fact.actualMinutes, locale),
                  planned: minutesInWords(fact.estimatedMinutes, locale),
                })}
              </p>
            )}
            {items.map((one) => (
              <Round key={one.id} ticketId={ticketId} estimate={one} canOffer={canOffer} />
            ))}
          </>
        )}
      </Loaded>
      {canOffer && (
        <button type="button" className={css.add} onClick={() => setWriting(true)}>
          <IconPlus size={15} aria-hidden="true" />
          {t(latest?.state === 'approved' ? 'supplement' : 'newEstimate')}
        </button>
      )}
      <Suspense fallback={null}>
        {writing && <EstimateDialog ticketId={ticketId} onClose={() => setWriting(false)} />}
      </Suspense>
    </PanelSection>
  )
}

function Round({ ticketId, estimate, canOffer }: { ticketId: number; estimate: EstimateView; canOffer: boolean }) {
  const t = useWords(estimateWords)
  const act = useEstimateActs(ticketId, estimate)
  // a partner prepares an estimate; whoever of the provider answers for it sends it on
  const isPartner = useMe()?.side === 'partner'
  const [shown, setShown] = useState<'change' | 'answer' | null>(null)
  const open = estimate.state === 'offered' || estimate.state === 'asked'
  return (
    <article className={css.round} data-state={estimate.state}>
      <header>
        <span>
          {t('round', { n: estimate.round })}
          {estimate.title && `: ${estimate.title}`}
        </span>
        <Pill tone={TONES[estimate.state]}>{t(`state_${estimate.state}`)}</Pill>
      </header>
      <ul>
        {estimate.lines.map((line) => (
          <li key={line.title}>
            <span>{line.title}</span>
            <MinutesText minutes={line.minutes} />
          </li>
        ))}
        <li className={css.total}>
          <span>{t('total')}</span>
          <span>
            <MinutesText minutes={estimate.minutes} />
            {estimate.amountKopecks !== null && (
              <>
                , <MoneyText kopecks={estimate.amountKopecks} />
              </>
            )}
          </span>
        </li>
      </ul>
      {estimate.comment && <p className={css.comment}>«{estimate.comment}»</p>}
      {estimate.answer && <p className={css.fine}>→ {estimate.answer}</p>}
      <p className={css.fine}>
        {estimate.author}
        {estimate.decidedBy && estimate.decidedAt && (
          <>
            {' → '}
            {estimate.decidedBy}, <DateTimeText at={estimate.decidedAt} />
          </>
        )}
        {open && estimate.validUntil && (
          <>
            {' · '}
            {t('validUntil')} <DateText date={estimate.validUntil} month="short" />
          </>
        )}
      </p>
      {canOffer && (
        <div className={css.acts}>
          {estimate.state === 'draft' && (
            <button type="button" className={css.add} onClick={() => setShown('change')}>
              {t('change')}
            </button>
          )}
          {!isPartner && estimate.state === 'asked' && (
            <button type="button" className={css.add} onClick={() => setShown('answer')}>
              {t('reply')}
            </button>
          )}
          {!isPartner && estimate.state === 'draft' && (
            <button type="button" className={css.add} onClick={() => void act.offer()}>
              {t('offer')}
            </button>
          )}
          {((open && !isPartner) || estimate.state === 'draft') && (
            <button type="button" className={css.add} onClick={() => void act.withdraw()}>
              {t('withdraw')}
            </button>
          )}
        </div>
      )}
      <Suspense fallback={null}>
        {shown === 'change' && <EstimateDialog ticketId={ticketId} draft={estimate} onClose={() => setShown(null)} />}
        {shown === 'answer' && <EstimateAnswer estimate={estimate} onClose={() => setShown(null)} />}
      </Suspense>
    </article>
  )
}

function useEstimateActs(ticketId: number, estimate: EstimateView) {
  const t = useWords(estimateWords)
  const client = useQueryClient()
  const send = async (path: string, body: object, said: string) => {
    try {
      await api.post(`/estimates/${estimate.id}/${path}`, body, { version: estimate.version })
      toast.ok(said)
    } catch (error) {
      toast.error(error instanceof ApiError ? error.message : String(error))
    }
    await client.invalidateQueries({ queryKey: ['ticket', ticketId] })
  }
  return {
    offer: () => send('offer', {}, t('sent')),
    withdraw: async () => {
      if (await confirm({ title: t('withdrawTitle'), action: t('withdraw'), danger: true })) {
        await send('withdraw', {}, t('withdrawn'))
      }
    },
  }
}
