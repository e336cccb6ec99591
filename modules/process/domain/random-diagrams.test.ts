import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance } from './advance.ts'
import type { ProcessDefinition } from './process-definition.ts'
import { initialState, type ProcessEvent, type ProcessState } from './process-state.ts'
import { type Block, blocks, eventsOf, factsBy, xmlOf } from './random-diagrams.fixture.ts'
import { readProcess } from './read-process.ts'
import { soundness } from './soundness.ts'
import { diagram, flow, task } from './test-diagram.ts'

const WORDS = {
  roles: ['l1'],
  messages: ['client.wrote'],
  facts: ['x1', 'x2', 'again', ...Array.from({ length: 20 }, (_, at) => `w${at}`)],
}
const seeds = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 80 })

/** Numbers without a pattern that a diagram could fall in step with, the same in every run. */
function scattered(step: number): number {
  const mixed = Math.imul(step ^ (step >>> 15) ^ 0x9e3779b9, 0x85ebca6b)
  return (mixed ^ (mixed >>> 13)) >>> 8
}

/** Lets events chosen by numbers happen to a diagram, and tells them to `see`. */
function wander(
  definition: ProcessDefinition,
  numbers: number[],
  see: (event: ProcessEvent, before: ProcessState, after: ProcessState) => void,
): ProcessState {
  let state = advance(definition, initialState(), { type: 'started' }, factsBy(numbers[0] ?? 0)).state
  for (const number of numbers) {
    const events = eventsOf(definition, state)
    const event = events[number % Math.max(1, events.length)]
    if (!event) return state
    const before = state
    state = advance(definition, state, event, factsBy(number)).state
    see(event, before, state)
  }
  return state
}

