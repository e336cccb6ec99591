import { ClientContracts } from '@opora/contracts/ui'
import { ClientPage, type ClientSlots } from '@opora/people/ui'
import { ClientPortals } from '@opora/portals/ui'

const slots: ClientSlots = { Portals: ClientPortals, Contracts: ClientContracts }

/** A client's card with portals and contracts. */
export function DeskClientPage() {
  return <ClientPage slots={slots} />
}
