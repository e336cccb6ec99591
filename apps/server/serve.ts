import type { AddressInfo } from 'node:net'
import { createHttpServer } from '@opora/platform/http'
import { startLiveHub } from '@opora/platform/live'
import { apiPage } from './api-page.ts'
import type { House } from './app.ts'
import { healthPorts } from './health.ports.ts'
import { createMetrics } from './metrics.ts'
import { allRoutes } from './routes.ts'
import { VERSION } from './runtime.ts'
import { serveWeb } from './static.ts'

export interface Serving {
  port: number
  /** Stops taking requests; those that run finish. */
  stop(): Promise<void>
}

/** The web interface and the API. */
export async function startServing(house: House): Promise<Serving> {
  const { database, config, log } = house.runtime
  const hub = await startLiveHub(database, log)
  const unlisten = await house.access.start()
  const health = healthPorts(house.runtime)
  const metrics = createMetrics({
    opora_jobs_waiting: { help: 'Jobs waiting in the queue', read: async () => (await health.queue()).waiting },
    opora_jobs_failed: { help: 'Jobs given up', read: async () => (await health.queue()).failed },
    opora_live_listeners: { help: 'Open live streams', read: () => hub.size() },
  })
  const app = await createHttpServer(
    {
      database,
      log,
      version: VERSION,
      authenticate: house.access.authenticate,
      authorise: house.access.authorise,
      allowedOrigins: () => [new URL(house.runtime.publicUrl).origin],
      trustedProxies: [...config.server.trustedProxies],
      observe: metrics.observe,
    },
    allRoutes(house, hub, health),
  )
  metrics.mount(app)
  apiPage(app)
  await serveWeb(app)
  await app.listen({ port: house.runtime.port, host: config.platform.host })
  const { port } = app.server.address() as AddressInfo
  house.runtime.tookPort(port)
  return {
    port,
    async stop() {
      await app.close()
      await unlisten()
      await hub.stop()
    },
  }
}
