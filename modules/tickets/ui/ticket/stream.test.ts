import { expect, test } from 'vitest'
import type { Message } from '../../contract.ts'
import { grouped, type HistoryRow, mergeStream, shownMessages } from './stream.ts'

const message = (id: number, at: string, cancelled = false) => ({ id, createdAt: at, cancelled }) as Message
const event = (id: number, at: string, type = 'assigned'): HistoryRow => ({
  id,
  at,
  type,
  actor: '',
  text: '',
  data: {},
})
const order = (items: ReturnType<typeof mergeStream>) =>
  items.map((item) => (item.kind === 'message' ? `m${item.message.id}` : `e${item.event.id}`))

test('messages and changes follow each other by time; at the same moment the message comes first', () => {
  const messages = [message(1, '2026-03-03T10:00:00Z'), message(2, '2026-03-03T12:00:00Z')]
  const history = [event(7, '2026-03-03T10:00:00Z'), event(8, '2026-03-03T11:00:00Z')]
  expect(order(mergeStream(messages, history, undefined))).toEqual(['m1', 'e7', 'e8', 'm2'])
})

test('what a message says by itself is no event, and events older than the first shown message wait for it', () => {
  const messages = [message(5, '2026-03-03T12:00:00Z')]
  const history = [
    event(1, '2026-03-01T10:00:00Z'),
    event(2, '2026-03-03T12:00:01Z', 'answered'),
    event(3, '2026-03-03T13:00:00Z'),
  ]
  expect(order(mergeStream(messages, history, '2026-03-03T12:00:00Z'))).toEqual(['m5', 'e3'])
})

test('a reply that was taken back is not shown, and a message of two pages once', () => {
  const twice = message(2, '2026-03-03T12:00:00Z')
  const shown = shownMessages([
    twice,
    message(1, '2026-03-03T10:00:00Z'),
    message(3, '2026-03-03T13:00:00Z', true),
    twice,
  ])
  expect(shown.map((one) => one.id)).toEqual([1, 2])
})

test('what one person did at once is one line, until somebody else acts or something is said', () => {
  const by = (id: number, at: string, actor: string): HistoryRow => ({ ...event(id, at), actor, text: `t${id}` })
  const history = [
    by(1, '2026-03-03T10:00:00Z', 'Анна'),
    by(2, '2026-03-03T10:01:00Z', 'Анна'),
    by(3, '2026-03-03T10:01:30Z', 'Игорь'),
    by(4, '2026-03-03T10:09:00Z', 'Игорь'),
  ]
  const lines = grouped(mergeStream([], history, undefined))
  expect(lines.map((line) => line.kind === 'events' && line.texts)).toEqual([['t1', 't2'], ['t3'], ['t4']])
})
