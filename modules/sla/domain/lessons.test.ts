import { compileCalendar, READY_CALENDARS } from '@opora/calendar'
import { describe, expect, it } from 'vitest'
import { earliestOpen, nextAlarm } from './breach.ts'
import {
  BOOK,
  CRM_PREMIUM,
  clock,
  clocksAt,
  days,
  history,
  msk,
  only,
  policy,
  row,
  service,
  show,
} from './clocks.fixture.ts'
import { explainClock } from './explain-clock.ts'
import { foldClocks } from './fold.ts'

const plain = policy([row('any', {}, { reaction: service(240), nextAnswer: service(60), resolution: service(960) })])

describe('an update clock never overrides another (zammad 5177, 3140)', () => {
  it('lives only between a message of the client and the next public answer', () => {
    const told = [
      ['10:00', 'opened'],
      ['10:20', 'client_wrote'],
      ['10:30', 'answered'],
      ['12:00', 'client_wrote'],
      ['12:20', 'client_wrote'],
      ['12:40', 'answered'],
    ] as const
    expect(clocksAt('11:00', plain, ...told).map((state) => state.metric)).toEqual(['reaction', 'resolution'])
    const asked = only(clocksAt('12:30', plain, ...told), 'next_answer')
    expect(asked).toMatchObject({ seq: 1, state: 'running', usedMinutes: 30 })
    expect(show(asked.dueAt)).toBe('2026-02-03T13:00')
    expect(only(clocksAt('14:00', plain, ...told), 'next_answer')).toMatchObject({
      state: 'met',
      usedMinutes: 40,
      endedAt: msk('12:40'),
    })
  })

  it('gets a number of its own for each later message', () => {
    const clocks = clocksAt(
      '15:00',
      plain,
      ['10:00', 'opened'],
      ['10:30', 'answered'],
      ['11:00', 'client_wrote'],
      ['11:10', 'answered'],
      ['14:00', 'client_wrote'],
    )
    expect(clocks.map(({ metric, seq, state }) => [metric, seq, state])).toEqual([
      ['reaction', 1, 'met'],
      ['resolution', 1, 'running'],
      ['next_answer', 1, 'met'],
      ['next_answer', 2, 'running'],
    ])
    expect(earliestOpen(clocks)).toMatchObject({ metric: 'next_answer', seq: 2 })
  })

  it('comes before clocks that promise no time, however many there are and in whatever order', () => {
    const [due] = clocksAt('10:00', plain, ['10:00', 'opened'])
    const timeless = { ...due!, dueAt: null, seq: 9 }
    for (const clocks of [
      [timeless, timeless, due!],
      [due!, timeless, timeless],
      [timeless, due!, timeless],
    ])
      expect(earliestOpen(clocks)).toBe(due)
    expect(earliestOpen([timeless, timeless])).toBe(timeless)
  })

  it('equals the reaction unless the row sets it', () => {
    const unset = policy([row('any', {}, { reaction: service(240) })])
    const clocks = clocksAt('11:10', unset, ['10:00', 'opened'], ['10:30', 'answered'], ['11:00', 'client_wrote'])
    expect(show(only(clocks, 'next_answer').dueAt)).toBe('2026-02-03T15:00')
  })

  it('is not met by a note, an automatic receipt, or an answer that was taken back', () => {
    const told = [
      ['10:00', 'opened'],
      ['10:01', 'answered', { byPerson: false }],
      ['10:02', 'answered', { public: false }],
    ] as const
    expect(only(clocksAt('10:30', plain, ...told), 'reaction').state).toBe('running')
    const undone = [
      ...told,
      ['10:10', 'answered', { messageId: 7 }],
      ['10:11', 'answer_undone', { messageId: 7 }],
    ] as const
    expect(only(clocksAt('10:10', plain, ...undone), 'reaction').state).toBe('met')
    expect(only(clocksAt('10:30', plain, ...undone), 'reaction')).toMatchObject({ state: 'running', usedMinutes: 30 })
  })
})

