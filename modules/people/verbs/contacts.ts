import { type Actor, can, refuseAccess, scopeOf, systemActor, writeAudit } from '@opora/access'
import type { Tx } from '@opora/platform/database'
import { enqueue } from '@opora/platform/jobs'
import { clientCard } from '../clients.read-model.ts'
import { contactById, contactCard } from '../contacts.read-model.ts'
import type { ContactPatch, ContactView, NewColleague, NewContact } from '../contract.ts'
import { readEmailAddress } from '../domain/email-address.ts'
import type { PeoplePorts } from '../people.ports.ts'
import { refusePeople } from '../people.refusals.ts'
import { type ContactColumns, insertContact, updateContact } from '../people.store.ts'

export const INVITE_TASK = 'people.inviteContact'

/** Marks that widen what a contact sees and decides. */
const RIGHTS = ['scope', 'responsible', 'portalAdmin'] as const
const EVERYWHERE = scopeOf(systemActor(), 'contact.read')

export function contactVerbs(ports: PeoplePorts) {
  async function createContact(tx: Tx, actor: Actor, input: NewContact & { clientId: number }): Promise<ContactView> {
    const { clientId, ...fields } = input
    if (!(await clientCard(tx, scopeOf(actor, 'client.read'), clientId))) throw refuseAccess('access.not_found')
    if (!can(actor, 'contact.change', { clientId })) throw refuseAccess('access.not_allowed')
    demandRightToGrant(actor, clientId, grantsOf(fields))
    const id = await insertContact(tx, clientId, { ...fields, email: readAddress(fields.email) })
    if (id === null) throw refusePeople('people.contact_exists', { field: 'email' })
    await writeAudit(tx, actor, { action: 'contact.created', objectType: 'contact', objectId: id, clientId })
    return await loadContact(tx, id)
  }

  async function changeContact(
    tx: Tx,
    actor: Actor,
    input: { id: number; expectedVersion: number | null; patch: ContactPatch },
  ): Promise<ContactView> {
    const before = await contactCard(tx, scopeOf(actor, 'contact.read'), input.id)
    if (!before) throw refuseAccess('access.not_found')
    const { clientId } = before
    if (!can(actor, 'contact.change', { clientId, contactId: input.id })) throw refuseAccess('access.not_allowed')
    const { patch } = input
    const granted = RIGHTS.filter((right) => patch[right] !== undefined && patch[right] !== before[right])
    const statusChanges = patch.status !== undefined && patch.status !== before.status
    demandRightToGrant(actor, clientId, granted)
    if (actor.contact?.id === input.id && (granted.length > 0 || statusChanges)) throw refusePeople('people.own_rights')
    const columns: ContactColumns = { ...patch }
    if (patch.email !== undefined) columns.email = readAddress(patch.email)
    await updateOrRefuse(tx, input.id, input.expectedVersion, columns)
    await writeAudit(tx, actor, {
      action: 'contact.changed',
      objectType: 'contact',
      objectId: input.id,
      clientId,
      detail: {
        fields: Object.keys(patch),
        rights: Object.fromEntries(granted.map((right) => [right, { from: before[right], to: patch[right] ?? null }])),
        ...(statusChanges ? { status: { from: before.status, to: patch.status ?? null } } : {}),
      },
    })
    if (statusChanges) await announceStatus(tx, before, patch.status)
    return await loadContact(tx, input.id)
  }

  async function announceStatus(tx: Tx, before: ContactView, status: ContactPatch['status']): Promise<void> {
    const { id: contactId, clientId } = before
    if (status === 'active') await ports.bus.emit(tx, 'contact.confirmed', { clientId, contactId })
    if (status === 'blocked') {
      const accountId = (await contactById(tx, contactId))?.accountId ?? null
      await ports.bus.emit(tx, 'contact.blocked', { clientId, contactId, accountId })
    }
  }

  /**
   * Invites a contact to the cabinet. The answer is the same whether or not the address is known elsewhere: whether a letter
   * goes out is decided by the job, with the inviter's rights as they are then.
   */
  async function inviteContact(tx: Tx, actor: Actor, id: number): Promise<void> {
    const contact = await contactCard(tx, scopeOf(actor, 'contact.read'), id)
    if (!contact) throw refuseAccess('access.not_found')
    if (!can(actor, 'contact.change', { clientId: contact.clientId, contactId: id })) {
      throw refuseAccess('access.not_allowed')
    }
    if (!contact.email) throw refusePeople('people.no_email', { field: 'email' })
    if (contact.status === 'blocked') throw refusePeople('people.contact_blocked')
    if (contact.status === 'unconfirmed') throw refusePeople('people.contact_unconfirmed')
    await enqueue(tx, INVITE_TASK, { contactId: id, accountId: actor.accountId }, { key: `invite:${id}` })
    await writeAudit(tx, actor, {
      action: 'contact.invited',
      objectType: 'contact',
      objectId: id,
      clientId: contact.clientId,
    })
  }

  return {
    createContact,
    changeContact,
    inviteContact,

    /** A responsible contact adds a person of the own company. */
    async createColleague(tx: Tx, actor: Actor, input: NewColleague): Promise<ContactView> {
      const clientId = actor.contact?.clientId
      if (clientId === undefined) throw refuseAccess('access.not_allowed')
      const { invite, ...fields } = input
      const made = await createContact(tx, actor, { ...fields, clientId, status: 'active' })
      if (invite) await inviteContact(tx, actor, made.id)
      return made
    },
  }
}

function grantsOf(fields: Pick<NewContact, (typeof RIGHTS)[number]>): (typeof RIGHTS)[number][] {
  return RIGHTS.filter((right) => fields[right] !== undefined && fields[right] !== false && fields[right] !== 'own')
}

/** The provider's people may widen a contact's rights only where they look after the client's card. */
function demandRightToGrant(actor: Actor, clientId: number, rights: readonly string[]): void {
  if (rights.length === 0 || actor.contact?.responsible === true) return
  if (!can(actor, 'client.change', { clientId })) throw refuseAccess('access.not_allowed', { field: rights[0] ?? '' })
}

function readAddress(text: string | null | undefined): string | null {
  if (!text) return null
  const address = readEmailAddress(text)
  if (address === null) throw refusePeople('people.email_malformed', { field: 'email' })
  return address
}

async function updateOrRefuse(tx: Tx, id: number, expected: number | null, columns: ContactColumns): Promise<void> {
  try {
    await updateContact(tx, id, expected, columns)
  } catch (error) {
    if ((error as { constraint_name?: string }).constraint_name === 'contact_email') {
      throw refusePeople('people.contact_exists', { field: 'email' })
    }
    throw error
  }
}

async function loadContact(tx: Tx, id: number): Promise<ContactView> {
  const card = await contactCard(tx, EVERYWHERE, id)
  if (!card) throw refuseAccess('access.not_found')
  return card
}
