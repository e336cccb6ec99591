import type { Known } from './feel/compile.ts'
import type { LoopRow, NodeRow, Program } from './program.ts'
import { LOOP_LIMIT } from './read-loop.ts'

/** Whatever the diagram leaves to facts. The checker puts every possible answer in place of the facts. */
export interface Decisions {
  /** The flow out of an exclusive gateway, -1 when no way is open. */
  exclusive(program: Program, row: NodeRow, known: Known): number
  /** The flows out of an inclusive gateway; none when no way is open. */
  inclusive(program: Program, row: NodeRow, known: Known): number[]
  /** Whether a standard loop goes round again, after so many times. */
  again(loop: Extract<LoopRow, { type: 'standard' }>, done: number, known: Known): boolean
  /** How many instances a multiple activity has. */
  instances(loop: Extract<LoopRow, { type: 'multiple' }>, known: Known): number
  /** Whether a multiple activity is over before all its instances are done. */
  enough(loop: Extract<LoopRow, { type: 'multiple' }>, known: Known): boolean
}

/** Decisions by the conditions of the diagram. */
export const byConditions: Decisions = {
  exclusive(program, row, known) {
    const { outgoing } = row
    const only = outgoing.length === 1 ? program.flows[outgoing[0] as number] : undefined
    if (only && !only.condition) return only.index
    for (const index of outgoing) {
      if (index !== row.otherwise && program.flows[index]?.condition?.(known) === true) return index
    }
    return row.otherwise
  },
  inclusive(program, row, known) {
    const { outgoing } = row
    if (outgoing.length === 1 && !program.flows[outgoing[0] as number]?.condition) return [...outgoing]
    const open = outgoing.filter((index) => {
      if (index === row.otherwise) return false
      const condition = program.flows[index]?.condition ?? null
      return condition === null || condition(known) === true
    })
    return open.length > 0 || row.otherwise < 0 ? open : [row.otherwise]
  },
  again(loop, done, known) {
    return done < loop.most && (loop.condition === null || loop.condition(known) === true)
  },
  instances(loop, known) {
    const times = loop.times(known)
    if (typeof times !== 'number' || !(times >= 0)) return 0
    return Math.min(Math.floor(times), LOOP_LIMIT)
  },
  enough(loop, known) {
    return loop.until?.(known) === true
  },
}
