import type { Tx } from '@opora/platform/database'
import { installDictionaries as install } from '../dictionaries.store.ts'

/** Topics, views and templates that every installation begins with. */
export async function installDictionaries(tx: Tx): Promise<void> {
  await install(tx)
}
