import { type Actor, scopeCondition, scopeOf } from '@opora/access'
import type { CivilDate, Instant } from '@opora/core'
import { civilDateIn, isoInstant, MINUTE_MS, startOfDate } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import type { TimeEntryView } from './contract.ts'
import { dayMarks } from './domain/day-marks.ts'
import { listTime } from './time.read-model.ts'
import type { WeekView } from './week.contract.ts'

const ENTRIES_MAX = 2_000
/** A shorter hole between two entries is a pause. */
const LEAST_GAP_MINUTES = 15

type Row = WeekView['rows'][number]
type Cell = Row['cells'][number]

export function addDays(date: CivilDate, days: number): CivilDate {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

function daysOf(monday: CivilDate): CivilDate[] {
  return Array.from({ length: 7 }, (_, offset) => addDays(monday, offset))
}

const keyOf = (entry: TimeEntryView) => `${entry.ticket.id} ${entry.activity.code}`

/** An entry as far as a day has it; `whole` where it is all of one day. */
type Slice = TimeEntryView & { whole: boolean }

/** Standing entries of a person’s days, on their own dates; what was taken back is left out with what took it back. */
async function entriesOf(sql: Queryable, actor: Actor, accountId: number, from: CivilDate, to: CivilDate) {
  const query = { from, to, accountId, approved: 'all' as const, limit: ENTRIES_MAX }
  const { items } = await listTime(sql, actor, query)
  return items.filter((entry) => entry.reversesId === null && entry.reversedById === null)
}

/** The same with work past midnight parted at it: each day shows its own minutes. Work begun on the eve of the first day is among them. */
async function slicesOf(sql: Queryable, actor: Actor, accountId: number, days: readonly CivilDate[]): Promise<Slice[]> {
  const entries = await entriesOf(sql, actor, accountId, addDays(days[0]!, -1), days.at(-1)!)
  return entries.flatMap((entry) => slicesOfEntry(entry, actor.zone)).filter((slice) => days.includes(slice.date))
}

function slicesOfEntry(entry: TimeEntryView, zone: string): Slice[] {
  const startedAt = Date.parse(entry.startedAt)
  const endedAt = Date.parse(entry.endedAt)
  // an entry's date is counted in its client's zone: where the reader's names another day, it stays on its own
  if (!entry.timed || civilDateIn(zone, startedAt) !== entry.date) return [{ ...entry, whole: true }]
  const slices: Slice[] = []
  for (let from = startedAt; from < endedAt; ) {
    const date = civilDateIn(zone, from)
    const to = Math.min(endedAt, startOfDate(zone, addDays(date, 1)))
    const minutes = (to - from) / MINUTE_MS
    slices.push({ ...entry, date, minutes, startedAt: isoInstant(from), endedAt: isoInstant(to), whole: false })
    from = to
  }
  return slices.length === 1 ? [{ ...entry, whole: true }] : slices
}

/** A person's week as a grid: every figure, mark and right to write is the server's. */
export async function weekOf(
  sql: Queryable,
  actor: Actor,
  ask: { monday: CivilDate; accountId: number },
): Promise<WeekView> {
  const { monday, accountId } = ask
  const days = daysOf(monday)
  const mine = accountId === actor.accountId
  const [entries, before, now] = await Promise.all([
    slicesOf(sql, actor, accountId, days),
    entriesOf(sql, actor, accountId, addDays(monday, -7), addDays(monday, -1)),
    databaseNow(sql),
  ])
  const today = civilDateIn(actor.zone, now)
  const grouped = Map.groupBy(entries, keyOf)
  const rows = [...grouped.values()].map((own) => rowOf(own, days, { mine, today }))
  return {
    monday,
    days: days.map((date) => dayOf(entries, date)),
    rows: rows.toSorted((a, b) => a.ticket.number - b.ticket.number || (a.activity.code < b.activity.code ? -1 : 1)),
    before: [...Map.groupBy(before, keyOf)]
      .filter(([key]) => !grouped.has(key))
      .map(([, own]) => ({
        ticket: own[0]!.ticket,
        client: own[0]!.client,
        activity: own[0]!.activity,
        minutes: sum(own),
      })),
    totalMinutes: sum(entries.filter((entry) => days.includes(entry.date))),
    today,
    mine,
  }
}

const sum = (entries: readonly { minutes: number }[]) => entries.reduce((total, entry) => total + entry.minutes, 0)

function rowOf(own: readonly Slice[], days: readonly CivilDate[], reader: { mine: boolean; today: CivilDate }): Row {
  const [first] = own
  const byDay = Map.groupBy(own, (entry) => entry.date)
  return {
    ticket: first!.ticket,
    client: first!.client,
    activity: first!.activity,
    cells: days.map((date) => cellOf(byDay.get(date) ?? [], date, reader)),
    totalMinutes: sum(own.filter((entry) => days.includes(entry.date))),
  }
}

function cellOf(entries: readonly Slice[], date: CivilDate, reader: { mine: boolean; today: CivilDate }): Cell {
  const closed = entries.some((entry) => entry.periodClosed)
  const approved = entries.length > 0 && entries.every((entry) => entry.approvedAt !== null)
  const isLocked = closed || entries.some((entry) => entry.approvedAt !== null || !entry.whole)
  return {
    date,
    minutes: sum(entries),
    entries: entries.length,
    note: entries[0]?.note ?? '',
    editable: reader.mine && entries.length <= 1 && !isLocked && date <= reader.today,
    approved,
    closed,
  }
}

function dayOf(entries: readonly TimeEntryView[], date: CivilDate): WeekView['days'][number] {
  const own = entries.filter((entry) => entry.date === date)
  const timed = own.filter((entry) => entry.timed)
  const spans = timed.map(({ startedAt, endedAt }) => ({
    startedAt: Date.parse(startedAt),
    endedAt: Date.parse(endedAt),
  }))
  const { overlaps, gaps } = dayMarks(spans, LEAST_GAP_MINUTES)
  const told = (mark: { from: Instant; to: Instant; minutes: number }) => ({
    from: isoInstant(mark.from),
    to: isoInstant(mark.to),
    minutes: mark.minutes,
  })
  return {
    date,
    minutes: sum(own),
    approvedMinutes: sum(own.filter((entry) => entry.approvedAt !== null)),
    overlaps: overlaps.map(told),
    gaps: gaps.map(told),
  }
}

/** A person's own entries of one cell. */
export async function cellEntries(
  sql: Queryable,
  actor: Actor,
  cell: { accountId: number; ticketId: number; activity: string; date: CivilDate },
): Promise<TimeEntryView[]> {
  const entries = await entriesOf(sql, actor, cell.accountId, addDays(cell.date, -1), addDays(cell.date, 1))
  return entries.filter(
    (entry) => entry.ticket.id === cell.ticketId && entry.activity.code === cell.activity && entry.date === cell.date,
  )
}

/** What was last written for such work of the person on the ticket, else the ticket's subject. */
export async function usualNote(
  sql: Queryable,
  given: { accountId: number; ticketId: number; activity: string },
): Promise<string> {
  const [row] = await sql<{ note: string }[]>`
    select coalesce((select note from time_entry where ticket_id = t.id and account_id = ${given.accountId} and note <> ''
      order by (activity = ${given.activity}) desc, id desc limit 1), t.subject) as note
    from ticket t where t.id = ${given.ticketId}`
  return row?.note ?? ''
}

/** Contracts and people whose time somebody must approve, as far as the reader may approve it. */
export async function rulesOfApproval(sql: Queryable, actor: Actor) {
  const reach = scopeCondition(sql, scopeOf(actor, 'time.approve'), { client: sql`k.client_id` })
  const contracts = await sql<{ id: number; number: string; client: string }[]>`
    select k.id, k.number, cl.name as client from time_approval_rule r join contract k on k.id = r.contract_id
      join client cl on cl.id = k.client_id where ${reach} order by cl.name, k.id`
  const people = await sql<{ id: number; name: string }[]>`
    select a.id, a.name from time_approval_rule r join account a on a.id = r.account_id order by a.name, a.id`
  return { contracts: [...contracts], people: [...people] }
}
