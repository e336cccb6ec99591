import { ActionIcon, Button } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import {
  Dialog,
  Loaded,
  MinutesText,
  monthName,
  Page,
  Pill,
  type Tone,
  useLocale,
  useSearch,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CapacityPlan, CapacityRows, ClientCeiling, PersonLoad, WeekLoadView } from '../capacity.contract.ts'
import { TeamDialog, WeeklyHoursDialog } from './load-dialogs.tsx'
import css from './money.module.css'
import { Dotted, Figure, FileLinks, MoneyTabs, RowsTable, TicketLink, useShare, useTime } from './money-parts.tsx'
import { moneyWords } from './money-words.ts'

const WEEKS = 8
const WEEKS_STEP = 4

type Asked =
  | { of: 'cell'; person: PersonLoad; week: WeekLoadView }
  | { of: 'client'; row: ClientCeiling }
  | { of: 'hours'; person: PersonLoad }
  | { of: 'team' }

/** Who is loaded with what by week, and clients against their ceiling of hours. */
export function LoadPage() {
  const t = useWords(moneyWords)
  const can = useCan()
  const [search] = useSearch()
  const [asked, setAsked] = useState<Asked | null>(null)
  const from = search['from']
  const plan = useQuery({
    queryKey: ['insight', 'capacity', { from }],
    queryFn: ({ signal }) => api.get<CapacityPlan>('/insight/capacity', { query: { from, weeks: WEEKS }, signal }),
  })
  return (
    <Page
      title={t('loadTitle')}
      body="plain"
      actions={can('team.change') && <Button onClick={() => setAsked({ of: 'team' })}>{t('keepHours')}</Button>}
      tools={<MoneyTabs />}
    >
      <Loaded query={plan}>
        {(data) => (
          <>
            <WeeksBar weeks={data.weeks} from={from} />
            <PlanGrid plan={data} onOpen={setAsked} />
            <p className={css.note}>{t('loadHint')}</p>
            <h2 className={css.section}>{t('ceilings')}</h2>
            <Ceilings rows={data.clients} onOpen={setAsked} />
          </>
        )}
      </Loaded>
      {asked?.of === 'cell' && <CellRows {...asked} onClose={() => setAsked(null)} />}
      {asked?.of === 'client' && <ClientRows row={asked.row} onClose={() => setAsked(null)} />}
      {asked?.of === 'hours' && <WeeklyHoursDialog person={asked.person} onClose={() => setAsked(null)} />}
      {asked?.of === 'team' && <TeamDialog onClose={() => setAsked(null)} />}
    </Page>
  )
}

function weeksAway(monday: string, weeks: number): string {
  return new Date(Date.parse(`${monday}T00:00:00Z`) + weeks * 7 * 86_400_000).toISOString().slice(0, 10)
}

function WeeksBar({ weeks, from }: { weeks: CapacityPlan['weeks']; from: string | undefined }) {
  const t = useWords(moneyWords)
  const [, setSearch] = useSearch()
  const first = weeks[0]!.week
  const go = (by: number) => setSearch({ from: weeksAway(first, by) }, { push: true })
  return (
    <div className={css.bar}>
      <ActionIcon variant="default" aria-label={t('weeksBack')} onClick={() => go(-WEEKS_STEP)}>
        <IconChevronLeft size={16} />
      </ActionIcon>
      <Button size="xs" variant="default" disabled={from === undefined} onClick={() => setSearch({ from: null })}>
        {t('present')}
      </Button>
      <ActionIcon variant="default" aria-label={t('weeksOn')} onClick={() => go(WEEKS_STEP)}>
        <IconChevronRight size={16} />
      </ActionIcon>
      <span className={css.end}>
        <FileLinks path={`/insight/capacity/export?weeks=${WEEKS}&from=${first}&`} />
      </span>
    </div>
  )
}

function useWeekName(): (week: string) => string {
  const { locale } = useLocale()
  const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  return (week) => format.format(Date.parse(`${week}T00:00:00Z`))
}

