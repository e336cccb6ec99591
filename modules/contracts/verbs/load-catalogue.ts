import type { Tx } from '@opora/platform/database'
import { seedCatalogue } from '../catalogue.store.ts'

/** Puts the shipped catalogue into the database; what the installation has edited stays. Repeating it changes nothing. */
export async function loadCatalogue(tx: Tx): Promise<void> {
  await seedCatalogue(tx)
}
