import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pathFor } from './things.ts'
import { type Caller, canaryOf, createWorld, noteCanaryOf, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
}, 120_000)
afterAll(() => world.close())

const outsiders = () => world.callers.filter((caller) => ['cu', 'cr', 'pa', 'in'].includes(caller.name))
/** Serves the other client as little as an outsider does. */
const insiders = () =>
  world.callers.filter((caller) => ['l1', 'im', 'am', 'dev', 'qa', 'it', 'an', 'rb'].includes(caller.name))

const QUERIES: Record<string, string[]> = {
  '/tickets': ['', `?q=${canaryOf('b')}`, `?q=${noteCanaryOf('b')}`, `?q=${noteCanaryOf('a')}`, '?state=closed'],
  '/cabinet/tickets': ['', '?state=all', `?state=all&q=${encodeURIComponent(noteCanaryOf('a'))}`],
  '/clients': ['', `?q=${encodeURIComponent(canaryOf('b'))}`],
  '/contacts': ['', `?q=${encodeURIComponent(canaryOf('b'))}`],
  '/portals': ['', `?q=${encodeURIComponent(canaryOf('b'))}`],
  '/contracts': ['', `?q=${encodeURIComponent(canaryOf('b'))}`],
  '/time': ['?from=2026-01-01&to=2026-01-31'],
}

/** Everything that this person can read by GET, for own, foreign and absent things: path and body. */
async function* crawl(caller: Caller): AsyncGenerator<{ url: string; body: string; status: number }> {
  for (const route of world.routes) {
    if (route.method !== 'GET' || route.path === '/live') continue
    for (const whose of ['own', 'foreign', 'none'] as const) {
      const asked = await pathFor(world, route.path, whose, caller.actor)
      if (!asked) continue
      for (const query of QUERIES[route.path] ?? ['']) {
        const url = `/api/v1${asked.path}${encodeURI(decodeURI(query))}`
        const answer = await world.app.inject({ method: 'GET', url, headers: await caller.headers() })
        // what was asked for may be named in the refusal
        yield { url, body: answer.statusCode < 400 ? answer.body : '', status: answer.statusCode }
      }
    }
  }
}

async function leaks(callers: Caller[], words: string[]): Promise<string[]> {
  const found: string[] = []
  for (const caller of callers) {
    for await (const { url, body } of crawl(caller)) {
      for (const word of words) if (body.includes(word)) found.push(`${caller.name} ${url}: ${word}`)
    }
  }
  return found
}

describe('a word that stands in every text of another client', () => {
  it('is found by nobody who does not serve that client (A1, A11, A15)', async () => {
    expect(await leaks([...outsiders(), ...insiders()], [canaryOf('b'), noteCanaryOf('b')])).toEqual([])
  }, 120_000)

  it('is found by the client itself, so that the test looks in the right places', async () => {
    expect((await leaks(outsiders().slice(0, 1), [canaryOf('a')])).length).toBeGreaterThan(3)
  })
})

describe('a word that stands in internal notes', () => {
  it('reaches no client and no partner by any list, search, page or file (A4)', async () => {
    expect(await leaks(outsiders(), [noteCanaryOf('a')])).toEqual([])
  }, 60_000)

  it('reaches no letter', async () => {
    const rows = await world.db.owner<{ mail: object; toAddress: string }[]>`select mail, to_address from outgoing_mail`
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter((row) => JSON.stringify(row.mail).includes('тайна'))).toEqual([])
  })

  it('is not behind the address of its file', async () => {
    for (const caller of outsiders()) {
      const answer = await world.app.inject({
        method: 'GET',
        url: `/api/v1/files/${world.a.noteFilePublicId}`,
        headers: await caller.headers(),
      })
      expect(`${caller.name} ${answer.statusCode}`).toBe(`${caller.name} 404`)
    }
  })
})
