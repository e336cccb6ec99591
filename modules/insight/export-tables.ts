import type { XlsxColumn, XlsxKind, XlsxValue } from '@opora/billing'
import type { Locale } from '@opora/core'
import type { BudgetView } from './budget.contract.ts'
import type { CapacityPlan } from './capacity.contract.ts'
import type { Table } from './export-file.ts'
import { type ExportWord, exportWords } from './export-words.ts'
import type { MoneyReport } from './money.contract.ts'
import type { ContractAtRisk } from './risks.contract.ts'

type Heading = [word: ExportWord, width: number, kind: XlsxKind]

const say = (word: ExportWord, locale: Locale) => exportWords[word][locale]
const roubles = (kopecks: number | null) => (kopecks === null ? null : kopecks / 100)
const percent = (permille: number | null) => (permille === null ? null : permille / 10)
const heads = (given: readonly Heading[], locale: Locale): XlsxColumn[] =>
  given.map(([word, width, kind]) => ({ title: say(word, locale), width, kind }))

export function riskTable(rows: readonly ContractAtRisk[], locale: Locale): Table {
  const columns: Heading[] = [
    ['client', 28, 'text'],
    ['contract', 16, 'text'],
    ['endsOn', 12, 'text'],
    ['level', 12, 'text'],
    ['risk', 22, 'text'],
    ['reason', 60, 'text'],
    ['rule', 44, 'text'],
    ['left', 12, 'minutes'],
  ]
  return {
    name: say('risks', locale),
    columns: heads(columns, locale),
    rows: rows.flatMap((row) =>
      row.risks.map((risk): XlsxValue[] => [
        row.client.name,
        row.contract.number,
        row.contract.endsOn,
        say(risk.level, locale),
        say(risk.code, locale),
        risk.reason,
        risk.rule,
        row.hours?.leftMinutes ?? null,
      ]),
    ),
  }
}

/** Without the columns of cost for who may not see it. */
export function moneyTable(report: MoneyReport, locale: Locale): Table {
  const withCost = report.total.costKopecks !== null
  const columns: Heading[] = [
    ['key', 36, 'text'],
    ['revenue', 16, 'money'],
    ['provisional', 18, 'money'],
    ['minutes', 12, 'minutes'],
    ...((withCost
      ? [
          ['cost', 16, 'money'],
          ['margin', 16, 'money'],
          ['marginPercent', 12, 'number'],
        ]
      : []) as Heading[]),
  ]
  const line = (name: string, row: MoneyReport['total']): XlsxValue[] => [
    name,
    roubles(row.revenueKopecks),
    roubles(row.openKopecks),
    row.minutes,
    ...(withCost ? [roubles(row.costKopecks), roubles(row.marginKopecks), percent(row.marginPermille)] : []),
  ]
  return {
    name: say(withCost ? 'margins' : 'revenue', locale),
    columns: heads(columns, locale),
    rows: report.items.map((row) => line(row.name || say('none', locale), row)),
    total: line(say('total', locale), report.total),
  }
}

export function capacityTable(plan: CapacityPlan, locale: Locale): Table {
  const columns: Heading[] = [
    ['person', 28, 'text'],
    ['week', 12, 'text'],
    ['available', 12, 'minutes'],
    ['reserved', 12, 'minutes'],
    ['planned', 12, 'minutes'],
    ['actual', 12, 'minutes'],
    ['load', 12, 'minutes'],
    ['loadPercent', 12, 'number'],
  ]
  return {
    name: say('capacity', locale),
    columns: heads(columns, locale),
    rows: plan.people.flatMap((person) =>
      person.weeks.map((week): XlsxValue[] => [
        person.name,
        week.week,
        week.availableMinutes,
        week.reservedMinutes,
        week.plannedMinutes,
        week.actualMinutes,
        week.loadMinutes,
        percent(week.loadPermille),
      ]),
    ),
  }
}

export function budgetTable(view: BudgetView, locale: Locale): Table {
  const monthName = (index: number) =>
    new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' }).format(Date.UTC(view.year, index, 1))
  const months = Array.from({ length: 12 }, (_, index) => monthName(index))
  const columns: XlsxColumn[] = [
    ...heads(
      [
        ['heading', 40, 'text'],
        ['annual', 16, 'money'],
        ['toDate', 16, 'money'],
        ['fact', 16, 'money'],
      ],
      locale,
    ),
    ...months.flatMap((name): XlsxColumn[] => [
      { title: `${name}, ${say('plan', locale)}`, width: 14, kind: 'money' },
      { title: `${name}, ${say('factShort', locale)}`, width: 14, kind: 'money' },
    ]),
  ]
  const line = (name: string, row: BudgetView['total']): XlsxValue[] => [
    name,
    roubles(row.annualKopecks),
    roubles(row.toDateKopecks),
    roubles(row.factKopecks),
    ...row.months.flatMap(({ planKopecks, factKopecks }) => [roubles(planKopecks), roubles(factKopecks)]),
  ]
  return {
    name: `${say('budget', locale)} ${view.year}`,
    columns,
    rows: view.categories.map((row) => line(row.name, row)),
    total: line(say('total', locale), view.total),
  }
}
