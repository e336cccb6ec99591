import { finish } from './activities.ts'
import { arrive, mergedMemory, splitInclusive } from './arrive.ts'
import type { Token } from './process-state.ts'
import type { NodeRow } from './program.ts'
import { NO_DATA, type Run } from './run.ts'

/** Lets every branch go on until it waits or ends. */
export function go(run: Run): void {
  do {
    for (let step = run.next(); step; step = run.next()) arrive(run, run.row(step.node), step)
  } while (run.program.settles && settle(run))
  if (run.tokens.length > 0 || run.endedAt !== null || run.lastEnd === null) return
  run.endedAt = run.lastEnd.id
  run.commands.push({ type: 'completed', endId: run.lastEnd.id, name: run.lastEnd.node.name })
}

/** Once every branch rests: lets an inclusive join or a sub-process that waits for nobody go on; says whether one did. */
function settle(run: Run): boolean {
  for (const token of run.tokens) {
    const row = run.row(token.at)
    if (row.before && joins(run, row, token)) return true
    if (row.kind !== 'subProcess' || token.loop) continue
    if (run.tokens.some((other) => other.in === token.entry)) continue
    finish(run, token, { by: { type: 'done' }, flow: null, outcomeId: null, data: NO_DATA })
    return true
  }
  return false
}

/**
 * The rule of BPMN 2.0: a join goes on unless some token can still come by a flow by which none has come, without
 * being able to come by one that has its token already. (The exception keeps joins within a loop from waiting for
 * each other.)
 */
function joins(run: Run, row: NodeRow, first: Token): boolean {
  const scope = first.in ?? 0
  const here = run.tokens.filter((token) => token.at === row.index && (token.in ?? 0) === scope)
  const filled = row.incoming.map((flow) => here.find((token) => token.via === flow))
  const others = run.tokens.filter((token) => token.at !== row.index && (token.in ?? 0) === scope)
  const comesBy = (token: Token, position: number) => row.before?.[position]?.[token.at] === true
  const awaited = others.some(
    (token) =>
      filled.some((found, position) => found === undefined && comesBy(token, position)) &&
      !filled.some((found, position) => found !== undefined && comesBy(token, position)),
  )
  if (awaited) return false
  const used = filled.filter((token) => token !== undefined)
  run.tokens = run.tokens.filter((token) => !used.includes(token))
  splitInclusive(run, row, mergedMemory(used.map((token) => token.memory)), NO_DATA, scope)
  return true
}
