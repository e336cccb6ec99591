import type { CivilDate } from '@opora/core'
import type { CapacityPlan, CapacityRows, ClientCeiling, PersonLoad, WeekLoadView } from './capacity.contract.ts'
import { type LoadFacts, minutesPerWeek, type Names } from './capacity.read-model.ts'
import { availableMinutes, ceilingState, type LoadRow, loadOf, mondayOf } from './domain/capacity.ts'

/** Where a month's ceiling is not named by any contract: the product's own, 2 000 hours. */
const CEILING_MINUTES = 120_000

type IsWorking = (date: CivilDate) => boolean

/** The plan by person and week, of the rows that its figures lead to. */
export function planOf(
  facts: LoadFacts,
  given: { weeks: readonly CivilDate[]; isWorking: IsWorking; names: Names; nobody: string },
): CapacityPlan {
  const { weeks, isWorking, names, nobody } = given
  const people = facts.workers.map((worker): PersonLoad => {
    const own = facts.rows.filter((row) => row.accountId === worker.id)
    return {
      accountId: worker.id,
      name: worker.name,
      minutesPerWeek: minutesPerWeek(worker, facts.today),
      weeks: weeks.map((week) => weekOf(week, own, availableMinutes(minutesPerWeek(worker, week), week, isWorking))),
    }
  })
  const known = new Set(facts.workers.map(({ id }) => id))
  const rest = facts.rows.filter((row) => row.accountId === null || !known.has(row.accountId))
  const unassigned: PersonLoad = {
    accountId: null,
    name: nobody,
    minutesPerWeek: 0,
    weeks: weeks.map((week) => weekOf(week, rest, 0)),
  }
  const everybody = rest.length > 0 ? [...people, unassigned] : people
  return {
    weeks: weeks.map((week) => ({ week, present: week === mondayOf(facts.today) })),
    people: everybody,
    total: weeks.map((week, index) =>
      totalOf(
        week,
        everybody.map((one) => one.weeks[index]!),
      ),
    ),
    clients: ceilingsOf(facts, names),
  }
}

function weekOf(week: CivilDate, rows: readonly LoadRow[], available: number): WeekLoadView {
  const load = loadOf(rows.filter((row) => row.week === week))
  return { week, availableMinutes: available, ...load, ...shares(load, available) }
}

/** Of all people: what each is loaded with, added up. */
function totalOf(week: CivilDate, parts: readonly WeekLoadView[]): WeekLoadView {
  const sum = (of: 'availableMinutes' | 'reservedMinutes' | 'plannedMinutes' | 'actualMinutes' | 'loadMinutes') =>
    parts.reduce((total, part) => total + part[of], 0)
  const load = {
    reservedMinutes: sum('reservedMinutes'),
    plannedMinutes: sum('plannedMinutes'),
    actualMinutes: sum('actualMinutes'),
    loadMinutes: sum('loadMinutes'),
  }
  return { week, availableMinutes: sum('availableMinutes'), ...load, ...shares(load, sum('availableMinutes')) }
}

function shares(load: { loadMinutes: number; actualMinutes: number }, available: number) {
  const share = (minutes: number) => (available > 0 ? Math.round((minutes * 1000) / available) : null)
  return { loadPermille: share(load.loadMinutes), utilisationPermille: share(load.actualMinutes) }
}

/** Clients that the reader may know of, by month, the nearest to their ceiling first. */
function ceilingsOf(facts: LoadFacts, names: Names): ClientCeiling[] {
  const seen = facts.rows.filter((row) => names.seen.has(row.clientId))
  const groups = Map.groupBy(seen, (row) => `${row.month}/${row.clientId}`)
  const views = [...groups.values()].map((rows): ClientCeiling => {
    const { clientId, month } = rows[0]!
    const { loadMinutes, ...load } = loadOf(rows)
    const ceilingMinutes = facts.ceilings.get(clientId) ?? CEILING_MINUTES
    return {
      client: { id: clientId, name: names.clients.get(clientId) ?? '' },
      month,
      ...load,
      needMinutes: loadMinutes,
      ceilingMinutes,
      state: ceilingState(loadMinutes, ceilingMinutes),
    }
  })
  return views.toSorted(
    (a, b) => b.needMinutes * a.ceilingMinutes - a.needMinutes * b.ceilingMinutes || (a.month < b.month ? -1 : 1),
  )
}

/** The rows behind one figure. Clients that the reader does not serve stay unnamed, and their minutes are one row for each kind. */
export function rowsView(
  rows: readonly LoadRow[],
  names: Names,
  personOf: (id: number | null) => string | null,
): CapacityRows {
  const named = rows
    .filter((row) => names.seen.has(row.clientId))
    .map((row) => ({
      kind: row.kind,
      client: { id: row.clientId, name: names.clients.get(row.clientId) ?? '' },
      contractNumber: row.contractId === null ? null : (names.contracts.get(row.contractId) ?? null),
      ticketNumber: row.ticketId === null ? null : (names.tickets.get(row.ticketId) ?? null),
      person: personOf(row.accountId),
      minutes: row.minutes,
    }))
  const others = Map.groupBy(
    rows.filter((row) => !names.seen.has(row.clientId)),
    (row) => row.kind,
  )
  const unnamed = [...others].map(([kind, own]) => ({
    kind,
    client: null,
    contractNumber: null,
    ticketNumber: null,
    person: null,
    minutes: own.reduce((sum, row) => sum + row.minutes, 0),
  }))
  const items = [...named.toSorted((a, b) => b.minutes - a.minutes), ...unnamed]
  return { items, totalMinutes: items.reduce((sum, row) => sum + row.minutes, 0) }
}
