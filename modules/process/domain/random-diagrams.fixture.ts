import fc from 'fast-check'
import { outcomesOf, presentPlaces } from './outcomes.ts'
import type { Facts, ProcessDefinition } from './process-definition.ts'
import type { ProcessEvent, ProcessState } from './process-state.ts'
import { border, DECLARED, diagramXml, flow, on, task } from './test-diagram.ts'

/** A piece of a diagram that is well formed by itself: one way in, one way out. */
export type Block =
  | { kind: 'task' | 'bordered' | 'reminded' | 'event' | 'twice' }
  | { kind: 'sub' | 'loop'; of: Block }
  | { kind: 'then' | 'all' | 'some' | 'one'; of: Block[] }

/** Blocks within blocks; `everyTask`: only such in which each task is done exactly once. */
export function blocks(everyTask: boolean): fc.Arbitrary<Block> {
  const leaves = everyTask ? (['task'] as const) : (['task', 'bordered', 'reminded', 'event', 'twice'] as const)
  const groups = everyTask ? (['then', 'all'] as const) : (['then', 'all', 'some', 'one'] as const)
  const wraps = everyTask ? (['sub'] as const) : (['sub', 'loop'] as const)
  const { block } = fc.letrec<{ block: Block }>((tie) => ({
    block: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.record({ kind: fc.constantFrom(...leaves) }),
      fc.record({ kind: fc.constantFrom(...groups), of: fc.array(tie('block'), { minLength: 2, maxLength: 3 }) }),
      fc.record({ kind: fc.constantFrom(...wraps), of: tie('block') }),
    ) as fc.Arbitrary<Block>,
  }))
  return block
}

/** The diagram of a block between a start and an end. */
export function xmlOf(block: Block): string {
  const drawing = new Drawing()
  const { entry, exit } = drawing.draw(block)
  const last = task('last', 'role="l1" clockEffect="stop"')
  const ends = flow('to_first', 'start', entry) + flow('to_last', exit, 'last') + flow('to_end', 'last', 'end')
  return diagramXml(`<bpmn:startEvent id="start"/>${drawing.xml}${last}<bpmn:endEvent id="end"/>${ends}`, DECLARED)
}

type Ends = { entry: string; exit: string }

class Drawing {
  xml = ''
  private count = 0

  draw(block: Block): Ends {
    switch (block.kind) {
      case 'task':
        return this.one(task(this.next('t')))
      case 'twice':
        return this.one(task(this.next('t')).replace('</bpmn:userTask>', `${TWICE}</bpmn:userTask>`))
      case 'bordered':
      case 'reminded':
        return this.bordered(block.kind === 'bordered')
      case 'event':
        return this.event()
      case 'sub':
        return this.sub(block.of)
      case 'loop':
        return this.loop(block.of)
      case 'then':
        return block.of
          .map((part) => this.draw(part))
          .reduce((before, after) => {
            this.flow(before.exit, after.entry)
            return { entry: before.entry, exit: after.exit }
          })
      default:
        return this.group(block.kind, block.of)
    }
  }

  private next(letter: string): string {
    this.count += 1
    return `${letter}${this.count}`
  }

  private one(element: string): Ends {
    this.xml += element
    const id = `t${this.count}`
    return { entry: id, exit: id }
  }

  private gateway(kind: string, attributes = ''): string {
    const id = this.next('g')
    this.xml += `<bpmn:${kind}Gateway id="${id}" name="${id}"${attributes}/>`
    return id
  }

  private flow(from: string, to: string, condition = '', id = this.next('f')): void {
    this.xml += flow(id, from, to, '', condition)
  }

  private group(kind: 'all' | 'some' | 'one', of: Block[]): Ends {
    const gateway = { all: 'parallel', some: 'inclusive', one: 'exclusive' }[kind]
    const otherwise = this.next('d')
    const entry = this.gateway(gateway, kind === 'all' ? '' : ` default="${otherwise}"`)
    const exit = this.gateway(gateway)
    for (const [at, part] of of.entries()) {
      const inner = this.draw(part)
      if (at === 0) this.flow(entry, inner.entry, '', otherwise)
      else this.flow(entry, inner.entry, kind === 'all' ? '' : `x${at}`)
      this.flow(inner.exit, exit)
    }
    return { entry, exit }
  }

  private loop(of: Block): Ends {
    const entry = this.gateway('exclusive')
    const out = this.next('d')
    const split = this.gateway('exclusive', ` default="${out}"`)
    const exit = this.next('m')
    this.xml += `<bpmn:intermediateThrowEvent id="${exit}"/>`
    const inner = this.draw({ kind: 'then', of: [{ kind: 'task' }, of] })
    this.flow(entry, inner.entry)
    this.flow(inner.exit, split)
    this.flow(split, exit, '', out)
    this.flow(split, entry, 'again')
    return { entry, exit }
  }

  private sub(of: Block): Ends {
    const id = this.next('s')
    const around = this.xml
    this.xml = ''
    const inner = this.draw(of)
    this.flow(`${id}_start`, inner.entry)
    this.flow(inner.exit, `${id}_end`)
    this.xml = `${around}<bpmn:subProcess id="${id}"><bpmn:startEvent id="${id}_start"/>${this.xml}<bpmn:endEvent id="${id}_end"/></bpmn:subProcess>`
    return { entry: id, exit: id }
  }

  private bordered(interrupting: boolean): Ends {
    const { entry } = this.one(task(this.next('t')))
    const late = this.next('b')
    this.xml += border(late, entry, interrupting ? on.timer('PT1H') : on.cycle('R2/PT1H'), interrupting)
    const end = this.next('e')
    if (!interrupting) {
      this.xml += `<bpmn:endEvent id="${end}"/>`
      this.flow(late, end)
      return { entry, exit: entry }
    }
    const exit = this.gateway('exclusive')
    this.flow(entry, exit)
    this.flow(late, exit)
    return { entry, exit }
  }

  private event(): Ends {
    const entry = this.gateway('eventBased')
    const exit = this.gateway('exclusive')
    for (const inside of [on.message, on.timer('PT1H')]) {
      const id = this.next('c')
      this.xml += `<bpmn:intermediateCatchEvent id="${id}">${inside}</bpmn:intermediateCatchEvent>`
      this.flow(entry, id)
      this.flow(id, exit)
    }
    return { entry, exit }
  }
}

const TWICE =
  '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>'

/** Everything that can happen to a state from outside. */
export function eventsOf(definition: ProcessDefinition, state: ProcessState): ProcessEvent[] {
  const places = presentPlaces(definition, state)
  return [
    ...outcomesOf(definition, state, ['l1']).map(
      ({ taskId, outcomeId, entry }): ProcessEvent => ({ type: 'outcome', taskId, outcomeId, entry }),
    ),
    ...places.flatMap((place) => place.timers.map((elementId): ProcessEvent => ({ type: 'timer', elementId }))),
    ...places.flatMap((place) => place.messages.map((name): ProcessEvent => ({ type: 'message', name }))),
  ]
}

/** The facts of one step, by a number: which ways are open and whether loops go round. */
export function factsBy(seed: number): Facts {
  const facts = { x1: seed % 2 === 1, x2: (seed >> 1) % 2 === 1, again: (seed >> 2) % 4 === 1 }
  const ways = Array.from({ length: 20 }, (_, at) => [`w${at}`, (seed >> at) % 2 === 1])
  return { ...facts, ...Object.fromEntries(ways) }
}
