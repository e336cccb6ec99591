import type { FastifyInstance } from 'fastify'
import client from 'prom-client'

export interface Metrics {
  observe(route: string, method: string, status: number, seconds: number): void
  mount(app: FastifyInstance): void
}

/** Prometheus figures at /metrics: requests by route, and the process's own. `gauges` are read when somebody asks. */
export function createMetrics(gauges: Record<string, { help: string; read: () => Promise<number> | number }>): Metrics {
  const registry = new client.Registry()
  client.collectDefaultMetrics({ register: registry })
  const requests = new client.Histogram({
    name: 'opora_http_request_duration_seconds',
    help: 'Duration of requests by route',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  for (const [name, gauge] of Object.entries(gauges)) {
    new client.Gauge({
      name,
      help: gauge.help,
      registers: [registry],
      async collect() {
        this.set(await gauge.read())
      },
    })
  }
  return {
    observe: (route, method, status, seconds) => requests.observe({ route, method, status: String(status) }, seconds),
    mount(app) {
      app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()))
    },
  }
}
