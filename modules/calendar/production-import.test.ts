import { describe, expect, it } from 'vitest'
import data from './data/ru-production-calendar.json' with { type: 'json' }
import {
  countsOfYear,
  InvalidCalendar,
  type ProductionYear,
  productionYearByLaw,
  RU_PRODUCTION_YEARS,
  readProductionImport,
} from './index.ts'

const DECREE = 'ПП РФ от 17.09.2026 № 1187'

/** 2027 in the form of xmlcalendar's JSON. */
const XML_2027 = {
  year: 2027,
  months: [
    '1,2,3,4,5,6,7,8,9,10,16,17,23,24,30,31',
    '6,7,13,14,20*,21,22+,23,27,28',
    '6,7,8,13,14,20,21,27,28',
    '3,4,10,11,17,18,24,25,30*',
    '1,2,3+,8,9,10+,15,16,22,23,29,30',
    '5,6,11*,12,13,14+,19,20,26,27',
    '3,4,10,11,17,18,24,25,31',
    '1,7,8,14,15,21,22,28,29',
    '4,5,11,12,18,19,25,26',
    '2,3,9,10,16,17,23,24,30,31',
    '3*,4,5+,6,7,13,14,20,21,27,28',
    '4,5,11,12,18,19,25,26,31+',
  ].map((days, i) => ({ month: i + 1, days })),
  transitions: [
    { from: '02.20', to: '02.22' },
    { from: '05.01', to: '05.03' },
    { from: '05.09', to: '05.10' },
    { from: '06.12', to: '06.14' },
    { from: '01.02', to: '11.05' },
    { from: '01.03', to: '12.31' },
  ],
  statistic: { workdays: 247, holidays: 118, hours40: 1972, hours36: 1774.4, hours24: 1181.6 },
}

/** A year as lists of days, the form that Consultant's page is usually turned into. */
function listsOf(year: ProductionYear) {
  const holidays: string[] = []
  for (let at = Date.UTC(year.year, 0, 1); at < Date.UTC(year.year + 1, 0, 1); at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10)
    const isWeekend = [0, 6].includes(new Date(at).getUTCDay())
    if (isWeekend ? !year.workingWeekends.includes(date) : year.weekdaysOff.includes(date)) holidays.push(date)
  }
  return { holidays, preholidays: year.shortened }
}

function refusal(file: unknown): [string, string, string][] {
  try {
    readProductionImport(file, { source: DECREE })
  } catch (error) {
    if (error instanceof InvalidCalendar) return error.faults.map(({ path, code, value }) => [path, code, value])
    throw error
  }
  throw new Error('was not refused')
}

const notes = (file: unknown, source = DECREE) =>
  readProductionImport(file, { source })[0]?.notes.map(({ code, value }) => [code, value])
const changed = (change: (file: typeof XML_2027) => void) => {
  const file = structuredClone(XML_2027)
  change(file)
  return file
}
const days = (file: typeof XML_2027, month: number, text: string) => {
  ;(file.months[month - 1] as { days: string }).days = text
}
const sameDays = (year: ProductionYear) => ({
  weekdaysOff: [...year.weekdaysOff].sort(),
  workingWeekends: [...year.workingWeekends].sort(),
  shortened: [...year.shortened].sort(),
})

describe('the shipped years', () => {
  it('are counted as they are published, by quarters and months', () => {
    expect(RU_PRODUCTION_YEARS.map((year) => countsOfYear(year))).toEqual([
      {
        ...{ days: 366, working: 248, off: 118, shortened: 5, hours40: 1979, hours36: 1780.6, hours24: 1185.4 },
        quarters: [57, 60, 66, 65],
        months: [17, 20, 20, 21, 20, 19, 23, 22, 21, 23, 21, 21],
      },
      {
        ...{ days: 365, working: 247, off: 118, shortened: 4, hours40: 1972, hours36: 1774.4, hours24: 1181.6 },
        quarters: [58, 59, 66, 64],
        months: [17, 20, 21, 22, 18, 19, 23, 21, 22, 23, 19, 22],
      },
      {
        ...{ days: 365, working: 247, off: 118, shortened: 4, hours40: 1972, hours36: 1774.4, hours24: 1181.6 },
        quarters: [55, 62, 66, 64],
        months: [15, 19, 21, 22, 19, 21, 23, 21, 22, 22, 20, 22],
      },
      {
        ...{ days: 365, working: 247, off: 118, shortened: 4, hours40: 1972, hours36: 1774.4, hours24: 1181.6 },
        quarters: [56, 62, 66, 63],
        months: [15, 19, 22, 22, 19, 21, 22, 22, 22, 21, 20, 22],
      },
    ])
  })

  it('stand the checks of an import and agree with the law, each with its decree', () => {
    const read = readProductionImport(data)
    expect(read.map((one) => one.year)).toEqual(RU_PRODUCTION_YEARS)
    expect(read.flatMap((one) => one.notes)).toEqual([])
    expect(read.map((one) => /№ (\d+)/.exec(one.year.source)?.[1])).toEqual(['1314', '1335', '1466', '1187'])
  })
})

