import { setImmediate as turn } from 'node:timers/promises'

import { afterEach, describe, expect, it } from 'vitest'
import { silentLog } from '../log/index.ts'
import { type Crew, startCrew } from './index.ts'

let crew: Crew | null = null
afterEach(() => crew?.stop())

/** A crew over a heap of things, which has looked around once and found nothing. */
async function crewOver(heap: string[], size: number, hold: () => Promise<void> = async () => {}) {
  const seen = { looks: 0 }
  const work = async () => {
    seen.looks += 1
    const thing = heap.shift()
    if (thing === undefined) return 0
    await hold()
    return 1
  }
  crew = startCrew(size, { name: 'test', everyMs: 60_000, work, log: silentLog })
  await crew.idle()
  seen.looks = 0
  return { crew, seen }
}

describe('a crew', () => {
  it('looks once for each thing that it is told of, and nobody else looks', async () => {
    const heap: string[] = []
    const { crew, seen } = await crewOver(heap, 4)
    heap.push('one', 'two')
    crew.tell()
    crew.tell()
    await turn()
    expect({ heap, looks: seen.looks, free: crew.hasFree() }).toEqual({ heap: [], looks: 2, free: true })
  })

  it('leaves what comes while all are busy to whoever is free first', async () => {
    const heap: string[] = []
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const { crew, seen } = await crewOver(heap, 1, () => held)
    heap.push('one', 'two', 'three')
    crew.tell()
    crew.tell()
    crew.tell()
    expect({ looks: seen.looks, free: crew.hasFree() }).toEqual({ looks: 1, free: false })
    release()
    await turn()
    expect({ heap, looks: seen.looks, free: crew.hasFree() }).toEqual({ heap: [], looks: 3, free: true })
  })

  it('finds what nobody told it of when it looks until nothing is left', async () => {
    const heap: string[] = []
    const { crew } = await crewOver(heap, 2)
    heap.push('one', 'two', 'three')
    await crew.idle()
    expect(heap).toEqual([])
  })

  it('goes on after a failure', async () => {
    const heap: string[] = []
    const failures = ['the database went away']
    const { crew } = await crewOver(heap, 1, async () => {
      const failure = failures.shift()
      if (failure) throw new Error(failure)
    })
    heap.push('one', 'two')
    crew.tell()
    crew.tell()
    await turn()
    expect({ heap, failures, free: crew.hasFree() }).toEqual({ heap: [], failures: [], free: true })
  })
})

it.each([0, 1, 2, 3, 4, 5, 6, 7])('hears what is told %d microtasks after the end of its work', async (microtasks) => {
  const heap: string[] = []
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  const { crew } = await crewOver(heap, 1, () => held)
  heap.push('one')
  crew.tell()
  release()
  for (let turns = 0; turns < microtasks; turns++) await null
  heap.push('two')
  crew.tell()
  await turn()
  await turn()
  expect(heap).toEqual([])
})
