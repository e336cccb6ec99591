import fc from 'fast-check'
import { expect, it } from 'vitest'
import { actLines, invoiceLines, type MonthStatement, type StatementLine } from './lines-of-month.ts'

const words = (ru: string) => ({ ru, en: ru })
const line = (kind: StatementLine['kind'], sumKopecks: number, more: Partial<StatementLine> = {}): StatementLine => ({
  key: `${kind}:${sumKopecks}:${more.minutes}`,
  kind,
  title: words(kind === 'fee' ? 'Абонентская плата' : kind === 'purchase' ? 'Депозит, 60 ч' : 'Работы сверх пакета'),
  minutes: null,
  ratePerHourKopecks: null,
  sumKopecks,
  ...more,
})
const month = (changes: Partial<MonthStatement>): MonthStatement => ({
  lines: [],
  credits: [],
  buckets: [],
  ...changes,
})
const told = ({ lines }: { lines: ReturnType<typeof invoiceLines>['lines'] }) =>
  lines.map(({ title, quantityMilli, unit, amountKopecks }) =>
    `${title}|${quantityMilli} ${unit}|${amountKopecks}`.replaceAll('\u00a0', ' '),
  )

it('pieces of work of one rate make one line of hours', () => {
  const rate = { ratePerHourKopecks: 200_000 }
  const lines = [
    line('fee', 2_400_000),
    line('postpaid', 240_000, { minutes: 72, ...rate }),
    line('postpaid', 100_000, { minutes: 30, ...rate }),
    line('postpaid', 300_000, { minutes: 60, ratePerHourKopecks: 300_000 }),
  ]
  expect(told(invoiceLines(month({ lines })))).toEqual([
    'Абонентская плата|1000 month|2400000',
    'Работы сверх пакета|1700 hour|340000',
    'Работы сверх пакета|1000 hour|300000',
  ])
})

it('hours that no decimal quantity holds are told in words, so that price × quantity is the sum', () => {
  const lines = [line('postpaid', 166_667, { minutes: 50, ratePerHourKopecks: 200_000 })]
  expect(told(invoiceLines(month({ lines })))).toEqual([
    'Работы сверх пакета, 50 мин по 2 000 ₽ за час|1000 service|166667',
  ])
})

it('a stock of hours is asked for when bought and comes onto the act as it is used', () => {
  const given = month({
    lines: [line('purchase', 10_200_000, { minutes: 3_600 })],
    buckets: [{ formCode: 'dep', formKind: 'deposit', name: words('Депозит'), drawnMinutes: 300, correctedMinutes: 0 }],
  })
  expect(told(invoiceLines(given))).toEqual(['Депозит, 60 ч|1000 service|10200000'])
  expect(told(actLines(given, 'as_used', () => 170_000))).toEqual([
    'Работы в счёт предоплаченных часов (Депозит)|5000 hour|850000',
  ])
  expect(told(actLines(given, 'when_bought', () => 170_000))).toEqual(['Депозит, 60 ч|1000 service|10200000'])
})

it('a penalty lowers the price instead of making a negative line, and the note says why', () => {
  const given = month({
    lines: [line('fee', 18_000_000), line('postpaid', 100_000, { minutes: 30, ratePerHourKopecks: 200_000 })],
    credits: [{ title: words('два срыва срока реакции'), kopecks: 2_520_000 }],
  })
  const { lines, notes } = invoiceLines(given)
  expect(lines[0]).toMatchObject({ amountKopecks: 15_480_000, priceKopecks: 15_480_000 })
  expect(notes.map((note) => note.replaceAll('\u00a0', ' '))).toEqual(['Снижение на 25 200 ₽: два срыва срока реакции'])
})

it('the sum is always what was charged less what was credited, never below nothing, and no line is negative', () => {
  const kinds = fc.constantFrom<StatementLine['kind']>('fee', 'hours', 'purchase', 'one_off', 'postpaid', 'surcharge')
  const anyLine = fc
    .record({
      kind: kinds,
      sumKopecks: fc.nat(1e8),
      minutes: fc.nat(6_000),
      ratePerHourKopecks: fc.constantFrom(170_000, 200_001, null),
    })
    .map((one) => ({ ...line(one.kind, one.sumKopecks), ...one, key: JSON.stringify(one) }))
  fc.assert(
    fc.property(
      fc.uniqueArray(anyLine, { selector: (one) => one.key, maxLength: 12 }),
      fc.nat(1e8),
      (lines, kopecks) => {
        const made = invoiceLines(month({ lines, credits: [{ title: words('срыв'), kopecks }] }))
        const sum = made.lines.reduce((total, one) => total + one.amountKopecks, 0)
        expect(sum).toBe(Math.max(0, lines.reduce((total, one) => total + one.sumKopecks, 0) - kopecks))
        for (const one of made.lines) {
          expect(one.amountKopecks).toBeGreaterThanOrEqual(0)
          if (one.priceKopecks !== null)
            expect(Math.round((one.priceKopecks * one.quantityMilli) / 1_000)).toBe(one.amountKopecks)
        }
      },
    ),
  )
})

it('work of an earlier month that was taken back lowers this month’s lines, with a note', () => {
  const rate = { ratePerHourKopecks: 200_000 }
  const given = month({
    lines: [line('fee', 2_400_000), line('postpaid', -240_000, { minutes: -72, ...rate })],
  })
  const { lines, notes } = invoiceLines(given)
  expect(lines.map((one) => one.amountKopecks)).toEqual([2_160_000])
  expect(notes[0]).toMatch(/2.400.₽: возврат/)
})