describe('pauses are intervals (glpi 24481, 6902, 15605)', () => {
  const paused = [
    ['10:00', 'opened'],
    ['11:00', 'paused', { reason: 'client' }],
  ] as const

  it('so no breach happens while the client is waited for', () => {
    const state = only(clocksAt('2026-03-03T10:00', plain, ...paused), 'resolution')
    expect(state).toMatchObject({
      state: 'paused',
      usedMinutes: 60,
      dueAt: null,
      breachedAt: null,
      pauseReason: 'client',
    })
  })

  it('and survive a change of the policy', () => {
    const other = policy([row('other', {}, { resolution: clock(600) })], '24x7', {}, { contractId: 2, code: 'other' })
    const told = [...paused, ['12:00', 'resumed'], ['13:00', 'contract_changed', { from: 1, to: 2 }]] as const
    const state = only(clocksAt('14:00', [plain, other], ...told), 'resolution')
    expect(state).toMatchObject({ rowName: 'other', usedMinutes: 180, targetMinutes: 600 })
    expect(show(state.dueAt)).toBe('2026-02-03T21:00')
  })

  it('that go on over a change of policy are judged by each policy for its own part', () => {
    const strict = policy(
      [row('strict', {}, { resolution: service(960) })],
      'mon-fri-10-18',
      { pausesCounted: [] },
      { contractId: 2 },
    )
    const told = [...paused, ['13:00', 'contract_changed', { from: 1, to: 2 }]] as const
    expect(only(clocksAt('14:00', [plain, strict], ...told), 'resolution')).toMatchObject({
      state: 'running',
      usedMinutes: 120,
    })
  })
})

describe('one algebra for hours and days (glpi 10594)', () => {
  it('moves a term of working days by the open time of a pause', () => {
    const told = [
      ['10:00', 'opened'],
      ['11:00', 'paused', { reason: 'client' }],
      ['15:00', 'resumed'],
    ] as const
    const state = only(clocksAt('15:30', policy([row('3 days', {}, { resolution: days(3) })]), ...told), 'resolution')
    expect(show(state.dueAt)).toBe('2026-02-09T14:00')
  })

  it('leaves a round-the-clock term of working days alone for a pause over days off', () => {
    const told = [
      ['2026-02-06T12:00', 'opened', { priority: 2 }],
      ['2026-02-07T00:00', 'paused', { reason: 'client' }],
      ['2026-02-09T06:00', 'resumed'],
    ] as const
    expect(show(only(clocksAt('2026-02-09T10:00', CRM_PREMIUM, ...told), 'resolution').dueAt)).toBe('2026-02-12T06:00')
  })

  it('warns in open time: never at midnight for hours of the day', () => {
    const state = only(clocksAt('2026-02-03T10:30', plain, ['10:00', 'opened']), 'resolution')
    expect(state.alarms.map(({ kind, at }) => [kind, show(at)])).toEqual([
      ['warn50', '2026-02-04T10:00'],
      ['warn75', '2026-02-04T14:00'],
      ['warn90', '2026-02-04T16:24'],
      ['breach', '2026-02-04T18:00'],
    ])
    expect(nextAlarm(state, new Set(['warn50']))?.kind).toBe('warn75')
  })

  it('puts a warning where subtraction from the deadline does', () => {
    const calendar = compileCalendar(READY_CALENDARS['mon-fri-10-18'])
    const state = only(clocksAt('10:30', plain, ['10:00', 'opened']), 'resolution')
    const dueAt = state.dueAt ?? 0
    expect(state.alarms.slice(0, 3).map((alarm) => alarm.at)).toEqual(
      [480, 240, 96].map((left) => calendar.subtract(dueAt, left)),
    )
  })
})

