import { type Actor, can, refuseAccess, scopeOf, setServingStaff, systemActor, writeAudit } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { activeStaff, clientCard, domainOwners } from '../clients.read-model.ts'
import type { ClientPatch, ClientView, NewClient } from '../contract.ts'
import { asciiDomain, isPublicMailDomain } from '../domain/email-address.ts'
import { requisiteFaults } from '../domain/requisites.ts'
import { refusePeople } from '../people.refusals.ts'
import { type ClientColumns, insertClient, lockMailDomains, updateClient } from '../people.store.ts'
import { refuseTogether } from '../refuse-together.ts'

export function clientVerbs() {
  return {
    async createClient(tx: Tx, actor: Actor, input: NewClient): Promise<ClientView> {
      const columns = await checked(tx, actor, null, input, {})
      const id = await insertClient(tx, { ...columns, name: input.name })
      await writeAudit(tx, actor, { action: 'client.created', objectType: 'client', objectId: id, clientId: id })
      return await loadClient(tx, id)
    },

    async changeClient(
      tx: Tx,
      actor: Actor,
      input: { id: number; expectedVersion: number | null; patch: ClientPatch },
    ): Promise<ClientView> {
      const before = await clientCard(tx, scopeOf(actor, 'client.read'), input.id)
      if (!before) throw refuseAccess('access.not_found')
      if (!can(actor, 'client.change', { clientId: input.id })) throw refuseAccess('access.not_allowed')
      const { archived, ...patch } = input.patch
      const columns = await checked(tx, actor, input.id, patch, before)
      if (archived !== undefined) {
        columns.archivedAt = archived ? (before.archivedAt ? undefined : await databaseNow(tx)) : null
      }
      await updateClient(tx, input.id, input.expectedVersion, columns)
      await writeAudit(tx, actor, {
        action: 'client.changed',
        objectType: 'client',
        objectId: input.id,
        clientId: input.id,
        detail: { fields: Object.keys(input.patch) },
      })
      return await loadClient(tx, input.id)
    },

    async assignStaff(tx: Tx, actor: Actor, input: { clientId: number; accountIds: number[] }): Promise<void> {
      if (!(await clientCard(tx, scopeOf(actor, 'client.read'), input.clientId))) throw refuseAccess('access.not_found')
      const known = new Set(await activeStaff(tx, input.accountIds))
      if (input.accountIds.some((id) => !known.has(id))) {
        throw refusePeople('people.staff_unknown', { field: 'accountIds' })
      }
      await setServingStaff(tx, input.clientId, input.accountIds)
      await writeAudit(tx, actor, {
        action: 'client.staff_assigned',
        objectType: 'client',
        objectId: input.clientId,
        clientId: input.clientId,
        detail: { accountIds: input.accountIds },
      })
    },
  }
}

async function loadClient(tx: Tx, id: number): Promise<ClientView> {
  const card = await clientCard(tx, EVERY_CLIENT, id)
  if (!card) throw refuseAccess('access.not_found')
  return card
}

const EVERY_CLIENT = scopeOf(systemActor(), 'client.read')

/** The columns of a change, or every fault of it at once. `before` fills what the change does not name. */
async function checked(
  tx: Tx,
  actor: Actor,
  clientId: number | null,
  input: Omit<ClientPatch, 'archived'>,
  before: Partial<ClientView>,
): Promise<ClientColumns> {
  const faults = requisiteFaults({ ...before, ...input }).map((fault) =>
    refusePeople(fault.code, { field: fault.field }),
  )
  const mailDomains = input.mailDomains?.map((domain) => asciiDomain(domain) ?? domain)
  for (const [index, domain] of (mailDomains ?? []).entries()) {
    const options = { field: `mailDomains.${index}`, params: { domain } }
    if (asciiDomain(domain) === null) faults.push(refusePeople('people.domain_malformed', options))
    else if (isPublicMailDomain(domain)) faults.push(refusePeople('people.domain_public', options))
  }
  if (input.zone !== undefined && !isZone(input.zone))
    faults.push(refusePeople('people.zone_unknown', { field: 'zone' }))
  if (input.accountManagerId && (await activeStaff(tx, [input.accountManagerId])).length === 0) {
    faults.push(refusePeople('people.staff_unknown', { field: 'accountManagerId' }))
  }
  if (mailDomains && mailDomains.length > 0) {
    await lockMailDomains(tx)
    const taken = (await domainOwners(tx, mailDomains)).filter((owner) => owner.id !== clientId)
    faults.push(
      ...taken.map(({ domain }) => refusePeople('people.domain_taken', { field: 'mailDomains', params: { domain } })),
    )
  }
  refuseTogether(faults, actor.locale)
  return { ...input, ...(mailDomains ? { mailDomains: [...new Set(mailDomains)] } : {}) }
}

function isZone(zone: string): boolean {
  try {
    return /^[A-Za-z]/.test(zone) && new Intl.DateTimeFormat('en', { timeZone: zone }) !== null
  } catch {
    return false
  }
}
