import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildClientReport } from './build-report.ts'
import { MARCH, QUIET } from './report.fixture.ts'
import { billOfClose, bucketsOfClose } from './report-of-close.ts'

const report = buildClientReport(MARCH)

test('the summary counts what came, what was solved, what is open, promises, time and hours', () => {
  expect(report.summary).toEqual({
    opened: 11,
    solved: 8,
    rejected: 0,
    openAtEnd: 3,
    keptPermille: 929,
    breaches: 1,
    workedMinutes: 1220,
    billableMinutes: 1261,
    leftMinutes: 3300,
    overageMinutes: 60,
  })
})

test('a refused request is neither solved nor open: it is counted apart', () => {
  const [first, ...others] = MARCH.requests
  if (!first?.solvedAt) throw new Error('no solved request')
  const refused = { ...first, solvedAt: null, rejectedAt: first.solvedAt }
  const { summary, requests } = buildClientReport({ ...MARCH, requests: [refused, ...others] })
  expect(summary).toMatchObject({ opened: 11, solved: 7, rejected: 1, openAtEnd: 3 })
  expect(requests.list.find((request) => request.number === first.number)).toMatchObject({ solvedAt: null })
  const earlier = {
    ...refused,
    openedAt: refused.openedAt - 40 * 86_400_000,
    rejectedAt: refused.openedAt - 30 * 86_400_000,
  }
  expect(buildClientReport({ ...MARCH, requests: [earlier] }).requests.list).toEqual([])
})

test('requests are counted by kind, priority, portal and state, those without a value last', () => {
  const { requests } = report
  expect(requests.byKind.map((row) => [row.code, row.count])).toEqual([
    ['incident', 6],
    ['change', 2],
    ['consultation', 2],
    ['service_request', 1],
  ])
  expect(requests.byPriority.map((row) => [row.code, row.count])).toEqual([
    ['1', 1],
    ['2', 4],
    ['3', 3],
    ['4', 2],
    [null, 1],
  ])
  for (const rows of [requests.byKind, requests.byPriority, requests.byPortal, requests.byState]) {
    expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(requests.list.length)
  }
})

test('every breach is listed with what was promised and how late it was', () => {
  expect(report.promises.breaches).toMatchObject([
    { ticketNumber: 'OP-1053', metric: 'resolution', promised: { ru: '1 рабочий день' }, lateMinutes: 210 },
  ])
  expect(report.promises.byMetric).toMatchObject([
    { metric: 'reaction', kept: 11, missed: 0, running: 0, keptPermille: 1000 },
    { metric: 'resolution', kept: 2, missed: 1, running: 1, keptPermille: 667 },
  ])
})

test('work is added up by person and activity to the same minutes as its lines', () => {
  const total = (rows: { workedMinutes: number }[]) => rows.reduce((sum, row) => sum + row.workedMinutes, 0)
  expect(total(report.work.byPerson)).toBe(report.summary.workedMinutes)
  expect(total(report.work.byActivity)).toBe(report.summary.workedMinutes)
  expect(report.work.byPerson[0]).toMatchObject({ name: { ru: 'Марина Орлова' }, workedMinutes: 785 })
})

test('what staff keep to themselves is not in the report in any form', () => {
  expect(JSON.stringify(report)).not.toContain('внутренняя заметка')
  expect(JSON.stringify(report)).not.toContain('visible')
})

test('a line that the client pays for stays, but without the words that staff keep', () => {
  const [line] = MARCH.work
  if (!line) throw new Error('no work')
  const { work } = buildClientReport({ ...MARCH, work: [{ ...line, visible: false }] })
  expect(work.lines).toMatchObject([{ description: '', billableMinutes: 45 }])
})

test('an estimate is set against the fact', () => {
  expect(report.estimates.map((e) => [e.ticketNumber, e.differenceMinutes])).toEqual([
    ['OP-1044', 10],
    ['OP-1060', -480],
  ])
})

test('satisfaction is the mean and the share of 4 and 5', () => {
  expect(report.satisfaction).toMatchObject({ meanHundredths: 433, csatPermille: 667 })
})

test('a quiet month has a report of noughts, with nothing invented', () => {
  const quiet = buildClientReport(QUIET)
  expect(quiet.summary).toMatchObject({ opened: 0, keptPermille: null, workedMinutes: 0, leftMinutes: 0 })
  expect(quiet.satisfaction).toEqual({ ratings: [], meanHundredths: null, csatPermille: null })
})

test('requests that were solved before the month or came after it are left out', () => {
  const [first] = MARCH.requests
  if (!first) throw new Error('no requests')
  const before = { ...first, number: 'OP-1', openedAt: report.from - 9, solvedAt: report.from - 1 }
  const after = { ...first, number: 'OP-2', openedAt: report.to, solvedAt: null }
  const carried = { ...first, number: 'OP-3', openedAt: report.from - 9, solvedAt: report.from }
  const built = buildClientReport({ ...MARCH, requests: [before, after, carried] })
  expect(built.requests.list.map((r) => r.number)).toEqual(['OP-3'])
  expect(built.summary).toMatchObject({ opened: 0, solved: 1, openAtEnd: 0 })
})

test('law: the order in which facts arrive does not change a byte', () => {
  const shuffled = fc.record({
    requests: fc.shuffledSubarray([...MARCH.requests], { minLength: MARCH.requests.length }),
    work: fc.shuffledSubarray([...MARCH.work], { minLength: MARCH.work.length }),
    clocks: fc.shuffledSubarray([...MARCH.clocks], { minLength: MARCH.clocks.length }),
    ratings: fc.shuffledSubarray([...MARCH.ratings], { minLength: MARCH.ratings.length }),
  })
  fc.assert(
    fc.property(shuffled, (order) => {
      expect(JSON.stringify(buildClientReport({ ...MARCH, ...order }))).toBe(JSON.stringify(report))
    }),
    { numRuns: 40 },
  )
})

test('the hours of a report add up: opening, bought, carried and corrected, less used, burned and carried away', () => {
  for (const b of [...report.hours.buckets, report.hours.total]) {
    const moved =
      b.boughtMinutes + b.carriedInMinutes - b.usedMinutes + b.correctedMinutes - b.burnedMinutes - b.carriedOutMinutes
    expect(b.openingMinutes + moved).toBe(b.leftMinutes)
  }
})

test('a closed month gives the report its hours and its bill', () => {
  const month = {
    buckets: [
      {
        name: { ru: 'депозит', en: 'deposit' },
        openingMinutes: 1,
        grantedMinutes: 2,
        carriedInMinutes: 3,
        drawnMinutes: 4,
        correctedMinutes: 5,
        burnedMinutes: 6,
        carriedOutMinutes: 7,
        closingMinutes: 8,
      },
    ],
    lines: [
      {
        title: { ru: 'Работы', en: 'Work' },
        minutes: 30,
        ratePerHourKopecks: 200_000,
        ticketId: 't1',
        sumKopecks: 100_000,
        explanation: [],
      },
    ],
    credits: [],
    totals: { chargedKopecks: 100_000, creditedKopecks: 0, dueKopecks: 100_000 },
  }
  expect(bucketsOfClose(month)[0]).toMatchObject({ boughtMinutes: 2, usedMinutes: 4, burnedMinutes: 6, leftMinutes: 8 })
  expect(billOfClose(month, () => 'OP-7')).toMatchObject({
    dueKopecks: 100_000,
    lines: [{ ticketNumber: 'OP-7', minutes: 30 }],
  })
})
