import { systemActor, writeAudit } from '@opora/access'
import type { Tx } from '@opora/platform/database'
import { contactById, findContactsByEmail, type KnownContact } from '../contacts.read-model.ts'
import type { PeoplePorts } from '../people.ports.ts'
import { insertClient, insertContact, lockSender, setMailBad } from '../people.store.ts'

const NAME_MAX = 200

export interface Sender {
  /** One well-formed address, as the intake read it. */
  email: string
  name: string
  locale?: 'ru' | 'en'
}

/** What the intake does with addresses; by the system, not by a person. */
export function senderVerbs(ports: PeoplePorts) {
  return {
    /** An unknown sender becomes a prospect with one unconfirmed contact; a known address gives its contact. */
    async openProspect(tx: Tx, sender: Sender): Promise<KnownContact> {
      await lockSender(tx, sender.email)
      const [known] = await findContactsByEmail(tx, sender.email)
      if (known) return known
      const name = nameOf(sender)
      const clientId = await insertClient(tx, {
        name,
        kind: 'prospect',
        licenceClass: 'prospect',
        ...(sender.locale ? { locale: sender.locale } : {}),
      })
      const contactId = await insertUnconfirmed(tx, clientId, sender)
      await writeAudit(tx, systemActor(), {
        action: 'client.prospect_opened',
        objectType: 'client',
        objectId: clientId,
        clientId,
      })
      await ports.bus.emit(tx, 'prospect.opened', { clientId, contactId })
      return (await contactById(tx, contactId))!
    },

    /** A person of a known client whom nobody has named yet: an unconfirmed contact, for the responsible one to confirm. */
    async openUnconfirmedContact(tx: Tx, clientId: number, sender: Sender): Promise<KnownContact> {
      await lockSender(tx, sender.email)
      const known = (await findContactsByEmail(tx, sender.email)).find((contact) => contact.clientId === clientId)
      if (known) return known
      return (await contactById(tx, await insertUnconfirmed(tx, clientId, sender)))!
    },

    /** Mail to this address bounces for good; or it is heard from again. */
    async markMailBad(tx: Tx, email: string, bad: boolean): Promise<void> {
      await setMailBad(tx, email, bad)
    },
  }
}

async function insertUnconfirmed(tx: Tx, clientId: number, sender: Sender): Promise<number> {
  const id = await insertContact(tx, clientId, {
    name: nameOf(sender),
    email: sender.email,
    status: 'unconfirmed',
    ...(sender.locale ? { locale: sender.locale } : {}),
  })
  return id!
}

function nameOf(sender: Sender): string {
  return (sender.name.trim() || sender.email).slice(0, NAME_MAX)
}