describe("xmlcalendar's form", () => {
  it('gives the same year as the shipped data, holidays and moves included', () => {
    const [read] = readProductionImport(XML_2027, { source: DECREE })
    const shipped = RU_PRODUCTION_YEARS.find((year) => year.year === 2027) as ProductionYear
    const byFrom = (year: ProductionYear) => [...year.moves].sort((a, b) => (a.from < b.from ? -1 : 1))
    expect(read?.year).toEqual({ ...shipped, source: DECREE, moves: expect.anything(), ...sameDays(shipped) })
    expect(byFrom(read?.year as ProductionYear)).toEqual(byFrom(shipped))
    expect(read?.notes).toEqual([])
  })

  it('may come as a list of years, each once', () => {
    expect(readProductionImport([XML_2027], { source: DECREE })).toHaveLength(1)
    expect(refusal([XML_2027, XML_2027])).toEqual([['', 'year_twice', '2027']])
  })

  it('is a draft without the name of the act, and says so', () => {
    expect(readProductionImport(XML_2027)[0]?.year.status).toBe('draft')
    expect(notes(XML_2027, ' ')).toEqual([['no_source', '2027']])
  })

  it('is refused when its figures differ from its days, each figure by name', () => {
    expect(refusal(changed((file) => days(file, 12, '4,5,11,12,18,19,25,26')))).toEqual([
      ['transitions[5]', 'move_target_works', '2027-01-03 → 2027-12-31'],
      ['statistic.workdays', 'count_differs', '247 ≠ 248'],
      ['statistic.holidays', 'count_differs', '118 ≠ 117'],
      ['statistic.hours40', 'count_differs', '1972 ≠ 1980'],
      ['statistic.hours36', 'count_differs', '1774.4 ≠ 1781.6'],
      ['statistic.hours24', 'count_differs', '1181.6 ≠ 1186.4'],
    ])
  })

  it('is refused for days that do not exist, stand twice, or months that are missing', () => {
    expect(refusal(changed((file) => days(file, 2, '6,6,30')))).toEqual([
      ['months[1].days', 'listed_twice', '2027-02-06'],
      ['months[1].days', 'not_a_date', '30'],
    ])
    expect(refusal(changed((file) => void file.months.pop()))).toEqual([['months', 'twelve_months', '11']])
    expect(refusal({ ...XML_2027, year: 'MMXXVII' })).toEqual([['year', 'not_a_year', 'MMXXVII']])
  })

  it('is refused for moves that its own days deny', () => {
    const move = (from: string, to: string) => changed((file) => void file.transitions.push({ from, to }))
    expect(refusal(move('02.27', '03.09'))).toEqual([
      ['transitions[6]', 'move_target_works', '2027-02-27 → 2027-03-09'],
      ['transitions[6]', 'move_source_off', '2027-02-27 → 2027-03-09'],
    ])
    expect(refusal(move('01.02', '11.05'))).toEqual([
      ['transitions[6]', 'moved_twice', '2027-01-02'],
      ['transitions[6]', 'moved_twice', '2027-11-05'],
    ])
  })

  it('leaves out a move to a Sunday, which changes nothing, and says so', () => {
    expect(notes(changed((file) => void file.transitions.push({ from: '03.08', to: '03.14' })))).toEqual([
      ['move_ignored', '2027-03-08 → 2027-03-14'],
    ])
  })

  it('is noted where it says something else than the law', () => {
    const bare = (file: typeof XML_2027) => void Object.assign(file, { statistic: undefined })
    const noEve = changed((file) => {
      days(file, 4, '3,4,10,11,17,18,24,25')
      days(file, 8, '1,7,8,14,15,21,22,28,29,31*')
      bare(file)
    })
    expect(notes(noEve)).toEqual([
      ['eve_not_shortened', '2027-04-30'],
      ['shortened_unexplained', '2027-08-31'],
    ])
    const worked = changed((file) => {
      days(file, 3, '6,7,13,14,20,21,27,28')
      bare(file)
    })
    expect(notes(worked)).toEqual([
      ['holiday_worked', '2027-03-08'],
      ['unusual_count', '117 ≠ 118'],
    ])
  })
})

