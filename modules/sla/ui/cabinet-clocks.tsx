import { formatDateTime } from '@opora/platform/i18n'
import {
  Countdown,
  DateTimeText,
  Loaded,
  MinutesText,
  Pill,
  Reasons,
  type Tone,
  useLocale,
  useWords,
  Why,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { ClockResult, clockResultsReply, resultExplanationReply } from '../contract.ts'
import css from './cabinet-clocks.module.css'
import { cabinetClockWords } from './cabinet-words.ts'

type Explained = z.infer<typeof resultExplanationReply>

export function useCabinetClocks(ticketId: string, enabled = true) {
  return useQuery({
    queryKey: ['cabinet', 'clocks', ticketId],
    queryFn: async ({ signal }) => {
      const reply = await api.get<z.infer<typeof clockResultsReply>>(`/cabinet/tickets/${ticketId}/clocks`, { signal })
      const arrivedAt = Date.now()
      return { items: reply.items.map((clock) => ({ ...clock, arrivedAt })) }
    },
    enabled,
    refetchInterval: RENEW_MS,
    retry: false,
  })
}

/** `arrivedAt`: from when its time runs down, by the reader's own clock; a letter's page has none. */
type ShownClock = ClockResult & { arrivedAt?: number }

const RENEW_MS = 60_000
const TONES: Record<ClockResult['state'], Tone> = {
  running: 'info',
  paused: 'violet',
  met: 'ok',
  breached: 'danger',
  cancelled: 'neutral',
}

export interface CabinetClocksProps {
  ticketId: string
  clocks: readonly ShownClock[]
  /** Why nothing is promised, when nothing is. */
  reason?: string | null
  /** Explanations need a session; a letter's page goes without. */
  plain?: boolean
}

/** What was promised about a request and what came of it; every time tells why it is that time. */
export function CabinetClocks({ ticketId, clocks, reason, plain = false }: CabinetClocksProps) {
  const t = useWords(cabinetClockWords)
  const shown = clocks.filter((clock) => clock.state !== 'cancelled')
  if (shown.length === 0) return <p className={css.fine}>{reason ? t('noneWhy', { reason }) : t('none')}</p>
  return (
    <ul className={css.clocks}>
      {shown.map((clock) => (
        <li key={`${clock.metric}-${clock.seq}`} className={css.clock}>
          <span className={css.name}>{clock.metricName}</span>
          <span>
            {plain ? (
              <Moment clock={clock} />
            ) : (
              <Why
                title={t('why', { metric: clock.metricName })}
                explain={() => <Explanation ticketId={ticketId} clock={clock} />}
              >
                <Moment clock={clock} />
              </Why>
            )}
            {clock.estimated && <span className={css.fine}> · {t('estimated')}</span>}
            <Left clock={clock} />
          </span>
          <Pill tone={TONES[clock.state]} dot plain>
            {clock.stateName}
          </Pill>
        </li>
      ))}
    </ul>
  )
}

/** The working time that is left of a promise, running down while it is looked at. */
function Left({ clock }: { clock: ShownClock }) {
  const { state, dueAt, remainingMinutes, open, turnsIn, arrivedAt } = clock
  if (remainingMinutes === null || arrivedAt === undefined || state === 'met' || state === 'cancelled') return null
  return (
    <span className={css.left}>
      <Countdown clock={{ state, dueAt, remainingMinutes, open, turnsIn, asOf: arrivedAt }} />
    </span>
  )
}

function Moment({ clock }: { clock: ClockResult }) {
  const t = useWords(cabinetClockWords)
  if (clock.metAt) return <DateTimeText at={clock.metAt} />
  if (clock.dueAt === null) return clock.pauseText ?? t('paused')
  return (
    <>
      {t('until')} <DateTimeText at={clock.dueAt} />
    </>
  )
}

/** The intervals that were counted and those that were not, up to the promised time. */
function Explanation({ ticketId, clock }: { ticketId: string; clock: ClockResult }) {
  const t = useWords(cabinetClockWords)
  const place = useLocale()
  const query = useQuery({
    queryKey: ['cabinet', 'clocks', ticketId, clock.metric, clock.seq],
    queryFn: ({ signal }) =>
      api.get<Explained>(`/cabinet/tickets/${ticketId}/clocks/${clock.metric}/${clock.seq}/explain`, { signal }),
  })
  const span = (from: string, to: string) => {
    const sameDay = formatDateTime(Date.parse(from), place, 'day') === formatDateTime(Date.parse(to), place, 'day')
    const end = formatDateTime(Date.parse(to), place, sameDay ? 'time' : 'short')
    return `${formatDateTime(Date.parse(from), place)} – ${end}`
  }
  return (
    <Loaded query={query}>
      {({ intervals, targetMinutes, usedMinutes }) => (
        <Reasons
          lead={
            <>
              {t('promised', { promised: clock.promised })}
              {clock.estimated && ` ${t('estimatedWhy')}`}
            </>
          }
          rows={intervals.map((one) => ({
            key: one.from + one.to,
            what: span(one.from, one.to),
            detail: one.ahead ? `${one.text}, ${t('ahead')}` : one.text,
            amount: one.counted ? <MinutesText minutes={one.minutes} /> : '—',
            skipped: !one.counted,
          }))}
          total={{
            what: targetMinutes === null ? t('used') : t('total'),
            amount: <MinutesText minutes={targetMinutes ?? usedMinutes} />,
          }}
        />
      )}
    </Loaded>
  )
}
