import { loadCatalogue } from '@opora/contracts'
import { installDictionaries } from '@opora/tickets'
import type { House } from './app.ts'

/** What every installation has from its first start: catalogue, calendars, topics, views, the shipped process. Runs at every start, once however many start together. */
export async function installBasics(house: House): Promise<void> {
  await house.runtime.database.begin({ as: 'worker' }, async (tx) => {
    await tx`select pg_advisory_xact_lock(0x6f706f72)`
    await loadCatalogue(tx)
    await installDictionaries(tx)
    await house.process.publishShipped(tx)
  })
}