describe('random diagrams made of sound pieces', () => {
  it('are found sound', async () => {
    await fc.assert(
      fc.asyncProperty(blocks(false), async (block) => {
        const findings = soundness(await readProcess(xmlOf(block)), WORDS, 2_000)
        // Pieces within pieces can have more markings than are looked at here; anything else would be a false alarm.
        expect(findings.filter((found) => found.severity === 'error' && found.code !== 'not_proven')).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('can always end, whatever has happened to them', async () => {
    await fc.assert(
      fc.asyncProperty(blocks(false), seeds, async (block, numbers) => {
        const definition = await readProcess(xmlOf(block))
        let state = wander(definition, numbers, () => undefined)
        for (let step = 0; state.endedAt === null; step++) {
          expect(step).toBeLessThan(1_000)
          const [event] = eventsOf(definition, state)
          expect(event).toBeDefined()
          state = advance(definition, state, event as ProcessEvent).state
        }
        expect(state.tokens).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('come to the same by the same events, also when put down and taken up between them', async () => {
    await fc.assert(
      fc.asyncProperty(blocks(false), seeds, async (block, numbers) => {
        const xml = xmlOf(block)
        const [once, again] = [await readProcess(xml), await readProcess(xml)]
        let kept = advance(again, initialState(), { type: 'started' }, factsBy(numbers[0] ?? 0)).state
        let turn = 0
        wander(once, numbers, (event, before, after) => {
          const frozen = JSON.stringify(before)
          kept = advance(
            again,
            JSON.parse(JSON.stringify(kept)) as ProcessState,
            event,
            factsBy(numbers[turn] ?? 0),
          ).state
          turn += 1
          expect(kept).toEqual(after)
          expect(JSON.stringify(before)).toBe(frozen)
        })
      }),
      { numRuns: 80 },
    )
  })

  const tasksOf = (block: Block): number =>
    'of' in block ? [block.of].flat().reduce((sum, part) => sum + tasksOf(part), 0) : 1

  it('lose no token and double none: every task of parallel and nested work is done exactly once, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        blocks(true),
        fc.array(fc.nat(1_000), { minLength: 200, maxLength: 200 }),
        async (block, numbers) => {
          const definition = await readProcess(xmlOf(block))
          const entered: string[] = []
          const left: string[] = []
          let moved = advance(definition, initialState(), { type: 'started' })
          for (let turn = 0; ; turn++) {
            for (const command of moved.commands) {
              if (command.type === 'enterTask') entered.push(command.taskId)
              if (command.type === 'leaveTask') left.push(command.taskId)
            }
            const events = eventsOf(definition, moved.state)
            // Whoever has been entered and not left is exactly who waits now.
            expect(events).toHaveLength(entered.length - left.length)
            const event = events[(numbers[turn] ?? 0) % Math.max(1, events.length)]
            if (!event) break
            moved = advance(definition, moved.state, event)
          }
          expect(moved.state.endedAt).toBe('end')
          expect(entered).toHaveLength(tasksOf(block) + 1)
          expect(new Set(entered).size).toBe(entered.length)
          expect(left.sort()).toEqual(entered.sort())
        },
      ),
      { numRuns: 80 },
    )
  })
})

describe('random gateways joined anyhow', () => {
  const size = 7
  const kinds = fc.array(fc.constantFrom('task', 'exclusive', 'parallel', 'inclusive'), {
    minLength: size,
    maxLength: size,
  })
  const joins = fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size)), { minLength: size, maxLength: 2 * size })

  const drawn = (kindOf: string[], ways: [number, number][]) => {
    const id = (at: number) => (at >= size ? 'end' : `n${at}`)
    const nodes = kindOf.map((kind, at) =>
      kind === 'task'
        ? task(id(at), 'role="l1" clockEffect="stop"')
        : `<bpmn:${kind}Gateway id="${id(at)}" default="f${at}"/>`.replace(
            kind === 'parallel' ? ` default="f${at}"` : '\u0000',
            '',
          ),
    )
    // Every node has one way of its own; the others come on top.
    const own = kindOf.map(
      (_kind, at) => [at, (ways[at]?.[1] ?? size) === at ? size : (ways[at]?.[1] ?? size)] as const,
    )
    const flows = [...own, ...ways.slice(size)].map(([from, to], at) => {
      const condition = at >= size && /exclusive|inclusive/.test(kindOf[from] ?? '') ? `w${at}` : ''
      return flow(`f${at}`, id(from), id(to), '', condition)
    })
    return diagram(
      `<bpmn:startEvent id="start"/>${nodes.join('')}<bpmn:endEvent id="end"/>${flow('go', 'start', 'n0')}${flows.join('')}`,
    )
  }

  it('those found sound never get stuck and can end from wherever they are', async () => {
    let sound = 0
    await fc.assert(
      fc.asyncProperty(kinds, joins, seeds, async (kindOf, ways, numbers) => {
        const definition = await drawn(kindOf, ways)
        const stopping = ['unreachable', 'no_end', 'deadlock', 'unbounded', 'endless_loop', 'not_proven', 'blocked']
        const findings = soundness(definition, WORDS, 1_000)
        const faults = findings.filter((found) => stopping.includes(found.code))
        // What is only never come to does no harm to the rest.
        if (faults.some((found) => found.code !== 'unreachable')) return
        sound += 1
        let state = wander(definition, numbers, (_event, _before, after) => {
          if (after.endedAt === null) expect(eventsOf(definition, after)).not.toEqual([])
        })
        for (let step = 0; state.endedAt === null; step++) {
          expect(step).toBeLessThan(2_000)
          const events = eventsOf(definition, state)
          const number = scattered(step)
          state = advance(definition, state, events[number % events.length] as ProcessEvent, factsBy(number)).state
        }
      }),
      { numRuns: 60 },
    )
    expect(sound).toBeGreaterThan(0)
  })

  it('those in which a walk gets stuck are never found sound', async () => {
    let stuck = 0
    await fc.assert(
      fc.asyncProperty(kinds, joins, seeds, async (kindOf, ways, numbers) => {
        const definition = await drawn(kindOf, ways)
        try {
          const state = wander(definition, numbers, () => undefined)
          if (state.endedAt !== null || eventsOf(definition, state).length > 0) return
        } catch {
          return
        }
        stuck += 1
        expect(soundness(definition, WORDS, 1_000).filter((found) => found.severity === 'error')).not.toEqual([])
      }),
      { numRuns: 60 },
    )
    expect(stuck).toBeGreaterThan(0)
  })
})