describe('what a ticket shows and what its clock does are one (osTicket 3034, frappe 1554, 2075)', () => {
  it('counts a Sunday ticket from Monday', () => {
    const state = only(clocksAt('2026-02-09T10:30', plain, ['2026-02-08T12:00', 'opened']), 'reaction')
    expect(state).toMatchObject({ startedAt: msk('2026-02-09T10:00'), usedMinutes: 30 })
  })

  it('starts even a target by the clock at the next opening of the hours', () => {
    const byClock = policy([row('any', {}, { reaction: clock(60) })])
    expect(show(only(clocksAt('2026-02-08T13:00', byClock, ['2026-02-08T12:00', 'opened']), 'reaction').dueAt)).toBe(
      '2026-02-09T11:00',
    )
    const onDuty = policy([row('duty', {}, { reaction: clock(60) }, { calendarCode: '24x7' })])
    expect(show(only(clocksAt('2026-02-08T12:10', onDuty, ['2026-02-08T12:00', 'opened']), 'reaction').dueAt)).toBe(
      '2026-02-08T13:00',
    )
  })

  it('knows a lunch break (chatwoot 14009, frappe 2212)', () => {
    const lunch = compileCalendar({ ...READY_CALENDARS['mon-fri-10-18'], breaks: [{ from: '13:00', to: '14:00' }] })
    const book = new Map([...BOOK, ['lunch', lunch]])
    const events = history(['12:30', 'opened'])
    const [reaction] = foldClocks(
      events,
      [policy([row('any', {}, { reaction: service(60) })], 'lunch')],
      book,
      msk('15:00'),
    )
    expect(show(reaction!.dueAt)).toBe('2026-02-03T14:30')
    expect(
      explainClock(reaction!, book).intervals.map(({ minutes, counted, reason }) => [minutes, counted, reason]),
    ).toEqual([
      [30, true, 'week_hours'],
      [0, false, 'break'],
      [60, true, 'week_hours'],
    ])
  })
})

describe('deadlines over holidays (zammad 390)', () => {
  it('rest on the checked production calendar, and every skipped day says why', () => {
    const state = only(clocksAt('2026-05-12T09:00', plain, ['2026-04-30T16:00', 'opened']), 'resolution')
    expect(show(state.dueAt)).toBe('2026-05-05T17:00')
    const { intervals } = explainClock(state, BOOK, msk('2026-05-12T09:00'))
    const skipped = intervals.filter((interval) => !interval.counted && interval.to - interval.from >= 86_400_000)
    expect(skipped.map(({ from, reason, params }) => [show(from), reason, params['name'] ?? null])).toEqual([
      ['2026-05-01T00:00', 'public_holiday', 'Праздник Весны и Труда'],
      ['2026-05-02T00:00', 'weekly_day_off', null],
      ['2026-05-09T00:00', 'public_holiday', 'День Победы'],
      ['2026-05-10T00:00', 'weekly_day_off', null],
      ['2026-05-11T00:00', 'moved_day_off', null],
    ])
  })
})

describe('minutes are whole and are summed by rows (glpi 22262, 22414, 8550)', () => {
  it('ten minutes are ten minutes', () => {
    const ten = policy([row('any', {}, { reaction: service(10), resolution: clock(10) })])
    for (const state of clocksAt('10:05', ten, ['10:00', 'opened'])) {
      expect(state).toMatchObject({ targetMinutes: 10, usedMinutes: 5, remainingMinutes: 5, dueAt: msk('10:10') })
    }
  })

  it('equal waits count each, not once', () => {
    const told = ['10:10', '10:30', '10:50'].flatMap((at) => {
      const [hour, minute] = at.split(':') as [string, string]
      return [[at, 'paused', { reason: 'client' }] as const, [`${hour}:${Number(minute) + 5}`, 'resumed'] as const]
    })
    const state = only(clocksAt('11:00', plain, ['10:00', 'opened'], ...told), 'resolution')
    expect(state.usedMinutes).toBe(45)
    expect(show(state.dueAt)).toBe('2026-02-05T10:15')
  })
})