describe('lists of days', () => {
  it('give the same days as the shipped data in each year', () => {
    for (const shipped of RU_PRODUCTION_YEARS) {
      const [read] = readProductionImport(listsOf(shipped), { source: DECREE })
      expect(sameDays(read?.year as ProductionYear)).toEqual(sameDays(shipped))
      expect(read?.counts).toEqual(countsOfYear(shipped))
      expect(read?.year.holidays).toEqual(shipped.holidays)
      expect(read?.notes.map((note) => note.code)).toEqual(['moves_inferred'])
    }
  })

  it('find the weekday in whose place a Saturday is worked, and what the law moves by itself', () => {
    const moves = (year: number) =>
      readProductionImport(listsOf(RU_PRODUCTION_YEARS.find((one) => one.year === year) as ProductionYear))[0]?.year
        .moves
    expect(moves(2025)).toEqual([{ from: '2025-11-01', to: '2025-11-03' }])
    expect(moves(2027)).toEqual([
      { from: '2027-05-01', to: '2027-05-03' },
      { from: '2027-05-09', to: '2027-05-10' },
      { from: '2027-06-12', to: '2027-06-14' },
      { from: '2027-02-20', to: '2027-02-22' },
    ])
  })

  it('are refused without the ordinary weekends, in another year, or with a day both off and shortened', () => {
    const lists = listsOf(RU_PRODUCTION_YEARS[2] as ProductionYear)
    const holidaysOnly = { holidays: ['2026-01-01', '2026-01-02', '2026-05-01'], preholidays: [] }
    expect(refusal(holidaysOnly).map(([, code]) => code)).toEqual(['weekends_missing'])
    expect(refusal({ ...lists, preholidays: ['2025-04-30'] })).toEqual([['preholidays[0]', 'not_a_date', '2025-04-30']])
    expect(refusal({ ...lists, preholidays: ['2026-05-01'] })[0]).toEqual(['', 'shortened_off', '2026-05-01'])
  })

  it('keep paid days off as working days and say so', () => {
    const lists = { ...listsOf(RU_PRODUCTION_YEARS[2] as ProductionYear), nowork: ['2026-05-05', '2026-05-06'] }
    expect(notes(lists)).toContainEqual(['paid_days_off', '2'])
    expect(readProductionImport(lists)[0]?.counts.working).toBe(247)
  })
})

describe('the shipped form', () => {
  it('is refused when its totals differ, quarters too', () => {
    const file = structuredClone(data)
    file.years['2026'].totals.quarters = [55, 62, 66, 65]
    file.years['2026'].totals.shortened_days = 5
    expect(refusal(file)).toEqual([
      ['years.2026.totals.shortened_days', 'count_differs', '5 ≠ 4'],
      ['years.2026.totals.quarters', 'count_differs', '[55,62,66,65] ≠ 55,62,66,64'],
    ])
  })

  it('has sentences in both languages for every fault and note', () => {
    for (const junk of [
      null,
      7,
      'x',
      [],
      {},
      { months: 1 },
      { holidays: [] },
      { years: 7 },
      [{}],
      { years: { x: {} } },
    ]) {
      try {
        readProductionImport(junk)
        expect.unreachable()
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidCalendar)
        for (const fault of (error as InvalidCalendar).faults) expect(fault.ru && fault.en).toBeTruthy()
      }
    }
  })
})

describe('a year of general rules', () => {
  it('counts two days more than a decreed one: January gives none away', () => {
    expect(countsOfYear(productionYearByLaw(2027))).toMatchObject({ working: 249, off: 116 })
  })
})
