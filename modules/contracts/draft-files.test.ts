import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, serveRoutes, staffActor } from '@opora/people/testkit'
import { createFileStore } from '@opora/platform/files'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { draftFiles } from './draft-files.store.ts'
import { agreementRoutes } from './index.ts'
import { contractsForTests, subscription, terms, withCatalogue } from './testkit.ts'

const state = {} as { db: TestDatabase; api: Awaited<ReturnType<typeof serveRoutes>>; folder: string }
const { contracts } = contractsForTests()
const manager = staffActor(1, ['am'])
const stranger = staffActor(2, ['am'], [999])

beforeAll(async () => {
  state.db = await createTestDatabase()
  await state.db.setNow('2026-03-10T09:00:00Z')
  await withCatalogue(state.db)
  await state.db
    .owner`insert into account (side, email, name) values ('staff', 'am@provider.test', 'Анна'), ('staff', 'no@provider.test', 'Нина')`
  state.folder = await mkdtemp(join(tmpdir(), 'opora-draft-files-'))
  const files = createFileStore(state.folder)
  const ports = { workOfMonth: async () => [], isMonthClosed: async () => false, files }
  state.api = await serveRoutes(state.db, agreementRoutes(contracts, ports))
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
  await rm(state.folder, { recursive: true, force: true })
})

test('papers chosen for a draft stay with it, are its own alone, and are the contract’s once it is concluded', async () => {
  const { api, db } = state
  const { id: clientId } = await createClient(db.owner)
  const names = { number: 'Ч-9', title: 'Поддержка', startsOn: '2026-03-01', endsOn: null, signedOn: '2026-02-20' }
  const open = { letterUntil: null, letterAmountKopecks: null, packageCode: '', options: [], legalEntityId: null }
  const form = { ...names, ...open, clientId, terms: terms({ forms: [subscription()] }) }
  const begin = async () =>
    Number((await api.call(manager, 'POST', '/contract-drafts', { step: 'check', form })).body['id'])
  const [draft, other] = [await begin(), await begin()]
  const path = `/contract-drafts/${draft}/files`
  const { sha256, sizeBytes } = await createFileStore(state.folder).put(Buffer.from('договор'))
  for (const name of ['договор.pdf', 'лишнее.pdf']) {
    const row = {
      draftId: draft,
      kind: 'contract' as const,
      name,
      mediaType: 'application/pdf',
      sha256,
      sizeBytes,
      addedBy: 1,
    }
    await db.begin({ as: 'worker' }, (tx) => draftFiles.add(tx, row))
  }
  const { items } = (await api.call(manager, 'GET', path)).body as unknown as { items: { id: number; name: string }[] }
  expect(items).toMatchObject([{ name: 'договор.pdf', by: 'Анна' }, { name: 'лишнее.pdf' }])
  const extra = `${path}/${items[1]!.id}`
  for (const [method, at] of [
    ['GET', path],
    ['DELETE', extra],
  ] as const)
    expect((await api.call(stranger, method, at)).status).toBe(404)
  expect((await api.call(manager, 'DELETE', `/contract-drafts/${other}/files/${items[1]!.id}`)).status).toBe(404)
  expect((await api.call(manager, 'DELETE', extra)).status).toBe(204)
  expect((await api.call(manager, 'DELETE', extra)).status).toBe(404)
  const signed = await api.call(manager, 'POST', `/contract-drafts/${draft}/sign`)
  expect(signed.status).toBe(201)
  const papers = await api.call(manager, 'GET', `/contracts/${signed.body['id']}/files`)
  expect(papers.body).toMatchObject({ items: [{ name: 'договор.pdf', kind: 'contract', by: 'Анна' }] })
  expect(papers.body['items']).toHaveLength(1)
  // the draft is the contract now: its papers are changed there
  expect((await api.call(manager, 'DELETE', `${path}/${items[0]!.id}`)).body).toMatchObject({
    code: 'contracts.draft_signed',
  })
})
