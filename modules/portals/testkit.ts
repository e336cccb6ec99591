import type { Queryable } from '@opora/platform/database'
import { type KnownPortal, listPortals, portalById } from './portals.read-model.ts'
import type { PortalColumns } from './portals.store.ts'

const counter = { next: 1 }

export async function createPortal(
  sql: Queryable,
  clientId: number,
  overrides: PortalColumns = {},
): Promise<KnownPortal> {
  const number = counter.next++
  const row = {
    clientId,
    name: `Портал ${number}`,
    address: `https://portal${number}.client.test`,
    product: 'bitrix24-boxed',
    ...overrides,
  }
  const [made] = await sql<{ id: number }[]>`insert into portal ${sql(row as never)} returning id`
  return (await portalById(sql, made!.id))!
}

/** The query behind the list, for tests of its plan. */
export const portalLists = { listPortals }
