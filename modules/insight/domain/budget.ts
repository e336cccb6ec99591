import type { Kopecks } from '@opora/core'
import { shareOut } from './share-out.ts'

/** A heading of a year's plan: its sum, and by how much each of the twelve months weighs in it. */
export interface PlanLine {
  category: string
  annualKopecks: Kopecks
  seasonality: number[]
}

/** What was billed under a heading in a month (1–12). */
export interface BilledMonth {
  category: string
  month: number
  kopecks: Kopecks
}

export interface MonthFigures {
  planKopecks: Kopecks
  factKopecks: Kopecks
}

export interface CategoryFigures {
  category: string
  annualKopecks: Kopecks
  factKopecks: Kopecks
  /** What the plan foresees for the months that are over. */
  toDateKopecks: Kopecks
  months: MonthFigures[]
}

export interface BudgetFigures {
  categories: CategoryFigures[]
  total: Omit<CategoryFigures, 'category'>
  /** What the year comes to: the fact of the months that are over; of the others the plan, or what is billed already where that is more. */
  expectedKopecks: Kopecks
}

const MONTHS = 12
export const EVEN: readonly number[] = Array.from({ length: MONTHS }, () => 1)

/** The twelve months of a heading's year; they add up to its sum. */
export function monthsOfPlan(line: PlanLine): Kopecks[] {
  return shareOut(line.annualKopecks, line.seasonality.length === MONTHS ? line.seasonality : EVEN)
}

/** The plan against what was billed. `monthsOver` of the year's months are over: 0 before it, 12 after it. */
export function budgetAgainstFact(
  plan: readonly PlanLine[],
  billed: readonly BilledMonth[],
  monthsOver: number,
): BudgetFigures {
  const codes = [...new Set([...plan, ...billed].map(({ category }) => category))]
  const categories = codes.map((category) => {
    const planned = plan.filter((line) => line.category === category).map(monthsOfPlan)
    const months = EVEN.map((_, index) => ({
      planKopecks: sum(planned.map((line) => line[index]!)),
      factKopecks: sum(
        billed.filter((one) => one.category === category && one.month === index + 1).map(({ kopecks }) => kopecks),
      ),
    }))
    return { category, ...totalsOf(months, monthsOver) }
  })
  const all = EVEN.map((_, index) => ({
    planKopecks: sum(categories.map(({ months }) => months[index]!.planKopecks)),
    factKopecks: sum(categories.map(({ months }) => months[index]!.factKopecks)),
  }))
  const expectedKopecks = sum(
    all.map((month, index) =>
      index < monthsOver ? month.factKopecks : Math.max(month.planKopecks, month.factKopecks),
    ),
  )
  return { categories, total: totalsOf(all, monthsOver), expectedKopecks }
}

function totalsOf(months: MonthFigures[], monthsOver: number) {
  return {
    annualKopecks: sum(months.map(({ planKopecks }) => planKopecks)),
    factKopecks: sum(months.map(({ factKopecks }) => factKopecks)),
    toDateKopecks: sum(months.slice(0, monthsOver).map(({ planKopecks }) => planKopecks)),
    months,
  }
}

/** How many of a year's months are over on a date. */
export function monthsOver(year: number, today: string): number {
  const [thisYear = 0, month = 1] = today.split('-').map(Number)
  if (thisYear !== year) return thisYear > year ? MONTHS : 0
  return month - 1
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
