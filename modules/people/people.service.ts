import type { PeoplePorts } from './people.ports.ts'
import { linkAccount } from './people.store.ts'
import { clientVerbs } from './verbs/clients.ts'
import { contactVerbs } from './verbs/contacts.ts'
import { costRateVerbs } from './verbs/cost-rates.ts'
import { invitationVerbs } from './verbs/invitations.ts'
import { personalDataVerbs } from './verbs/personal-data.ts'
import { senderVerbs } from './verbs/senders.ts'

export type People = ReturnType<typeof createPeople>

export function createPeople(ports: PeoplePorts) {
  return {
    ...clientVerbs(),
    ...contactVerbs(ports),
    ...invitationVerbs(ports),
    ...senderVerbs(ports),
    ...costRateVerbs(),
    ...personalDataVerbs,
    linkAccount,
  }
}
