import { afterAll, beforeAll, expect, test } from 'vitest'
import { type WorkBench, workBench } from './work.bench.ts'

const state = {} as WorkBench
beforeAll(async () => {
  Object.assign(state, await workBench())
})
afterAll(() => state.close())

const call = (method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: object) =>
  state.api.call(state.works, method, path, body)
const at = (time: string) => state.db.setNow(`2026-01-20T${time}Z`)

/** A timer of the day that began at nine, with a sign of life after twenty minutes; then silence until ten. */
async function silence(): Promise<number> {
  await call('DELETE', '/timer')
  const ticketId = await state.openTicket()
  await at('09:00:00')
  await call('PUT', '/timer', { ticketId, activity: 'configuration', note: 'Настраиваю' })
  await at('09:10:00')
  await call('POST', '/timer/seen')
  await at('09:20:00')
  expect((await call('POST', '/timer/seen')).body).toMatchObject({ timer: { idleMinutes: null, runningMinutes: 20 } })
  // the clock goes on while a slow machine answers: a third of a minute is let for that
  await at('10:00:20')
  return ticketId
}

test('a long silence is asked about on every device, and a sign of life does not wipe the question away', async () => {
  await silence()
  const asked = {
    timer: { idleMinutes: 40, seenAt: expect.stringMatching(/^2026-01-20T09:20:/), runningMinutes: 60 },
  }
  expect((await call('GET', '/timer')).body).toMatchObject({ ...asked, idleAfterMinutes: 15 })
  expect((await call('POST', '/timer/seen')).body).toMatchObject(asked)
  expect((await call('POST', '/timer/idle', { answer: 'keep' })).body).toMatchObject({
    timer: { idleMinutes: null, runningMinutes: 60 },
    logged: null,
  })
  expect((await call('POST', '/timer/stop', {})).body).toMatchObject({ minutes: 60, source: 'timer' })
})

test('a silence that is left out: what was measured before is logged, and the timer goes on from now', async () => {
  const ticketId = await silence()
  expect((await call('POST', '/timer/idle', { answer: 'discard' })).body).toMatchObject({
    timer: { ticket: { id: ticketId }, note: 'Настраиваю', runningMinutes: 0 },
    logged: { minutes: 20, startedAt: '2026-01-20T09:00:00.000Z', endedAt: '2026-01-20T09:20:00.000Z' },
  })
  await at('10:30:20')
  expect((await call('POST', '/timer/stop', {})).body).toMatchObject({
    minutes: 30,
    startedAt: '2026-01-20T10:00:00.000Z',
  })
})

test('a timer may end at the last sign of life', async () => {
  await silence()
  expect((await call('POST', '/timer/idle', { answer: 'stop' })).body).toMatchObject({
    timer: null,
    logged: { minutes: 20 },
  })
  expect((await call('POST', '/timer/idle', { answer: 'keep' })).body).toMatchObject({ code: 'work.timer_not_running' })
})

test('how long a silence is let be is the person’s own word, and it may be never', async () => {
  expect((await call('PUT', '/timer/preference', { idleAfterMinutes: 60 })).body).toMatchObject({
    idleAfterMinutes: 60,
  })
  await silence()
  expect((await call('GET', '/timer')).body).toMatchObject({ timer: { idleMinutes: null } })
  await call('PUT', '/timer/preference', { idleAfterMinutes: 0 })
  await at('18:00:20')
  expect((await call('GET', '/timer')).body).toMatchObject({ timer: { idleMinutes: null, runningMinutes: 540 } })
  await call('DELETE', '/timer')
})
