import { systemActor } from '@opora/access'
import type { CivilDate } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import { createEventBus } from '@opora/platform/events'
import type { TestDatabase } from '@opora/platform/testkit'
import type { NewContract } from './contract.ts'
import type { ContractsEvents } from './contracts.ports.ts'
import type { ContractView } from './contracts.read-model.ts'
import { createContracts } from './contracts.service.ts'
import { NO_AGREEMENT } from './domain/agreement.ts'
import { deposit, rates, subscription, terms } from './domain/terms.fixture.ts'
import { loadCatalogue } from './verbs/load-catalogue.ts'

export { deposit, NO_AGREEMENT, rates, subscription, terms }

const counter = { next: 1 }

/** The module's verbs for tests: events are heard by nobody, and `closed` holds the months that are closed (`7/2026-01`). */
export function contractsForTests(closed: Set<string> = new Set()) {
  const bus = createEventBus<ContractsEvents>()
  const contracts = createContracts({ bus, isMonthClosed: async (_sql, id, month) => closed.has(`${id}/${month}`) })
  return { contracts, bus, closed }
}

export async function withCatalogue(database: TestDatabase): Promise<void> {
  await database.begin({ as: 'worker' }, (tx) => loadCatalogue(tx))
}

/** A contract on a package of the catalogue, or on terms made by `terms({...})`. The catalogue must be loaded. */
export async function createContract(
  target: TestDatabase | Tx,
  clientId: number,
  given: Partial<Omit<NewContract, 'clientId'>> & { startsOn?: CivilDate } = {},
): Promise<ContractView> {
  const number = counter.next++
  const input: NewContract = {
    clientId,
    number: `Д-${number}`,
    title: `Договор ${number}`,
    status: 'active',
    startsOn: '2026-01-01',
    ...(given.packageCode || given.terms ? {} : { terms: terms() }),
    ...given,
  }
  const { contracts } = contractsForTests()
  const make = (tx: Tx) => contracts.createContract(tx, systemActor(), input)
  return 'owner' in target ? await target.begin({ as: 'worker' }, make) : await make(target)
}
