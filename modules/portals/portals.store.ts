import type { Instant } from '@opora/core'
import type { Json, Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'

export interface PortalColumns {
  name?: string
  address?: string
  product?: string
  edition?: string | null
  environment?: string
  licenceActivatedOn?: string | null
  licenceUntil?: string | null
  productVersion?: string | null
  adminContactId?: number | null
  notes?: string
  archivedAt?: Instant | null
}

export async function insertPortal(tx: Tx, clientId: number, columns: PortalColumns): Promise<number> {
  const row = { clientId, ...defined(columns) }
  const [made] = await tx<{ id: number }[]>`insert into portal ${tx(row as never)} returning id`
  return made!.id
}

export async function updatePortal(tx: Tx, id: number, expected: number | null, columns: PortalColumns): Promise<void> {
  const changes = { ...defined(columns), version: tx`version + 1` }
  const rows = await tx`update portal set ${tx(changes as never)}
    where id = ${id} ${expected === null ? tx`` : tx`and version = ${expected}`} returning version`
  if (rows.length === 1) return
  const [row] = await tx<{ version: number }[]>`select version from portal where id = ${id}`
  throw refuseHttp('http.version_conflict', { details: { currentVersion: row?.version ?? null } })
}

export interface FactRow {
  clientId: number
  portalId: number
  name: string
  value: Json
  measuredAt: Instant
  source: string
  actorId: number | null
}

export async function insertFact(tx: Tx, fact: FactRow): Promise<number> {
  const [made] = await tx<{ id: number }[]>`
    insert into portal_fact (client_id, portal_id, name, value, measured_at, source, actor_id)
    values (${fact.clientId}, ${fact.portalId}, ${fact.name}, ${tx.json(fact.value)}, ${fact.measuredAt}, ${fact.source}, ${fact.actorId})
    returning id`
  return made!.id
}

export async function saveProduct(
  tx: Tx,
  product: { code: string; nameRu: string; nameEn: string; hosting: string },
): Promise<void> {
  const { code, nameRu, nameEn, hosting } = product
  await tx`insert into portal_product (code, name_ru, name_en, hosting) values (${code}, ${nameRu}, ${nameEn}, ${hosting})
    on conflict (code) do update set name_ru = excluded.name_ru, name_en = excluded.name_en, hosting = excluded.hosting`
}

function defined<Row extends object>(row: Row): Partial<Row> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Partial<Row>
}
