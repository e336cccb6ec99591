import { FACT_NAMES, MESSAGE_NAMES, ROLE_CODES } from './catalogue.ts'
import { checkElements, type SoundnessWords } from './check-elements.ts'
import { error, type Finding, warning } from './findings.ts'
import { type Exploration, explore } from './markings.ts'
import type { ProcessDefinition, ProcessNode } from './process-definition.ts'
import { type Connections, connections, reachableFrom, reachesAnEnd, startsOf } from './reachability.ts'

/** So many markings are looked at; a diagram with more is "not proven", and that keeps it from being published. */
export const MARKING_LIMIT = 100_000

const SHIPPED_WORDS: SoundnessWords = { roles: ROLE_CODES, messages: MESSAGE_NAMES, facts: FACT_NAMES }

/**
 * Checks a diagram before it is published: everything can be reached, every marking can come to an end and none is
 * stuck, roles, messages and facts are known, gateways and returns always have somewhere to go, and clocks come to a
 * place that stops them. An empty list means sound. Conditions are not trusted: whatever a gateway may say is tried.
 */
export function soundness(
  definition: ProcessDefinition,
  words: SoundnessWords = SHIPPED_WORDS,
  limit = MARKING_LIMIT,
): Finding[] {
  const ways = connections(definition)
  const still = checkStanding(definition, ways)
  const before = [...checkWays(definition, ways), ...checkElements(definition, words), ...still]
  const clocks = checkClocks(definition, ways)
  // A diagram that goes round without waiting has no markings to look at.
  if (still.length > 0) return [...before, ...clocks]
  return [...before, ...clocks, ...judge(definition, explore(definition, limit), before)]
}

function checkWays(definition: ProcessDefinition, ways: Connections): Finding[] {
  const reached = new Set(startsOf(definition).flatMap((id) => [...reachableFrom(ways, id)]))
  const ending = reachesAnEnd(definition, ways)
  const findings: Finding[] = []
  for (const node of Object.values(definition.nodes)) {
    if (!reached.has(node.id)) {
      findings.push(error('unreachable', node, 'сюда нельзя попасть от начала', 'cannot be reached from the start'))
    } else if (!ending.has(node.id)) {
      findings.push(error('no_end', node, 'отсюда нельзя дойти до конца', 'no end can be reached from here'))
    }
  }
  return findings
}

/** Steps that lead back to themselves without a place where the ticket waits would never come to rest. */
function checkStanding(definition: ProcessDefinition, ways: Connections): Finding[] {
  const moving = (id: string) => definition.nodes[id]?.kind !== 'place'
  const onward: Connections = new Map(
    [...ways].map(([id, next]) => [id, moving(id) ? next.filter((to) => moving(to)) : []]),
  )
  return Object.values(definition.nodes)
    .filter((node) => (onward.get(node.id) ?? []).some((next) => reachableFrom(onward, next).has(node.id)))
    .map((node) => error('endless_loop', node, 'цикл без единого ожидания', 'a loop in which nothing waits'))
}

/** From every place whose clocks run or pause, a place that stops them can be reached. */
function checkClocks(definition: ProcessDefinition, ways: Connections): Finding[] {
  const places = Object.values(definition.nodes).filter((node) => node.kind === 'place')
  const stops = new Set(places.filter((place) => place.clockEffect === 'stop').map((place) => place.id))
  const ru = 'отсюда часы не доходят до шага, который их останавливает'
  const en = 'from here the clocks never come to a place that stops them'
  const open = places.filter(
    (place) => !stops.has(place.id) && !ahead(definition, ways, place).some((id) => stops.has(id)),
  )
  const start = definition.nodes[definition.startId]
  // One sentence for a diagram that stops them nowhere.
  if (stops.size === 0 && open.length > 0 && start) {
    return [error('clock_never_stops', start, 'ни один шаг не останавливает часы', 'no place stops the clocks')]
  }
  return open.map((place) => error('clock_never_stops', place, ru, en))
}

/** What can come after a node, in the sub-processes around it as well. */
function ahead(definition: ProcessDefinition, ways: Connections, node: ProcessNode): string[] {
  const own = [...reachableFrom(ways, node.id)]
  const around = node.scopeId === null ? undefined : definition.nodes[node.scopeId]
  return around ? [...own, ...ahead(definition, ways, around)] : own
}

/** What trying everything has shown, beside what has been said already. */
function judge(definition: ProcessDefinition, found: Exploration, before: readonly Finding[]): Finding[] {
  const findings: Finding[] = []
  const said = new Set(before.filter((one) => one.severity === 'error').map((one) => one.elementId))
  const add = (ids: Iterable<string>, make: typeof error, code: string, ru: string, en: string) => {
    for (const id of ids) {
      const at = definition.nodes[id] ?? definition.flows[id]
      if (at && !said.has(id)) findings.push(make(code, at, ru, en))
    }
  }
  add(found.deadlocks, error, 'deadlock', 'здесь ждут того, что никогда не придёт', 'waits for what never comes')
  add(found.piles, error, 'unbounded', 'жетоны копятся без предела', 'tokens pile up without bound')
  add(found.endless, error, 'no_end', 'отсюда дело не доходит до конца', 'never comes to an end from here')
  add(found.uncaught, error, 'error_uncaught', 'эту ошибку никто не ловит', 'nothing catches this error')
  const doubled = [...found.doubled].filter((id) => !found.piles.has(id))
  add(doubled, warning, 'doubled', 'сюда могут прийти два жетона сразу', 'two tokens may come here at once')
  // Whatever the engine would refuse has its cause among the earlier errors, when there are any.
  for (const [id, refusal] of said.size > 0 ? [] : found.refused) {
    add([id], error, 'blocked', refusal.sentence('ru'), refusal.sentence('en'))
  }
  const start = definition.nodes[definition.startId]
  if (!found.complete && start) {
    const ru = `не доказано: состояний больше ${found.markings}`
    findings.push(error('not_proven', start, ru, `not proven: there are more than ${found.markings} markings`))
  }
  const broken = !found.complete || [...before, ...findings].some((one) => one.severity === 'error')
  if (!broken) {
    const all = [...Object.keys(definition.nodes), ...Object.keys(definition.flows)]
    const never = all.filter((id) => !found.visited.has(id))
    add(never, error, 'unreachable', 'до этого дело никогда не доходит', 'never comes to this')
  }
  return findings
}
