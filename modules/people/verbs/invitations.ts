import { can } from '@opora/access'
import type { Tx } from '@opora/platform/database'
import { contactById } from '../contacts.read-model.ts'
import type { PeoplePorts } from '../people.ports.ts'
import { linkAccount } from '../people.store.ts'

export function invitationVerbs(ports: PeoplePorts) {
  return {
    /** What the invitation's job does; false when there was nothing to send any more. */
    async sendInvitation(tx: Tx, input: { contactId: number; accountId: number | null }): Promise<boolean> {
      const contact = await contactById(tx, input.contactId)
      const inviter = input.accountId === null ? null : await ports.accounts.actorOf(tx, input.accountId)
      if (!contact?.email || contact.status !== 'active' || !inviter) return false
      if (!can(inviter, 'contact.change', { clientId: contact.clientId, contactId: contact.id })) return false
      const { id: contactId, clientId, accountId, email, name, locale, zone } = contact
      const invitation = { contactId, clientId, accountId, email, name, locale, zone }
      const made = await ports.accounts.inviteToCabinet(tx, inviter, invitation)
      if (made && accountId === null) await linkAccount(tx, contactId, made.accountId)
      return made !== null
    },

    /** Notes on a contact which account it signs in with, once; false when it has one already. */
    linkAccount,
  }
}
