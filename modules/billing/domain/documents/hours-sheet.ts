import type { CivilDate, Minutes } from '@opora/core'
import type { ReportWorkLine } from '../client-report.ts'

/** One piece of work as the act's attachment lists it: who, when, what, how long, and how long for the bill. */
export interface HoursRow {
  date: CivilDate
  ticketNumber: string
  ticketTitle: string
  person: string
  activity: string
  description: string
  workedMinutes: Minutes
  billableMinutes: Minutes
  /** How it is charged, with what is particular about it: `из часов, срочно`. */
  share: string
  /** How the billed minutes came about. */
  explanation: string
}

const SHARES: Record<ReportWorkLine['share'], string> = {
  included: 'входит в пакет',
  package: 'из часов',
  extra: 'сверх пакета',
}

/** The month's work as the report of the same close has it, in Russian: the paper is an attachment to a Russian act. */
export function hoursRows(lines: readonly ReportWorkLine[]): HoursRow[] {
  return lines.map((line) => ({
    date: line.date,
    ticketNumber: line.ticketNumber,
    ticketTitle: line.ticketTitle,
    person: line.person,
    activity: line.activity.ru,
    description: line.description,
    workedMinutes: line.workedMinutes,
    billableMinutes: line.billableMinutes,
    share: [
      SHARES[line.share],
      line.urgent && 'срочно',
      line.onSite && 'на площадке',
      line.outOfHours && 'вне часов',
      line.correction && 'исправление',
    ]
      .filter(Boolean)
      .join(', '),
    explanation: line.explanation.map((words) => words.ru).join('; '),
  }))
}

export interface HoursTotal {
  name: string
  workedMinutes: Minutes
  billableMinutes: Minutes
}

/** Minutes of all rows by a name, the greatest first; names in the order of the alphabet where they tie. */
export function hoursBy(rows: readonly HoursRow[], nameOf: (row: HoursRow) => string): HoursTotal[] {
  const totals = new Map<string, HoursTotal>()
  for (const row of rows) {
    const name = nameOf(row)
    const known = totals.get(name) ?? { name, workedMinutes: 0, billableMinutes: 0 }
    totals.set(name, {
      name,
      workedMinutes: known.workedMinutes + row.workedMinutes,
      billableMinutes: known.billableMinutes + row.billableMinutes,
    })
  }
  return [...totals.values()].toSorted(
    (a, b) => b.workedMinutes - a.workedMinutes || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  )
}

/** All minutes of the rows. */
export function hoursTotal(rows: readonly HoursRow[]): Omit<HoursTotal, 'name'> {
  return hoursBy(rows, () => '')[0] ?? { workedMinutes: 0, billableMinutes: 0 }
}
