import { parseInstant } from '@opora/core'
import { expect, test } from 'vitest'
import { workRefusals } from '../work.refusals.ts'
import { type BillableContext, estimateNeeded, proposeBillable } from './billable.ts'
import { type CorrectableEntry, correctEntry } from './correction.ts'
import { checkTimeEntry, idleMinutes, overlapping, spanOfTimer, type TimeEntryDraft, weekSheet } from './time-entry.ts'

const at = (time: string) => parseInstant(`2026-03-10T${time}+03:00`)
const given = { now: at('18:00:00'), activityCodes: ['development', 'diagnosis'] }

function draft(overrides: Partial<TimeEntryDraft> = {}): TimeEntryDraft {
  return {
    accountId: 'p1',
    ticketId: 't1',
    activity: 'development',
    startedAt: at('10:00:00'),
    endedAt: at('10:30:00'),
    minutes: 30,
    note: 'Исправлен отчёт',
    visible: true,
    ...overrides,
  }
}

test('an entry that says who, what, when and how long has no faults', () => {
  expect(checkTimeEntry(draft(), given)).toEqual([])
})

test.each<[string, Partial<TimeEntryDraft>, string[]]>([
  ['no minutes', { minutes: 0 }, ['work.minutes_out_of_range', 'work.span_differs']],
  ['more than a day', { minutes: 1441, endedAt: at('10:00:00') + 1441 * 60_000 }, ['work.minutes_out_of_range']],
  ['a span that runs backwards', { endedAt: at('09:00:00') }, ['work.span_backwards']],
  ['minutes that differ from the span', { minutes: 20 }, ['work.span_differs']],
  ['a future time', { startedAt: at('19:00:00'), endedAt: at('19:30:00') }, ['work.date_in_future']],
  ['no description for the client', { note: '  ' }, ['work.description_missing']],
  ['an unknown activity', { activity: 'juggling' }, ['work.activity_unknown']],
])('%s is told', (_case, overrides, codes) => {
  const faults = checkTimeEntry(draft(overrides), given).map((fault) => fault.code)
  expect(faults).toEqual(codes)
  for (const code of codes) expect(workRefusals.specs).toHaveProperty([code])
})

test('an entry that the client does not see may go without a description', () => {
  expect(checkTimeEntry(draft({ note: '', visible: false }), given)).toEqual([])
})

test('a timer becomes whole minutes, at least one, and a span of just that length', () => {
  expect(spanOfTimer(at('10:00:40'), at('10:30:30'))).toEqual({
    startedAt: at('10:00:00'),
    endedAt: at('10:30:00'),
    minutes: 30,
  })
  expect(spanOfTimer(at('10:00:00'), at('10:00:05')).minutes).toBe(1)
  expect(spanOfTimer(0, 10 ** 10).minutes).toBe(1440)
  const { startedAt, endedAt, minutes } = spanOfTimer(at('10:00:40'), at('10:30:30'))
  expect(checkTimeEntry(draft({ startedAt, endedAt, minutes }), given)).toEqual([])
})

test('a timer without a sign of life is asked about after the set time', () => {
  expect(idleMinutes(at('10:00:00'), at('10:29:59'), 30)).toBeNull()
  expect(idleMinutes(at('10:00:00'), at('10:45:00'), 30)).toBe(45)
})

test('entries of one person that cut into each other are found; touching ones and the entry itself are not', () => {
  const own = [
    { id: 'a', startedAt: at('09:00:00'), endedAt: at('10:00:00') },
    { id: 'b', startedAt: at('10:20:00'), endedAt: at('10:40:00') },
    { id: 'c', startedAt: at('10:30:00'), endedAt: at('11:00:00') },
  ]
  expect(overlapping(draft(), own).map((entry) => entry.id)).toEqual(['b'])
  expect(overlapping({ ...draft(), id: 'b' }, own)).toEqual([])
})

test('the week sheet adds minutes by ticket, activity and day', () => {
  const entry = { ticketId: 't1', activity: 'development', date: '2026-03-09', minutes: 30 }
  const sheet = weekSheet('2026-03-09', [
    entry,
    entry,
    { ...entry, date: '2026-03-15', minutes: 10 },
    { ...entry, date: '2026-03-16' },
  ])
  expect(sheet.rows).toEqual([
    { ticketId: 't1', activity: 'development', minutesByDay: [60, 0, 0, 0, 0, 0, 10], totalMinutes: 70 },
  ])
  expect(sheet.totalMinutes).toBe(70)
})

