import { type Actor, can, refuseAccess, scopeOf, systemActor, writeAudit } from '@opora/access'
import { parseInstant } from '@opora/core'
import { clientCard, contactById, refuseTogether } from '@opora/people'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import type { NewFact, NewPortal, PortalPatch, PortalView, ProductView } from './contract.ts'
import { readPortalAddress } from './domain/address.ts'
import { listProducts, portalCard } from './portals.read-model.ts'
import { refusePortals } from './portals.refusals.ts'
import { insertFact, insertPortal, type PortalColumns, saveProduct, updatePortal } from './portals.store.ts'

export type Portals = ReturnType<typeof createPortals>

export function createPortals() {
  return { createPortal, changePortal, recordFact, changeProduct }
}

async function createPortal(tx: Tx, actor: Actor, input: NewPortal): Promise<PortalView> {
  const { clientId, ...given } = input
  if (!(await clientCard(tx, scopeOf(actor, 'client.read'), clientId))) throw refuseAccess('access.not_found')
  if (!can(actor, 'portal.change', { clientId })) throw refuseAccess('access.not_allowed')
  const columns = await checked(tx, actor, clientId, given)
  const id = await orAddressTaken(() => insertPortal(tx, clientId, columns))
  await writeAudit(tx, actor, { action: 'portal.created', objectType: 'portal', objectId: id, clientId })
  return await load(tx, id)
}

async function changePortal(
  tx: Tx,
  actor: Actor,
  input: { id: number; expectedVersion: number | null; patch: PortalPatch },
): Promise<PortalView> {
  const before = await changeable(tx, actor, input.id)
  const { archived, ...patch } = input.patch
  const dates = { licenceActivatedOn: before.licenceActivatedOn, licenceUntil: before.licenceUntil }
  const columns = await checked(tx, actor, before.clientId, patch, dates)
  if (archived === false) columns.archivedAt = null
  if (archived && before.archivedAt === null) columns.archivedAt = await databaseNow(tx)
  await orAddressTaken(() => updatePortal(tx, input.id, input.expectedVersion, columns))
  await writeAudit(tx, actor, {
    action: 'portal.changed',
    objectType: 'portal',
    objectId: input.id,
    clientId: before.clientId,
    detail: { fields: Object.keys(input.patch) },
  })
  return await load(tx, input.id)
}

/** Adds a measured value; what was measured before stays. */
async function recordFact(
  tx: Tx,
  actor: Actor,
  input: NewFact & { portalId: number; name: string },
): Promise<{ id: number }> {
  const { clientId } = await changeable(tx, actor, input.portalId)
  const now = await databaseNow(tx)
  const measuredAt = input.measuredAt ? parseInstant(input.measuredAt) : now
  if (measuredAt > now) throw refusePortals('portals.measured_in_future', { field: 'measuredAt' })
  const { portalId, name, value, source } = input
  const id = await insertFact(tx, { clientId, portalId, name, value, measuredAt, source, actorId: actor.accountId })
  return { id }
}

async function changeProduct(tx: Tx, actor: Actor, product: ProductView): Promise<void> {
  await saveProduct(tx, product)
  await writeAudit(tx, actor, {
    action: 'portal_product.changed',
    objectType: 'portal_product',
    objectId: product.code,
  })
}

async function changeable(tx: Tx, actor: Actor, id: number): Promise<PortalView> {
  const portal = await portalCard(tx, scopeOf(actor, 'portal.read'), id)
  if (!portal) throw refuseAccess('access.not_found')
  if (!can(actor, 'portal.change', { clientId: portal.clientId })) throw refuseAccess('access.not_allowed')
  return portal
}

async function load(tx: Tx, id: number): Promise<PortalView> {
  const portal = await portalCard(tx, scopeOf(systemActor(), 'portal.read'), id)
  if (!portal) throw refuseAccess('access.not_found')
  return portal
}

/** The columns of a change, or every fault of it at once. */
async function checked(
  tx: Tx,
  actor: Actor,
  clientId: number,
  input: PortalPatch,
  before: Pick<PortalPatch, 'licenceActivatedOn' | 'licenceUntil'> = {},
): Promise<PortalColumns> {
  const columns: PortalColumns = { ...input }
  const faults = []
  if (input.address !== undefined) {
    const address = readPortalAddress(input.address)
    if (address === null) faults.push(refusePortals('portals.address_malformed', { field: 'address' }))
    else columns.address = address
  }
  if (input.product !== undefined && !(await listProducts(tx)).some(({ code }) => code === input.product)) {
    faults.push(refusePortals('portals.product_unknown', { field: 'product' }))
  }
  const { licenceActivatedOn, licenceUntil } = { ...before, ...input }
  if (licenceActivatedOn && licenceUntil && licenceUntil < licenceActivatedOn) {
    faults.push(refusePortals('portals.licence_dates', { field: 'licenceUntil' }))
  }
  if (input.adminContactId && (await contactById(tx, input.adminContactId))?.clientId !== clientId) {
    faults.push(refusePortals('portals.admin_foreign', { field: 'adminContactId' }))
  }
  refuseTogether(faults, actor.locale)
  return columns
}

async function orAddressTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if ((error as { constraint_name?: string }).constraint_name === 'portal_address') {
      throw refusePortals('portals.address_taken', { field: 'address' })
    }
    throw error
  }
}
