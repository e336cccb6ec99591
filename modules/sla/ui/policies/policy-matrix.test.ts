import { expect, it } from 'vitest'
import {
  alarmsOf,
  isSameSpec,
  linesOf,
  type PolicySpec,
  readWarnings,
  rowAt,
  usualLadder,
  withCell,
  withHours,
  withLine,
  withLowering,
  withoutLine,
  withTarget,
} from './policy-matrix.ts'

const hours = (amount: number) => ({ amount: amount * 60, unit: 'service_minutes' as const })
const names = { name: 'Приоритет 2', nameEn: 'Priority 2' }
const spec: PolicySpec = {
  rows: [
    { name: 'P1', nameEn: 'P1', when: { priority: 1 }, targets: { reaction: hours(1) } },
    { name: 'P2–4', nameEn: 'P2–4', when: { priority: [2, 3, 4] }, targets: { reaction: hours(4) } },
    { name: 'Аварии', nameEn: 'Accidents', when: { kind: 'accident' }, targets: { resolution: hours(8) } },
  ],
  pausesCounted: ['client'],
}
const [general, accidents] = linesOf(spec)

it('shows the rows that differ by priority alone as one line', () => {
  expect(linesOf(spec).map((line) => line.rows.map((row) => row.name))).toEqual([['P1', 'P2–4'], ['Аварии']])
  expect([1, 3, 'any'].map((column) => rowAt(general!, column as 1)?.name)).toEqual(['P1', 'P2–4', undefined])
  expect(rowAt(accidents!, 'any')?.name).toBe('Аварии')
})

it('changes a cell in its own row', () => {
  const changed = withCell(spec, general!, 1, names, (row) => withTarget(row, 'reaction', hours(2)))
  expect(changed.rows[0]).toEqual({ ...spec.rows[0], targets: { reaction: hours(2) } })
  expect(changed.rows.slice(1)).toEqual(spec.rows.slice(1))
})

it('takes a priority out of a row that speaks for several, with what it promised', () => {
  const changed = withCell(spec, general!, 2, names, (row) => withTarget(row, 'resolution', hours(24)))
  expect(changed.rows.slice(1, 3)).toEqual([
    { ...spec.rows[1], when: { priority: [3, 4] } },
    { ...names, when: { priority: 2 }, targets: { reaction: hours(4), resolution: hours(24) } },
  ])
})

it('gives a cell without a row one of its own', () => {
  const changed = withCell(spec, accidents!, 1, names, (row) => withTarget(row, 'reaction', hours(1)))
  expect(changed.rows[3]).toEqual({
    ...names,
    when: { kind: 'accident', priority: 1 },
    targets: { reaction: hours(1) },
  })
})

it('takes a promise back, adds a line once, takes a line away, and sets its hours', () => {
  expect(withTarget(spec.rows[0]!, 'reaction', null).targets).toEqual({})
  const more = withLine(spec, { kind: 'change' }, names)
  expect(linesOf(more)).toHaveLength(3)
  expect(withLine(more, { kind: 'change' }, names)).toBe(more)
  expect(withoutLine(spec, general!).rows).toEqual([spec.rows[2]])
  const onDuty = withHours(spec, general!, '24x7')
  expect(onDuty.rows.map((row) => row.calendarCode)).toEqual(['24x7', '24x7', undefined])
  expect(isSameSpec(withHours(onDuty, linesOf(onDuty)[0]!, null), spec)).toBe(true)
})

it('the work-around rule begins from the usual one and keeps what was switched', () => {
  const plain: PolicySpec = { rows: [], pausesCounted: [] }
  const without2 = withLowering(plain, 'from', 2, false)
  expect(without2.resolvedByLowering).toEqual({ from: [1], to: [3, 4] })
  expect(withLowering(without2, 'to', 2, true).resolvedByLowering).toEqual({ from: [1], to: [2, 3, 4] })
})

it('warnings are read as they are typed', () => {
  expect(readWarnings('80, 50 %')).toEqual([50, 80])
  expect(readWarnings('')).toEqual([])
  expect(['0', '100', '12.5', 'half', '1 2 3 4 5 6 7 8 9 10'].map(readWarnings)).toEqual(Array(5).fill(null))
  const spec: PolicySpec = { rows: [], pausesCounted: [], warnings: [50, 80] }
  expect(alarmsOf(spec)).toEqual(['warn50', 'warn80', 'breach'])
  const own = { ...spec, ladder: usualLadder(spec) }
  expect(own.ladder.map((step) => step.at)).toEqual(['warn50', 'warn80', 'warn80', 'breach', 'breach', 'breach'])
})
