import { type Action, type Actor, actions, can, isKnownPolicy, mayEver, type Subject } from '@opora/access'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyFor } from './bodies.ts'
import { type Asked, pathFor, type Whose } from './things.ts'
import { type Caller, createWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
}, 120_000)
afterAll(() => world.close())

type Route = World['routes'][number]
interface Answer {
  status: number
  code: string | null
  text: string
}

const name = (route: Route) => `${route.method} ${route.path}`
const isAction = (policy: string): policy is Action => (actions as readonly string[]).includes(policy)
const FORM =
  '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n'
const isForm = (route: Route) => 'multipart' in route && route.multipart === true

/** Streams have no end. */
const LEFT_OUT = new Set(['GET /live'])

async function ask(route: Route, caller: Caller, asked: Asked, whose: Whose): Promise<Answer> {
  const body = bodyFor(route as never, whose === 'foreign' ? world.b : world.a, world)
  const answer = await world.app.inject({
    method: route.method,
    url: `/api/v1${asked.path}${queryOf(route)}`,
    headers: {
      ...(await caller.headers()),
      'if-match': `"${asked.version}"`,
      'accept-language': 'en',
      ...(isForm(route) ? { 'content-type': 'multipart/form-data; boundary=b' } : {}),
    },
    ...(isForm(route) ? { payload: FORM } : body ? { payload: body } : {}),
  })
  const told = answer.headers['content-type']?.includes('json') ? (answer.json() as { code?: string }) : {}
  return { status: answer.statusCode, code: answer.statusCode < 400 ? null : (told?.code ?? null), text: answer.body }
}

function queryOf(route: Route): string {
  if (route.path === '/search') return '?q=1'
  if (route.path === '/periods' || route.path === '/month-runs') return '?month=2026-02'
  if (route.path.startsWith('/insight/money')) return '?from=2026-01&to=2026-02'
  if (route.path === '/insight/capacity/rows') return '?week=2026-02-02'
  if (route.path === '/insight/capacity/client-rows') return '?clientId=1&month=2026-02'
  if (route.path === '/documents/export') return '?month=2026-01'
  if (route.path === '/change-calendar') return '?from=2030-01-01T00:00:00Z&until=2030-03-01T00:00:00Z'
  if (route.path.endsWith('/conflicts')) return '?from=2030-01-01T00:00:00Z&until=2030-01-02T00:00:00Z'
  if (route.path === '/time/week') return '?monday=2026-01-12'
  if (route.path === '/time') return '?from=2026-01-01&to=2026-01-31'
  if (route.path.endsWith('/terms')) return '?startsOn=2026-01-01'
  if (route.path.endsWith('/days')) return '?month=2026-01'
  if (route.path.endsWith('/year')) return '?year=2026'
  return ''
}

/** Where the row is judged by one more action than the route's: what one makes oneself, or what one corrects for others. */
const ALSO: Record<string, Action> = {
  // whose entries are shown is narrowed inside: a partner finds their own on what was passed to them
  'GET /tickets/:id/time': 'ticket.read',
  'POST /tickets/:id/time': 'ticket.read',
  'POST /tickets/:id/time/preview': 'ticket.read',
  'PATCH /time/:id': 'time.approve',
  'POST /time/:id/reverse': 'time.approve',
}

function reaches(route: Route & { policy: Action }, actor: Actor, subject: Subject): boolean {
  const also = ALSO[name(route)]
  return can(actor, route.policy, subject) || (also !== undefined && can(actor, also, subject))
}

/** What the one policy says must come back; null where it leaves more than one answer open. */
function verdict(route: Route, caller: Caller, asked: Asked, whose: Whose): 401 | 403 | 404 | 'let in' {
  if (route.policy === 'public') return 'let in'
  if (!caller.actor) return 401
  if (!isAction(route.policy)) return whose !== 'own' && asked.personal ? 404 : 'let in'
  if (!mayEver(caller.actor, route.policy)) return 403
  if (whose === 'none') return 404
  if (asked.personal) return whose === 'own' ? 'let in' : 404
  if (asked.subject && !reaches(route as never, caller.actor, asked.subject)) return 404
  return 'let in'
}

function judge(
  route: Route,
  caller: Caller,
  whose: Whose,
  expected: ReturnType<typeof verdict>,
  answer: Answer,
): string | null {
  const told = `${caller.name} ${name(route)} ${whose}: ${answer.status} ${answer.code ?? ''}`
  if (answer.status >= 500) return `${told} — a fault: ${world.faults.at(-1)}`
  if (expected === 401) return answer.status === 401 ? null : `${told}, not 401`
  if (expected === 403) return answer.code === 'access.not_allowed' && answer.status === 403 ? null : `${told}, not 403`
  // what one may not ask at all here (a person of the other side) is refused before the row is looked for
  if (expected === 404) return answer.status === 404 || answer.code === 'access.not_allowed' ? null : `${told}, not 404`
  if (answer.status === 400) return `${told} ${answer.text.slice(0, 200)} — the sample body is not taken`
  if (answer.code === 'access.sign_in_required' && route.policy !== 'public') return `${told}, though signed in`
  return null
}

async function faultsOf(route: Route): Promise<string[]> {
  const faults: string[] = []
  for (const caller of world.callers) {
    for (const whose of ['own', 'foreign', 'none'] as const) {
      const asked = await pathFor(world, route.path, whose, caller.actor)
      if (!asked) continue
      const answer = await ask(route, caller, asked, whose)
      const fault = judge(route, caller, whose, verdict(route, caller, asked, whose), answer)
      if (fault) faults.push(fault)
    }
  }
  return faults
}

describe('every route asked by every role for own, foreign and absent things', () => {
  it('is classified: public, signed-in, profile, or an action of the policy', () => {
    expect(world.routes.filter((route) => !isKnownPolicy(route.policy)).map(name)).toEqual([])
  })

  it('answers what the policy says, and never breaks', async () => {
    const faults: string[] = []
    for (const route of world.routes) if (!LEFT_OUT.has(name(route))) faults.push(...(await faultsOf(route)))
    expect(faults).toEqual([])
  }, 240_000)
})
