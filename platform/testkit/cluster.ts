import { type Embedded, startEmbedded } from '../database/embedded.ts'

/** Where the whole run's PostgreSQL is: the superuser's URL. Set it beforehand to test against a server of your own. */
const TEST_DATABASE_VARIABLE = 'OPORA_TEST_DATABASE_URL'

export interface TestCluster {
  /** Of the superuser. Every test file makes its own database in it. */
  url: string
  stop(): Promise<void>
}

/** One throw-away PostgreSQL for a whole test run. It ends with this process, however that ends. */
export async function startTestCluster(): Promise<TestCluster> {
  const given = process.env[TEST_DATABASE_VARIABLE]
  if (given) return { url: given, stop: async () => {} }
  const embedded: Embedded = await startEmbedded({ ephemeral: true, log: (message) => console.error(message) })
  process.env[TEST_DATABASE_VARIABLE] = embedded.url
  return {
    url: embedded.url,
    async stop() {
      delete process.env[TEST_DATABASE_VARIABLE]
      await embedded.stop()
    },
  }
}
