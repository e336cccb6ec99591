import { cabinetContractRoutes } from '@opora/contracts'
import { contactActor, createContact, serveRoutes } from '@opora/people/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type WorkBench, workBench } from './work.bench.ts'

let bench: WorkBench
beforeAll(async () => {
  bench = await workBench()
})
afterAll(() => bench.close())

it('names in the cabinet the request that hours went to and came back from, but for work that the client does not see', async () => {
  const { api, works, db } = bench
  const id = await bench.openTicket()
  const worked = { activity: 'configuration', note: 'Настроил', date: '2026-01-19', minutes: 30 }
  const entry = (await api.call(works, 'POST', `/tickets/${id}/time`, worked)).body
  await api.call(works, 'POST', `/tickets/${id}/time`, { ...worked, visible: false, minutes: 10 })
  await api.call(works, 'POST', `/time/${entry['id']}/reverse`, { reason: 'не туда' }, Number(entry['version']))
  const boss = contactActor(await createContact(db.owner, bench.clientId, { responsible: true }))
  const cabinet = await serveRoutes(db, cabinetContractRoutes())
  const [ticket] = await db.owner<{ id: number; number: number }[]>`select id, number from ticket where id = ${id}`
  const { contracts } = (await cabinet.call(boss, 'GET', '/cabinet/hours?month=2026-01')).body as {
    contracts: { movements: { kind: string; minutes: number; ticket: object | null }[] }[]
  }
  const movements = contracts[0]!.movements.map(({ kind, minutes, ticket: of }) => [kind, minutes, of])
  expect(movements).toContainEqual(['draw', -30, ticket])
  expect(movements).toContainEqual(['reverse', 30, ticket])
  expect(movements).toContainEqual(['draw', -10, null])
  expect(movements.filter(([kind]) => kind === 'grant').every(([, , of]) => of === null)).toBe(true)
  await cabinet.close()
})
