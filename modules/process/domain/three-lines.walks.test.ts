import { readFileSync } from 'node:fs'
import { Refusal } from '@opora/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACTION_SPECS } from './actions.ts'
import { advance } from './advance.ts'
import { MESSAGE_NAMES, ROLE_CODES } from './catalogue.ts'
import { outcomesOf, places } from './outcomes.ts'
import type { Field } from './process-definition.ts'
import { type Command, initialState, type ProcessEvent, type ProcessState } from './process-state.ts'
import { programOf } from './program.ts'
import { connections, reachesAnEnd } from './reachability.ts'
import { readProcess } from './read-process.ts'
import { DATA } from './three-lines.scenarios.ts'

const definition = await readProcess(readFileSync(new URL('../processes/three-lines.bpmn', import.meta.url), 'utf8'))

const idAt = (index: number) => programOf(definition).nodes[index]?.id ?? ''
const ways = connections(definition)
const ending = reachesAnEnd(definition, ways)
const timers = places(definition).flatMap((place) => place.timers)

function valueFor(field: Field): unknown {
  // the choices of a dictionary are not the drawing's
  if (field.type === 'choice') return field.options[0]?.value ?? 'x'
  if (field.type === 'boolean' || field.type === 'checklist') return true
  return field.type === 'datetime' ? '2026-05-05T10:00:00Z' : 'x'
}

/** One random step: an outcome that is offered, a message, a timer, or something stale or invented. */
function randomEvent(state: ProcessState, seed: number): ProcessEvent {
  const kind = seed % 5
  const choice = Math.floor(seed / 5)
  if (kind === 0) return { type: 'message', name: MESSAGE_NAMES[choice % MESSAGE_NAMES.length] ?? '' }
  if (kind === 1) return { type: 'timer', elementId: timers[choice % timers.length] ?? '', entry: state.nextEntry - 1 }
  const buttons = outcomesOf(definition, state, ROLE_CODES)
  const button = buttons[choice % Math.max(1, buttons.length)]
  if (!button || choice % 11 === 0) return { type: 'outcome', taskId: 'it_diagnose', outcomeId: 'solved', data: DATA }
  const data = Object.fromEntries(button.fields.map((field) => [field.name, valueFor(field)]))
  return {
    type: 'outcome',
    taskId: button.taskId,
    outcomeId: button.outcomeId,
    data: { ...data, reply: 'x', note: 'x' },
  }
}

describe('random walks over the process that ships', () => {
  const seeds = fc.array(fc.nat(10_000), { maxLength: 60 })

  it('never fail with anything but a refusal, never lose the ticket, and can always come to an end', () => {
    fc.assert(
      fc.property(seeds, (steps) => {
        let state = advance(definition, initialState(), { type: 'started' }).state
        for (const seed of steps) {
          const event = randomEvent(state, seed)
          const before = structuredClone(state)
          try {
            const moved = advance(definition, state, event)
            expect(state).toEqual(before)
            expect(advance(definition, state, event)).toEqual(moved)
            if (moved.ignored) expect(moved).toMatchObject({ commands: [], state: before })
            state = moved.state
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal)
            expect((error as Refusal).code).toBe(state.endedAt ? 'process.ended' : 'process.not_active')
          }
          expect(state.tokens).toHaveLength(state.endedAt === null ? 1 : 0)
          for (const token of state.tokens) expect(ending.has(idAt(token.at))).toBe(true)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('give commands from which the present place, its timers and the clocks follow', () => {
    fc.assert(
      fc.property(seeds, (steps) => {
        const commands: Command[] = []
        let state = initialState()
        for (const seed of [null, ...steps]) {
          const event: ProcessEvent = seed === null ? { type: 'started' } : randomEvent(state, seed)
          try {
            const moved = advance(definition, state, event)
            commands.push(...moved.commands)
            state = moved.state
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal)
          }
        }
        const here = new Map<number, string>()
        const running = new Set<string>()
        for (const command of commands) {
          if (command.type === 'enterTask') here.set(command.entry, command.taskId)
          if (command.type === 'leaveTask') expect(here.delete(command.entry)).toBe(true)
          if (command.type === 'startTimer') running.add(`${command.elementId} ${command.entry}`)
          if (command.type === 'cancelTimer') running.delete(`${command.elementId} ${command.entry}`)
          if (command.type === 'action') expect(ACTION_SPECS.map((spec) => spec.name)).toContain(command.name)
        }
        expect([...here]).toEqual(state.tokens.map((token) => [token.entry, idAt(token.at)]))
        const place = places(definition).find((candidate) => candidate.id === idAt(state.tokens[0]?.at ?? -1))
        expect(running.size).toBe(place?.timers.length ?? 0)
      }),
      { numRuns: 150 },
    )
  })
})