function PlanGrid({ plan, onOpen }: { plan: CapacityPlan; onOpen: (asked: Asked) => void }) {
  const t = useWords(moneyWords)
  const can = useCan()
  const weekName = useWeekName()
  return (
    <div className={css.scroll}>
      <table className={css.grid} aria-label={t('loadTitle')}>
        <thead>
          <tr>
            <th>{t('person')}</th>
            {plan.weeks.map(({ week, present }) => (
              <th key={week} data-present={present}>
                {weekName(week)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plan.people.map((person) => (
            <tr key={person.accountId ?? 'nobody'}>
              <td>
                {person.accountId !== null && can('capacity.change') ? (
                  <button type="button" className={css.person} onClick={() => onOpen({ of: 'hours', person })}>
                    <PersonName person={person} />
                  </button>
                ) : (
                  <PersonName person={person} />
                )}
              </td>
              {person.weeks.map((week) => (
                <td key={week.week}>
                  <Cell
                    week={week}
                    label={`${person.name}, ${weekName(week.week)}`}
                    onOpen={() => onOpen({ of: 'cell', person, week })}
                  />
                </td>
              ))}
            </tr>
          ))}
          <tr className={css.sum}>
            <td>{t('everybody')}</td>
            {plan.total.map((week) => (
              <td key={week.week}>
                <CellText week={week} />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  )
}

function PersonName({ person }: { person: PersonLoad }) {
  return (
    <span className={css.names}>
      {person.name}
      {person.accountId !== null && (
        <span className={css.quiet}>
          <MinutesText minutes={person.minutesPerWeek} />
        </span>
      )}
    </span>
  )
}

function toneOf({ loadMinutes, loadPermille }: WeekLoadView): 'none' | 'ok' | 'warn' | 'danger' {
  if (loadMinutes === 0) return 'none'
  if (loadPermille === null || loadPermille > 1_000) return 'danger'
  return loadPermille >= 800 ? 'warn' : 'ok'
}

function Cell({ week, label, onOpen }: { week: WeekLoadView; label: string; onOpen: () => void }) {
  const time = useTime()
  const tone = week.availableMinutes === 0 && week.loadMinutes > 0 ? undefined : toneOf(week)
  const name = `${label}: ${time(week.loadMinutes)}`
  return (
    <button
      type="button"
      className={css.cell}
      data-tone={tone}
      aria-haspopup="dialog"
      aria-label={name}
      title={name}
      onClick={onOpen}
    >
      <CellText week={week} />
    </button>
  )
}

function CellText({ week }: { week: WeekLoadView }) {
  const share = useShare()
  if (week.loadMinutes === 0) return '—'
  return (
    <span className={css.stacked}>
      {week.loadPermille !== null && <strong>{share(week.loadPermille)}</strong>}
      <small>
        <MinutesText minutes={week.loadMinutes} />
      </small>
    </span>
  )
}

const CEILING_TONE: Record<ClientCeiling['state'], Tone> = { ok: 'ok', near: 'warn', over: 'danger' }

function Ceilings({ rows, onOpen }: { rows: readonly ClientCeiling[]; onOpen: (asked: Asked) => void }) {
  const t = useWords(moneyWords)
  const { locale } = useLocale()
  if (rows.length === 0) return <p className={css.note}>{t('noLoad')}</p>
  return (
    <div className={css.scroll}>
      <table className={css.rows}>
        <thead>
          <tr>
            {(['client', 'month', 'reserved', 'planned', 'actual', 'need', 'ceiling'] as const).map((word) => (
              <th key={word}>{t(word)}</th>
            ))}
            <th />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.client.id}-${row.month}`}>
              <td>{row.client.name}</td>
              <td>{monthName(row.month, locale)}</td>
              {[row.reservedMinutes, row.plannedMinutes, row.actualMinutes].map((minutes, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: three columns that never move.
                <td key={index}>{minutes === 0 ? '—' : <MinutesText minutes={minutes} />}</td>
              ))}
              <td>
                <Figure onOpen={() => onOpen({ of: 'client', row })}>
                  <MinutesText minutes={row.needMinutes} />
                </Figure>
              </td>
              <td>
                <MinutesText minutes={row.ceilingMinutes} />
              </td>
              <td>
                <Pill tone={CEILING_TONE[row.state]}>{t(row.state)}</Pill>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What a person's week is made of, with the figures that it comes to. */
function CellRows({ person, week, onClose }: { person: PersonLoad; week: WeekLoadView; onClose: () => void }) {
  const t = useWords(moneyWords)
  const share = useShare()
  const weekName = useWeekName()
  const query = { week: week.week, accountId: person.accountId ?? undefined }
  return (
    <Dialog title={`${person.name}, ${weekName(week.week)}`} size="panel" onClose={onClose}>
      <div className={css.stack}>
        <dl className={css.totals}>
          {(['available', 'reserved', 'planned', 'actual'] as const).map((word) => (
            <div key={word}>
              <dt>{t(word)}</dt>
              <dd>
                <MinutesText minutes={week[`${word}Minutes`]} />
              </dd>
            </div>
          ))}
          <div>
            <dt>{t('loadIs')}</dt>
            <dd>
              <MinutesText minutes={week.loadMinutes} /> {week.loadPermille !== null && share(week.loadPermille)}
            </dd>
          </div>
        </dl>
        {week.utilisationPermille !== null && (
          <p className={css.quiet}>{t('utilisation', { share: share(week.utilisationPermille) })}</p>
        )}
        <LoadRows path="/insight/capacity/rows" query={query} />
      </div>
    </Dialog>
  )
}

function ClientRows({ row, onClose }: { row: ClientCeiling; onClose: () => void }) {
  const t = useWords(moneyWords)
  const { locale } = useLocale()
  const title = t('rowsOf', { what: `${row.client.name}, ${monthName(row.month, locale)}` })
  return (
    <Dialog title={title} size="panel" onClose={onClose}>
      <LoadRows path="/insight/capacity/client-rows" query={{ clientId: row.client.id, month: row.month }} />
    </Dialog>
  )
}

function LoadRows({ path, query }: { path: string; query: Record<string, string | number | undefined> }) {
  const t = useWords(moneyWords)
  const rows = useQuery({
    queryKey: ['insight', 'rows', path, query],
    queryFn: ({ signal }) => api.get<CapacityRows>(path, { query, signal }),
  })
  return (
    <Loaded query={rows}>
      {({ items, totalMinutes }) => (
        <RowsTable
          total={<MinutesText minutes={totalMinutes} />}
          rows={items.map((row, index) => ({
            key: index,
            what: <Dotted parts={[t(row.kind), row.client?.name ?? t('otherClient')]} />,
            detail: (
              <Dotted
                parts={[
                  row.contractNumber,
                  row.ticketNumber !== null && <TicketLink key="ticket" number={row.ticketNumber} />,
                  row.person,
                ]}
              />
            ),
            amount: <MinutesText minutes={row.minutes} />,
          }))}
        />
      )}
    </Loaded>
  )
}
