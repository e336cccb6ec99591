import { Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import { moneyInWords } from '@opora/core'
import { ConflictNote, plainFailure, useCan } from '@opora/people/ui'
import {
  Card,
  DateText,
  Dialog,
  Facts,
  FormError,
  Loaded,
  MinutesText,
  Pill,
  toast,
  useForm,
  useLocale,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { endingPreview, endingReply } from '../../contract.ts'
import css from '../catalogue/catalogue.module.css'
import type { ContractView } from '../contract-parts.tsx'
import { agreementWords } from './agreement-words.ts'

type Preview = z.infer<typeof endingPreview>
type Ending = NonNullable<z.infer<typeof endingReply>['ending']>

/** The planned end of a contract: what stops, what was handed over, what was settled. */
export function ContractEnding({ contractId }: { contractId: number }) {
  const t = useWords(agreementWords)
  const { locale } = useLocale()
  const may = useCan()('contract.change')
  const cache = useQueryClient()
  const queryKey = ['contracts', 'ending', contractId]
  const found = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get<z.infer<typeof endingReply>>(`/contracts/${contractId}/ending`, { signal }),
  })
  const ending = found.data?.ending
  if (!ending) return null
  const tick = async (code: string, done: boolean) => {
    await api.put(`/contracts/${contractId}/ending/${code}`, { done }, { version: ending.version })
    await cache.invalidateQueries({ queryKey })
  }
  return (
    <Card
      title={t('ending')}
      actions={
        <Pill tone={ending.settledAt ? 'neutral' : 'warn'}>{t(ending.settledAt ? 'settled' : 'notSettled')}</Pill>
      }
    >
      <div className={css.stack}>
        <Facts
          rows={[
            [t('endingOn'), <DateText key="on" date={ending.endsOn} />],
            [t('endReason'), ending.reason],
          ]}
        />
        <fieldset className={css.group}>
          <legend>{t('handover')}</legend>
          {ending.handover.map((item) => (
            <Checkbox
              key={item.code}
              label={item.words[locale]}
              description={item.by}
              checked={item.done}
              disabled={!may}
              onChange={(event) =>
                void tick(item.code, event.currentTarget.checked).catch((error: unknown) => toast.error(String(error)))
              }
            />
          ))}
        </fieldset>
        <Leftovers items={ending.leftovers} />
      </div>
    </Card>
  )
}

function Leftovers({ items }: { items: Ending['leftovers'] }) {
  const t = useWords(agreementWords)
  const { locale } = useLocale()
  if (items.length === 0) return <p className={css.hint}>{t('noLeftovers')}</p>
  return (
    <ul className={css.lines}>
      {items.map((one) => (
        <li key={one.bucketId}>
          <span>
            {one.name[locale]}:{' '}
            {one.refundKopecks > 0 ? t('refunded', { sum: moneyInWords(one.refundKopecks, locale) }) : t('burns')}
          </span>
          <span className={css.sum}>
            <MinutesText minutes={one.minutes} />
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Ends a contract on a day: what would stop, what is to hand over and what is left are read first. */
export function EndContract({ contract, onClose }: { contract: ContractView; onClose: () => void }) {
  const t = useWords(agreementWords)
  const cache = useQueryClient()
  const renew = () => {
    void cache.invalidateQueries({ queryKey: ['contracts'] })
    onClose()
  }
  const form = useForm({
    initial: { endsOn: contract.endsOn ?? '', reason: '' },
    submit: (values) => api.post(`/contracts/${contract.id}/ending`, values, { version: contract.version }),
    onDone: () => {
      toast.ok(t('ending'))
      renew()
    },
  })
  const { endsOn, reason } = form.values
  const preview = useQuery({
    queryKey: ['contracts', 'ending-preview', contract.id, endsOn],
    queryFn: ({ signal }) =>
      api.get<Preview>(`/contracts/${contract.id}/ending/preview`, { query: { on: endsOn }, signal }),
    enabled: endsOn !== '',
  })
  return (
    <Dialog title={t('end')} size="wide" onClose={onClose}>
      <form className={css.stack} onSubmit={form.submit} noValidate>
        <p className={css.hint}>{t('endHint')}</p>
        <div className={css.pair}>
          <TextInput type="date" label={t('endOn')} required {...form.field('endsOn')} />
        </div>
        <Textarea label={t('endReason')} required autosize minRows={2} {...form.field('reason')} />
        {endsOn !== '' && <Loaded query={preview}>{(data) => <WhatEnds data={data} />}</Loaded>}
        <ConflictNote error={form.refusal} onReload={renew} />
        <FormError error={plainFailure(form.failure)} />
        <div className={css.acts}>
          <Button type="submit" color="red" loading={form.busy} disabled={!endsOn || reason.trim().length < 3}>
            {t('end')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function WhatEnds({ data }: { data: Preview }) {
  const t = useWords(agreementWords)
  const { locale } = useLocale()
  return (
    <div className={css.columns}>
      <section>
        <h3>{t('stops')}</h3>
        <ul className={css.steps}>
          {data.stops.map((one) => (
            <li key={one.ru}>{one[locale]}</li>
          ))}
          <li>{t('openTickets', { n: data.openTickets })}</li>
        </ul>
        {data.warnings.map((one) => (
          <p key={one.ru} className={css.strong}>
            {one[locale]}
          </p>
        ))}
      </section>
      <section>
        <h3>{t('handover')}</h3>
        <ul className={css.steps}>
          {data.handover.map((one) => (
            <li key={one.code}>{one.words[locale]}</li>
          ))}
        </ul>
        <h3>{t('leftovers')}</h3>
        <Leftovers items={data.leftovers} />
      </section>
    </div>
  )
}
