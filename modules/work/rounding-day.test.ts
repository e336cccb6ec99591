import { rates } from '@opora/contracts/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type WorkBench, workBench } from './work.bench.ts'

let bench: WorkBench
beforeAll(async () => {
  bench = await workBench({ rates: rates({ roundingStepMinutes: 30, roundingPer: 'task_and_day' }) })
})
afterAll(() => bench.close())

it('keeps the entries of a ticket’s day in step with what remains when one is corrected or taken back', async () => {
  const { api, works } = bench
  const id = await bench.openTicket()
  const path = `/tickets/${id}/time`
  const worked = { activity: 'configuration', note: 'Настроил', date: '2026-01-19', minutes: 10 }
  const first = (await api.call(works, 'POST', path, worked)).body
  const second = (await api.call(works, 'POST', path, worked)).body
  const charged = async () => {
    const { items } = (await api.call(works, 'GET', path)).body
    return Object.fromEntries(items!.map((entry) => [entry['id'], entry['chargedMinutes']]))
  }
  expect(await charged()).toEqual({ [Number(first['id'])]: 30, [Number(second['id'])]: 0 })
  const edited = await api.call(works, 'PATCH', `/time/${first['id']}`, { minutes: 25 }, 1)
  expect(edited.body).toMatchObject({ minutes: 25, chargedMinutes: 30 })
  expect(await charged()).toEqual({ [Number(first['id'])]: 30, [Number(second['id'])]: 30 })
  const version = Number(edited.body['version'])
  const back = await api.call(works, 'POST', `/time/${first['id']}/reverse`, { reason: 'не туда' }, version)
  expect(await charged()).toMatchObject({ [Number(second['id'])]: 30, [Number(back.body['id'])]: -30 })
  const { items } = (await api.call(works, 'GET', path)).body
  expect(items!.find((entry) => entry['id'] === second['id'])).toMatchObject({
    steps: ['пересчитано: исправлена другая запись этого дня по обращению', expect.any(String), expect.any(String)],
    version: 1,
  })
})
