import { describe, expect, it } from 'vitest'
import { epochDayOf, weekdayIndex } from './civil-day.ts'
import data from './data/ru-production-calendar.json' with { type: 'json' }
import { InvalidCalendar, productionYearByLaw, RU_PRODUCTION_YEARS, readProductionYears } from './index.ts'

describe('the production calendar that ships', () => {
  it('covers four approved years', () => {
    expect(RU_PRODUCTION_YEARS.map((year) => [year.year, year.status])).toEqual([
      [2024, 'approved'],
      [2025, 'approved'],
      [2026, 'approved'],
      [2027, 'approved'],
    ])
  })

  it('has the published number of working days and hours in each year', () => {
    const counted = RU_PRODUCTION_YEARS.map((year) => {
      const weekdays = daysOf(year.year).filter((day) => weekdayIndex(day) < 5).length
      const working = weekdays - year.weekdaysOff.length + year.workingWeekends.length
      return [year.year, working, working * 8 - year.shortened.length]
    })
    expect(counted).toEqual([
      [2024, 248, 1979],
      [2025, 247, 1972],
      [2026, 247, 1972],
      [2027, 247, 1972],
    ])
  })

  it('follows from the law and the decrees alone', () => {
    for (const published of RU_PRODUCTION_YEARS) {
      const entry = data.years[String(published.year) as keyof typeof data.years]
      const decree = entry.transfers.filter((move) => move.basis === 'decree')
      const computed = productionYearByLaw(published.year, decree)
      expect(computed.weekdaysOff).toEqual([...published.weekdaysOff].sort())
      expect(computed.workingWeekends).toEqual([...published.workingWeekends].sort())
      expect(computed.shortened).toEqual([...published.shortened].sort())
    }
  })
})

describe('a year by the general rules', () => {
  it('moves a holiday on a day off to the next working day, January excepted', () => {
    const year = productionYearByLaw(2028)
    expect(year.status).toBe('estimated')
    expect(year.moves).toEqual([{ from: '2028-11-04', to: '2028-11-06' }])
    expect(productionYearByLaw(2032).moves).toEqual([
      { from: '2032-05-01', to: '2032-05-03' },
      { from: '2032-05-09', to: '2032-05-10' },
      { from: '2032-06-12', to: '2032-06-14' },
    ])
    expect(productionYearByLaw(2032).weekdaysOff).not.toContain('2032-01-09')
  })

  it('shortens the working day before each holiday, New Year included', () => {
    expect(productionYearByLaw(2029).shortened).toEqual([
      '2029-02-22',
      '2029-03-07',
      '2029-04-30',
      '2029-05-08',
      '2029-06-11',
      '2029-12-31',
    ])
  })
})

describe('an import of production years', () => {
  it('refuses what it cannot read, naming the place', () => {
    for (const junk of [
      null,
      {},
      { years: { 2028: null } },
      { years: { 2028: { public_holidays: [{ date: '2028-02-30' }] } } },
    ])
      expect(() => readProductionYears(junk)).toThrow(InvalidCalendar)
    const weekendOff = structuredClone(data.years['2025'])
    weekendOff.non_working_weekdays.push('2025-03-09')
    expect(() => readProductionYears({ years: { 2025: weekendOff } })).toThrow(/non_working_weekdays/)
  })
})

function daysOf(year: number): number[] {
  const first = epochDayOf(`${year}-01-01`)
  return Array.from({ length: epochDayOf(`${year + 1}-01-01`) - first }, (_, i) => first + i)
}
