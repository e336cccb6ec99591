import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'

/** Collects every route's schemas into one OpenAPI 3.1 document; `app.swagger()` gives it once the server is ready. */
export async function openApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Opora',
        version,
        description:
          'The API that the web interface itself uses. Instants are ISO 8601 in UTC, money is an integer of kopecks, time an integer of minutes. ' +
          'Lists page by `cursor`; changes take `If-Match`; creating calls take `Idempotency-Key`; refusals have one shape: `code`, `message`, `field`.',
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'An API token: pat_…' },
          session: { type: 'apiKey', in: 'cookie', name: 'opora_session' },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
  })
}
