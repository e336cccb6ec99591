import { expect, it } from 'vitest'
import type { ClockFact } from './domain/clock.ts'
import type { ClockInterval } from './domain/explain-clock.ts'
import { factInWords, intervalInWords, targetInWords, wordFor } from './sla-words.ts'

const interval = (reason: ClockInterval['reason'], params: Record<string, string> = {}): ClockInterval => ({
  from: 0,
  to: 1,
  counted: false,
  minutes: 0,
  reason,
  params,
})
const said = (reason: ClockInterval['reason'], params?: Record<string, string>) => [
  intervalInWords(interval(reason, params), 'ru'),
  intervalInWords(interval(reason, params), 'en'),
]
const moscow = { locale: 'ru', zone: 'Europe/Moscow' } as const
const english = { locale: 'en', zone: 'Europe/Moscow' } as const

it('says a target in its own unit', () => {
  const words = (amount: number, unit: 'service_minutes' | 'clock_minutes' | 'working_days') => [
    targetInWords({ amount, unit }, 'ru').replaceAll('\u00a0', ' '),
    targetInWords({ amount, unit }, 'en').replaceAll('\u00a0', ' '),
  ]
  expect(words(240, 'service_minutes')).toEqual(['4 ч рабочего времени', '4 h of service time'])
  expect(words(90, 'clock_minutes')).toEqual(['1 ч 30 мин по часам', '1 h 30 min by the clock'])
  expect(words(1, 'working_days')).toEqual(['1 рабочий день', '1 working day'])
  expect(words(3, 'working_days')).toEqual(['3 рабочих дня', '3 working days'])
  expect(words(20, 'working_days')).toEqual(['20 рабочих дней', '20 working days'])
})

it('says why a stretch of time did not count, with what is known of it', () => {
  expect(said('waiting', { reason: 'client' })).toEqual(['Пауза: ждали клиента', 'Paused: waited for the client'])
  expect(said('waiting_not_counted', { reason: 'vendor' })).toEqual([
    'Ждали вендора, но по договору время шло',
    'Waited for the vendor, but by the contract time went on',
  ])
  expect(said('moved_day_off', { from: '2025-11-01' })).toEqual([
    'Выходной, перенесённый с 1 ноября 2025 г.',
    'Day off moved from 1 November 2025',
  ])
  expect(said('moved_day_off')).toEqual(['Перенесённый выходной', 'Moved day off'])
  expect(said('own_holiday', { name: 'День компании' })).toEqual([
    'Нерабочий день компании: День компании',
    "The company's day off: День компании",
  ])
})

it('has a sentence for every reason and every fact, in both languages', () => {
  const reasons: ClockInterval['reason'][] = [
    'week_hours',
    'weekly_day_off',
    'public_holiday',
    'moved_day_off',
    'moved_working_day',
    'shortened_day',
    'break',
    'own_holiday',
    'regional_day_off',
    'exception_replaced',
    'exception_added',
    'exception_removed',
    'outside_hours',
    'clock_time',
    'waiting',
    'ticket_closed',
    'waiting_not_counted',
  ]
  const params = { name: 'имя', reason: 'client' }
  for (const reason of reasons) for (const text of said(reason, params)) expect(text).toMatch(/^[^{}_]+$/)
  const facts: Record<ClockFact['code'], ClockFact['params']> = {
    target_set: { row: 'Все', rowEn: 'All', amount: 60, unit: 'clock_minutes', priority: 1 },
    target_gone: {},
    answered: {},
    acknowledged: {},
    solved: {},
    confirm_rejected: {},
    work_around: { priority: 3 },
    work_around_rejected: { priority: 1 },
    agreed: { dueAt: Date.parse('2026-02-03T15:00:00Z') },
    breached: { dueAt: Date.parse('2026-02-03T15:00:00Z') },
    closed: {},
    reopened: {},
    merged: {},
    unmerged: {},
  }
  for (const [code, data] of Object.entries(facts)) {
    const fact = { at: 0, code: code as ClockFact['code'], params: data }
    for (const reader of [moscow, english]) expect(factInWords(fact, reader)).toMatch(/^[^{}_]+$/)
  }
})

it('tells moments in the reader’s own zone', () => {
  const fact = { at: 0, code: 'breached', params: { dueAt: Date.parse('2026-02-03T21:30:00Z') } } as const
  expect(factInWords(fact, english)).toBe('The deadline 4 February 2026 at 00:30 was missed')
  expect(factInWords(fact, { ...english, zone: 'UTC' })).toBe('The deadline 3 February 2026 at 21:30 was missed')
})

it('leaves an unknown code as it is', () => {
  expect(wordFor('hearsay', 'ru')).toBe('hearsay')
})