const context: BillableContext = {
  ownDuty: false,
  covered: true,
  service: 'not_named',
  serviceName: null,
  availableMinutes: 600,
  activity: 'development',
  estimateRule: { kind: 'outside_package' },
  diagnosisExemptMinutes: 30,
  diagnosisUsedMinutes: 0,
  approvedMinutes: null,
  usedMinutes: 0,
}

test.each<[string, Partial<BillableContext>, [boolean, string, string, boolean]]>([
  ['work inside the package', {}, [true, 'package', 'inside_package', false]],
  ['work beyond the hours', { availableMinutes: 0 }, [true, 'extra', 'outside_package', true]],
  ['an excluded service', { service: 'excluded' }, [true, 'extra', 'service_excluded', true]],
  ['a request that no contract covers', { covered: false }, [true, 'extra', 'not_covered', true]],
  ['a service without a limit', { service: 'unlimited' }, [false, 'included', 'service_included', false]],
  ['the provider’s own duty', { ownDuty: true, availableMinutes: 0 }, [false, 'included', 'own_duty', false]],
  [
    'diagnosis within its exemption',
    { activity: 'diagnosis', availableMinutes: 0 },
    [true, 'extra', 'diagnosis_exempt', false],
  ],
  [
    'diagnosis past its exemption',
    { activity: 'diagnosis', availableMinutes: 0, diagnosisUsedMinutes: 10 },
    [true, 'extra', 'outside_package', true],
  ],
  [
    'work under an approved estimate',
    { availableMinutes: 0, approvedMinutes: 600 },
    [true, 'extra', 'estimate_approved', false],
  ],
  [
    'work where everything is estimated',
    { estimateRule: { kind: 'everything' } },
    [true, 'package', 'inside_package', true],
  ],
])('%s is proposed with its reason', (_case, overrides, [billable, share, reason, needsEstimate]) => {
  const proposal = proposeBillable({ ...context, ...overrides }, 30)
  expect(proposal).toMatchObject({ billable, share, reason, needsEstimate })
  expect(proposal.explanation.ru.endsWith('.')).toBe(true)
})

test('an estimate is needed above N hours of the whole ticket, not of the entry', () => {
  expect(estimateNeeded({ kind: 'above', minutes: 120 }, true, 120)).toBe(false)
  expect(estimateNeeded({ kind: 'above', minutes: 120 }, true, 121)).toBe(true)
  expect(estimateNeeded({ kind: 'nothing' }, false, 10_000)).toBe(false)
})

interface Logged extends CorrectableEntry {
  note: string
}

const logged: Logged = {
  id: 'w1',
  month: '2026-02',
  startedAt: 0,
  endedAt: 1_800_000,
  minutes: 30,
  reversesId: null,
  reversedById: null,
  note: 'Отчёт',
}

test('in an open month an entry is edited', () => {
  const open = { closed: false, today: '2026-02-20' }
  expect(correctEntry(logged, { minutes: 45, note: 'Отчёт и правки' }, open, '')).toEqual({
    kind: 'edit',
    entry: { ...logged, minutes: 45, note: 'Отчёт и правки' },
  })
})

test('after the close a pair in the open month takes the entry back and puts the right one', () => {
  const result = correctEntry(logged, { minutes: 20 }, { closed: true, today: '2026-03-05' }, 'ошибка в минутах')
  expect(result).toMatchObject({
    kind: 'pair',
    reversal: { minutes: -30, reversesId: 'w1', bookedMonth: '2026-03', month: '2026-02' },
    replacement: { minutes: 20, month: '2026-03' },
  })
})

test('a correction after the close needs a reason, and an entry is corrected once', () => {
  const closed = { closed: true, today: '2026-03-05' }
  expect(correctEntry(logged, null, closed, ' ')).toEqual({ kind: 'refused', code: 'work.correction_reason_missing' })
  expect(correctEntry({ ...logged, reversedById: 'w9' }, null, closed, 'x')).toEqual({
    kind: 'refused',
    code: 'work.entry_corrected',
  })
})

test('taking an entry away in an open month leaves its opposite, not a hole', () => {
  const result = correctEntry(logged, null, { closed: false, today: '2026-02-20' }, '')
  expect(result).toMatchObject({ kind: 'pair', reversal: { minutes: -30, bookedMonth: '2026-02' }, replacement: null })
})
