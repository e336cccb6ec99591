import { DAY_MS } from './civil-day.ts'
import type { DaySource } from './day-plan.ts'
import type { Instant } from './spec.ts'
import { buildYearTable, type YearTable } from './year-table.ts'

/** Years that a calendar answers for; every loop over years ends here. */
const FIRST_YEAR = 1900
const LAST_YEAR = 2299
const AVERAGE_YEAR_MS = 365.2425 * DAY_MS

/** The years of a calendar, each laid out on first use. Throws `RangeError` outside 1900–2299. */
export class YearTables {
  private readonly source: DaySource
  private readonly tables: (YearTable | undefined)[] = new Array(LAST_YEAR - FIRST_YEAR + 1).fill(undefined)

  constructor(source: DaySource) {
    this.source = source
  }

  /** The year in which `t` falls in the calendar's zone. */
  at(t: Instant): YearTable {
    // The guess is at most one year off.
    const table = this.of(1970 + Math.floor(t / AVERAGE_YEAR_MS))
    if (t < table.from) return this.of(table.year - 1)
    return t < table.to ? table : this.of(table.year + 1)
  }

  of(year: number): YearTable {
    return this.tables[year - FIRST_YEAR] ?? this.build(year)
  }

  /** The next year or the one before; `null` past the first and the last. */
  beside(table: YearTable, step: 1 | -1): YearTable | null {
    const year = table.year + step
    return year >= FIRST_YEAR && year <= LAST_YEAR ? this.of(year) : null
  }

  private build(year: number): YearTable {
    if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) throw new RangeError(`outside ${FIRST_YEAR}–${LAST_YEAR}: ${year}`)
    const table = buildYearTable(this.source, year)
    this.tables[year - FIRST_YEAR] = table
    return table
  }
}
