import { type Actor, read, write } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'
import { topicServices } from './topic.read-model.ts'
import { setTopicService } from './verbs/set-topic-service.ts'

const tag = 'tickets'
const code = z.string().min(1).max(60)
const TopicService = z.object({
  code: z.string(),
  name: z.string(),
  /** Code of the service that such a request asks for; null: none in particular. */
  service: z.string().nullable(),
})

/** What topics ask for of a contract. */
export function topicRoutes(): AnyRoute<Actor>[] {
  return [
    read({
      path: '/topics/services',
      summary: 'Topics with the service that each asks for',
      tag,
      policy: 'topic.change',
      replies: z.object({ items: z.array(TopicService) }),
      handle: ({ read: run, locale }) => run(async (sql) => ({ items: await topicServices(sql, locale) })),
    }),
    write({
      method: 'PUT',
      path: '/topics/:code/service',
      summary: 'Say which service a topic asks for',
      tag,
      policy: 'topic.change',
      params: z.object({ code }),
      body: z.strictObject({ service: code.nullable() }),
      handle: async ({ tx, caller, params, body }) => {
        await setTopicService(tx, caller, params.code, body.service)
        return undefined
      },
    }),
  ]
}
