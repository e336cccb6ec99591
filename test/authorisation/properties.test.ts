import { type Action, actions, mayEver } from '@opora/access'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyFor } from './bodies.ts'
import { pathFor } from './things.ts'
import { type Caller, createWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
}, 120_000)
afterAll(() => world.close())

type Route = World['routes'][number]
const name = (route: Route) => `${route.method} ${route.path}`

/** The first person whom the policy lets call this route. */
function allowed(route: Route): Caller | undefined {
  const isAction = (actions as readonly string[]).includes(route.policy)
  // who writes is mostly staff; the cabinet's writes are of contacts
  const order = route.path.startsWith('/cabinet') ? world.callers : [...world.callers].reverse()
  return order.find(
    (one) => one.actor && one.actor.tokenScopes === null && (!isAction || mayEver(one.actor, route.policy as Action)),
  )
}

const strip = (body: string) => body.replace(/"requestId":"[^"]+"/, '')

describe('a thing that is not one’s own', () => {
  it('is told from one that never was by nothing in the answer', async () => {
    const different: string[] = []
    const caller = world.callers.find((one) => one.name === 'l1')!
    for (const route of world.routes) {
      if (route.method !== 'GET' || !route.path.includes('/:')) continue
      const [foreign, none] = [
        await pathFor(world, route.path, 'foreign', caller.actor),
        await pathFor(world, route.path, 'none', caller.actor),
      ]
      if (!foreign?.subject || !none) continue
      const [a, b] = await Promise.all(
        [foreign, none].map(async (each) =>
          world.app.inject({ method: 'GET', url: `/api/v1${each.path}`, headers: await caller.headers() }),
        ),
      )
      if (a!.statusCode !== b!.statusCode || strip(a!.body) !== strip(b!.body))
        different.push(`${name(route)}: ${a!.statusCode} ${a!.body} | ${b!.statusCode} ${b!.body}`)
    }
    expect(different).toEqual([])
  })
})

describe('a body with a property that nobody asked for (A21)', () => {
  it('is refused by every route that takes a body', async () => {
    const taken: string[] = []
    for (const route of world.routes) {
      if (route.method === 'GET' || !route.body) continue
      const caller = allowed(route)
      const asked = await pathFor(world, route.path, 'own', caller?.actor ?? null)
      if (!asked) continue
      const body = { ...bodyFor(route as never, world.a, world), role: 'ad', client_id: 1, rights: ['*'] }
      const answer = await world.app.inject({
        method: route.method,
        url: `/api/v1${asked.path}`,
        headers: { ...(caller ? await caller.headers() : {}), 'if-match': `"${asked.version}"` },
        payload: body,
      })
      if (answer.statusCode < 400) taken.push(`${name(route)}: ${answer.statusCode}`)
    }
    expect(taken).toEqual([])
  }, 60_000)
})

describe('reading (A17)', () => {
  it('changes nothing in the database and gives away nothing that opens doors', async () => {
    const before = await fingerprint()
    const told: string[] = []
    for (const route of world.routes) {
      if (route.method !== 'GET' || route.path === '/live') continue
      for (const caller of world.callers.filter((one) => ['ad', 'di', 'cr'].includes(one.name))) {
        const asked = await pathFor(world, route.path, 'own', caller.actor)
        const answer = await world.app.inject({
          method: 'GET',
          url: `/api/v1${asked!.path}`,
          headers: await caller.headers(),
        })
        if (
          /\$argon2|pat_\d+_|ses_[\w-]{20}|"[a-z]*(?:passwordHash|secretHash|tokenHash|totpSealed|secretSealed)/i.test(
            answer.body,
          )
        )
          told.push(name(route))
      }
    }
    expect(told).toEqual([])
    expect(await fingerprint()).toEqual(before)
  }, 60_000)
})

// Sessions and what the test itself makes for its questions are not the product's doing.
// That somebody has read the audit trail is itself written there.
const UNSTEADY = ['audit', 'audit_head', 'session', 'api_token', 'saved_view', 'template', 'sign_in_brake']

async function fingerprint(): Promise<Record<string, string>> {
  const sql = world.db.owner
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' and not tablename = any(${UNSTEADY}) order by 1`
  const found: Record<string, string> = {}
  for (const { name: table } of tables) {
    const [row] = await sql.unsafe(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as mark from ${table} t`,
    )
    found[table] = String(row!['mark'])
  }
  return found
}
