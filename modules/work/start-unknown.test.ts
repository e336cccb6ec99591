import { afterAll, beforeAll, expect, it } from 'vitest'
import { type WorkBench, workBench } from './work.bench.ts'

let bench: WorkBench
beforeAll(async () => {
  bench = await workBench({ calendarCode: 'mon-fri-10-18' })
})
afterAll(() => bench.close())

const worked = (date: string) => ({ activity: 'configuration', note: 'Настроил', date, minutes: 30 })

it('counts minutes without a start as inside service hours, and says so before and after saving', async () => {
  const { api, works } = bench
  const id = await bench.openTicket()
  const said = expect.stringContaining('начало не указано')
  const preview = await api.call(works, 'POST', `/tickets/${id}/time/preview`, worked('2026-01-19'))
  expect(preview.body).toMatchObject({ chargedMinutes: 30, sentence: said })
  const logged = await api.call(works, 'POST', `/tickets/${id}/time`, worked('2026-01-19'))
  expect(logged.body).toMatchObject({ chargedMinutes: 30, outOfHours: false, steps: [said, expect.any(String)] })
})

it('splits a span with a start at the border of service hours, given by its end or by its minutes', async () => {
  const { api, works } = bench
  const id = await bench.openTicket()
  const { activity, note } = worked('')
  const byMinutes = { activity, note, startedAt: '2026-01-19T20:00:00+03:00', minutes: 30 }
  expect((await api.call(works, 'POST', `/tickets/${id}/time`, byMinutes)).body).toMatchObject({
    chargedMinutes: 60,
    outOfHours: true,
    timed: true,
  })
  const byEnd = { activity, note, startedAt: '2026-01-19T17:30:00+03:00', endedAt: '2026-01-19T18:30:00+03:00' }
  expect((await api.call(works, 'POST', `/tickets/${id}/time`, byEnd)).body).toMatchObject({
    minutes: 60,
    chargedMinutes: 90,
  })
})

it('counts minutes of a day off as out of hours without asking when they were', async () => {
  const { api, works } = bench
  const id = await bench.openTicket()
  const logged = await api.call(works, 'POST', `/tickets/${id}/time`, worked('2026-01-17'))
  expect(logged.body).toMatchObject({ chargedMinutes: 60, outOfHours: true, timed: false })
})

it('takes fewer minutes of a past day, though they were logged late on it', async () => {
  const { api, works, db } = bench
  const id = await bench.openTicket()
  await db.setNow('2026-01-20T14:00:00Z')
  const logged = await api.call(works, 'POST', `/tickets/${id}/time`, worked('2026-01-20'))
  await db.setNow('2026-01-21T09:00:00Z')
  const { id: entry, version } = logged.body as unknown as { id: number; version: number }
  const changed = await api.call(works, 'PATCH', `/time/${entry}`, { minutes: 10 }, version)
  expect(changed).toMatchObject({ status: 200, body: { minutes: 10, timed: false, date: '2026-01-20' } })
  const { startedAt, endedAt } = changed.body as unknown as { startedAt: string; endedAt: string }
  expect(Date.parse(endedAt) - Date.parse(startedAt)).toBe(600_000)
})
