import { minutesInWords } from '@opora/core'
import { Card, Link, Loaded, MoneyText, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { WhatIfReply } from '../../rules.contract.ts'
import css from './policies.module.css'
import type { PolicySpec } from './policy-matrix.ts'
import { policyWords } from './policy-words.ts'

interface WhatIfAsk {
  from?: string
  to?: string
  policyCode?: string
  calendarCode?: string
  spec?: PolicySpec
  /** Only contracts on this policy. */
  ofPolicy?: string
}

type Side = WhatIfReply['before']
type Share = Side['total']
const METRICS = ['reaction', 'next_answer', 'resolution'] as const
const PRIORITIES = [1, 2, 3, 4] as const
const LISTED = 200

/** What a period came to, and what it would have come to: share kept, breaches, penalties, and which promises turn. */
export function WhatIfResult({ ask }: { ask: WhatIfAsk }) {
  const t = useWords(policyWords)
  const found = useQuery({
    queryKey: ['what-if', ask],
    queryFn: ({ signal }) => api.post<WhatIfReply>('/sla/what-if', ask, { signal }),
    retry: false,
  })
  return (
    <Loaded query={found}>
      {(data) => (
        <div className={css.column}>
          <Card title={t('ticketsCounted', { n: data.tickets })}>
            <div className={css.scroll}>
              <Figures data={data} />
            </div>
          </Card>
          {data.turnedCount === 0 ? (
            <p className={css.fine}>{t('turnedNone')}</p>
          ) : (
            <Card title={t('turned', { n: data.turnedCount })}>
              <Turned turned={data.turned} />
              {data.turnedCount > LISTED && <p className={css.fine}>{t('movedMore')}</p>}
            </Card>
          )}
        </div>
      )}
    </Loaded>
  )
}

function Figures({ data: { before, after } }: { data: WhatIfReply }) {
  const t = useWords(policyWords)
  const rows: { key: string; name: string; of: (side: Side) => Share }[] = [
    { key: 'total', name: t('total'), of: (side) => side.total },
    ...METRICS.map((metric) => ({
      key: metric,
      name: t(`metric_${metric}`),
      of: (side: Side) => side.byMetric[metric],
    })),
    ...PRIORITIES.map((n) => ({
      key: String(n),
      name: t('priorityN', { n }),
      of: (side: Side) => side.byPriority[n],
    })),
  ]
  return (
    <table className={css.figures}>
      <thead>
        <tr>
          <th />
          <th>{`${t('kept')}, ${t('real').toLowerCase()}`}</th>
          <th>{t('other').toLowerCase()}</th>
          <th>{`${t('missed')}, ${t('real').toLowerCase()}`}</th>
          <th>{t('other').toLowerCase()}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, of }) => (
          <ShareRow key={key} name={name} before={of(before)} after={of(after)} />
        ))}
        {before.penaltiesKopecks !== null && after.penaltiesKopecks !== null && (
          <tr>
            <th scope="row">{t('penalties')}</th>
            <td />
            <td />
            <td>
              <MoneyText kopecks={before.penaltiesKopecks} />
            </td>
            <td className={toneOf(before.penaltiesKopecks - after.penaltiesKopecks)}>
              <MoneyText kopecks={after.penaltiesKopecks} />
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

function ShareRow({ name, before, after }: { name: string; before: Share; after: Share }) {
  const { locale } = useLocale()
  const percent = ({ keptPermille }: Share) =>
    keptPermille === null ? '—' : `${(keptPermille / 10).toLocaleString(locale)} %`
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{percent(before)}</td>
      <td className={gainOf(before, after)}>{percent(after)}</td>
      <td>{before.missed}</td>
      <td className={toneOf(before.missed - after.missed)}>{after.missed}</td>
    </tr>
  )
}

/** Shares are compared where both sides decided something. */
function gainOf({ keptPermille: before }: Share, { keptPermille: after }: Share): string | undefined {
  return before === null || after === null ? undefined : toneOf(after - before)
}

function toneOf(gain: number): string | undefined {
  if (gain === 0) return undefined
  return gain > 0 ? css['better'] : css['worse']
}

function Turned({ turned }: { turned: WhatIfReply['turned'] }) {
  return (
    <table className={css.moves}>
      <tbody>
        {turned.map((one) => (
          <tr key={`${one.ticketId} ${one.metric} ${one.before?.dueAt} ${one.after?.dueAt}`}>
            <td>
              <Link to={`/desk/tickets/${one.number}`}>№ {one.number}</Link>
              <div className={css.fine}>{one.subject}</div>
            </td>
            <td>
              {one.metricName}
              <div className={css.fine}>
                {one.before?.promised ?? '—'} → {one.after?.promised ?? '—'}
              </div>
            </td>
            <td className={css.amount}>
              <Outcome side={one.before} /> → <Outcome side={one.after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Outcome({ side }: { side: WhatIfReply['turned'][number]['before'] }) {
  const t = useWords(policyWords)
  const { locale } = useLocale()
  if (side === null) return '—'
  const late = side.outcome === 'missed' ? ` (${t('lateBy', { time: minutesInWords(side.lateMinutes, locale) })})` : ''
  return `${t(`outcome_${side.outcome}`)}${late}`
}
