import { loadCatalogue } from '@opora/contracts'
import { installDictionaries } from '@opora/tickets'
import type { House } from './app.ts'

// Any number that no other lock of the house has.
const INSTALL_LOCK = 0x6f706f72

/** What every installation has from its first start: catalogue, calendars, topics, views, the shipped process. Runs at every start, once however many start together. */
export async function installBasics(house: House): Promise<void> {
  await house.runtime.database.begin({ as: 'worker' }, async (tx) => {
    await tx`select pg_advisory_xact_lock(${INSTALL_LOCK})`
    await loadCatalogue(tx)
    await installDictionaries(tx)
    await house.process.publishShipped(tx)
  })
}
