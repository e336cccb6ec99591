import { actionFaults, type KnownThings } from './actions.ts'
import { type Expression, factsOf } from './feel/expression.ts'
import { error, type Finding, warning } from './findings.ts'
import type { Effect, PlaceNode, ProcessDefinition, ProcessNode } from './process-definition.ts'
import { catchesOf, connections, reachableFrom, startsOf } from './reachability.ts'
import { hasOutcomes } from './read-flows.ts'

/** The words of the house that a diagram may use. */
export interface SoundnessWords {
  roles: readonly string[]
  messages: readonly string[]
  facts: readonly string[]
  /** Roles that somebody holds now; left out when nobody has asked. */
  heldRoles?: readonly string[]
  /** What the parameters of actions may name; left out when nobody has asked. */
  things?: KnownThings
}

/** What can be said of each element by itself and its neighbours. */
export function checkElements(definition: ProcessDefinition, words: SoundnessWords): Finding[] {
  const nodes = Object.values(definition.nodes)
  // Behind an event-based gateway nobody waits: the ticket stands at the gateway.
  const passed = new Set(nodes.flatMap((node) => (node.kind === 'place' ? node.choiceIds : [])))
  return [
    ...nodes.flatMap((node) => [
      ...checkNode(definition, node),
      ...(node.kind === 'place' && !passed.has(node.id) ? checkPlace(node, words) : []),
      ...checkTrigger(node, words),
    ]),
    ...checkLanes(definition, words),
    ...checkFacts(definition, words),
    ...checkActions(definition, words),
    ...checkWaits(definition),
    ...checkReturns(definition),
  ]
}

function checkNode(definition: ProcessDefinition, node: ProcessNode): Finding[] {
  const leads = node.kind !== 'end' && node.kind !== 'linkThrow' && node.kind !== 'return'
  const caught = node.kind === 'place' && node.boundaryIds.length > 0
  if (leads && node.outgoing.length === 0 && !caught) {
    return [error('dead_end', node, 'нет выхода', 'has no way out')]
  }
  if (!leads && node.outgoing.length > 0) {
    return [error('way_after_end', node, 'выход не имеет смысла', 'has a way out that is never taken')]
  }
  if (node.kind === 'linkThrow') return checkLink(definition, node)
  if (node.kind === 'exclusive' || node.kind === 'inclusive') return checkGateway(definition, node)
  if (node.kind === 'action' && node.throws === null && node.effects.length === 0) {
    return [warning('no_action', node, 'сервисная задача ничего не делает', 'the service task does nothing')]
  }
  if (hasOutcomes(node) && node.outgoing.length === 0) {
    return [warning('no_outcome', node, 'человеку здесь нечего выбрать', 'there is nothing here to choose')]
  }
  return []
}

function checkLink(definition: ProcessDefinition, node: Extract<ProcessNode, { link: string }>): Finding[] {
  const { link } = node
  const targets = catchesOf(definition, node)
  if (targets.length === 1) return []
  return [
    error('link_target', node, `у ссылки «${link}» не одна цель`, `the link "${link}" has not exactly one target`),
  ]
}

function checkGateway(
  definition: ProcessDefinition,
  node: Extract<ProcessNode, { defaultFlowId: unknown }>,
): Finding[] {
  if (node.outgoing.length < 2) return []
  const findings: Finding[] = []
  const bare = node.outgoing.filter((id) => id !== node.defaultFlowId && !definition.flows[id]?.condition)
  if (bare.length > 0) {
    const names = bare.join(', ')
    findings.push(error('no_condition', node, `выходы без условия: ${names}`, `ways without a condition: ${names}`))
  }
  if (node.defaultFlowId === null) {
    findings.push(error('no_default', node, 'нет выхода по умолчанию', 'has no default way'))
  }
  return findings
}

function checkPlace(node: PlaceNode, words: SoundnessWords): Finding[] {
  const findings: Finding[] = []
  const byPerson = hasOutcomes(node)
  if (byPerson && node.role === null) findings.push(error('no_role', node, 'нет роли', 'has no role'))
  const roles = [node.role, ...node.takers, ...node.outcomes.flatMap((outcome) => outcome.by ?? [])]
  for (const role of new Set(roles.filter((code) => code !== null))) {
    if (!words.roles.includes(role)) {
      findings.push(error('unknown_role', node, `неизвестная роль «${role}»`, `unknown role "${role}"`))
    }
  }
  const held = words.heldRoles
  if (byPerson && held && node.takers.length > 0 && !node.takers.some((role) => held.includes(role))) {
    const names = node.takers.join(', ')
    findings.push(error('role_not_held', node, `роли никто не занимает: ${names}`, `nobody holds the role: ${names}`))
  }
  if (node.statusClient.ru === '' || node.statusStaff.ru === '') {
    findings.push(error('no_status', node, 'нет статуса для клиента или сотрудника', 'a status is missing'))
  }
  return findings
}

function checkTrigger(node: ProcessNode, words: SoundnessWords): Finding[] {
  const trigger = 'trigger' in node ? node.trigger : null
  if (trigger?.type !== 'message' || words.messages.includes(trigger.name)) return []
  const message = trigger.name
  return [error('unknown_message', node, `неизвестное сообщение «${message}»`, `unknown message "${message}"`)]
}

function checkLanes(definition: ProcessDefinition, words: SoundnessWords): Finding[] {
  return definition.lanes
    .filter((lane) => lane.role !== null && !words.roles.includes(lane.role))
    .map((lane) => error('unknown_role', lane, `неизвестная роль «${lane.role}»`, `unknown role "${lane.role}"`))
}

/** What expressions of a loop may ask beside facts. */
const LOOP_NAMES = ['outcome', 'loopCounter', 'numberOfInstances', 'numberOfCompletedInstances']

function checkFacts(definition: ProcessDefinition, words: SoundnessWords): Finding[] {
  const set = allEffects(definition).map((effect) =>
    effect.type === 'set' ? effect.fact : effect.type === 'remember' ? effect.as : '',
  )
  const known = new Set([...words.facts, ...set])
  const asked = [...Object.values(definition.flows), ...Object.values(definition.nodes)].flatMap((at) => {
    const loop = 'loop' in at ? at.loop : null
    const inLoop = loop?.type === 'standard' ? [loop.condition] : loop ? [loop.times, loop.until] : []
    const conditions = 'condition' in at ? [at.condition] : []
    const sets = at.effects.map((effect) => ('expression' in effect ? effect.expression : null))
    return [
      ...namesOf([...conditions, ...sets]).map((fact) => ({ at, fact })),
      ...namesOf(inLoop)
        .filter((fact) => !LOOP_NAMES.includes(fact))
        .map((fact) => ({ at, fact })),
    ]
  })
  return asked
    .filter(({ fact }) => !known.has(fact))
    .map(({ at, fact }) => error('unknown_fact', at, `неизвестный факт «${fact}»`, `unknown fact "${fact}"`))
}

/** What an action is given: known people, templates, topics; what is needed is there. */
function checkActions(definition: ProcessDefinition, words: SoundnessWords): Finding[] {
  const carriers = [...Object.values(definition.flows), ...Object.values(definition.nodes)]
  return carriers.flatMap((at) =>
    at.effects.flatMap((effect) =>
      effect.type === 'action'
        ? actionFaults(effect.name, effect.params, 'process', words.things).map((fault) =>
            error(fault.code, at, `действие «${effect.name}»: ${fault.ru}`, `action "${effect.name}": ${fault.en}`),
          )
        : [],
    ),
  )
}

/** Actions whose end is told to the process: a service task may wait for them. */
const REPORTING = ['wait_for_child', 'call_webhook']

/** A service task that waits is told when its work is done; what has to be waited for stands at one that waits. */
function checkWaits(definition: ProcessDefinition): Finding[] {
  const asks = (at: { effects: Effect[] }, names: readonly string[]) =>
    at.effects.some((effect) => effect.type === 'action' && names.includes(effect.name))
  const waits = (at: object) => 'kind' in at && at.kind === 'place' && 'task' in at && at.task === 'service'
  const carriers = [...Object.values(definition.flows), ...Object.values(definition.nodes)]
  const passing = carriers.filter((at) => asks(at, ['wait_for_child']) && !waits(at))
  const silent = carriers.filter((at) => waits(at) && !asks(at, REPORTING))
  const [ru, en] = [
    'ждать дочерних можно на сервисной задаче, которая ждёт',
    'only a service task that waits can wait for children',
  ]
  return [
    ...passing.map((at) => error('does_not_wait', at, ru, en)),
    ...silent.map((at) =>
      warning(
        'nobody_reports',
        at,
        'ждёт, но ни одно действие не скажет, что готово',
        'waits, but no action says when it is done',
      ),
    ),
  ]
}

function namesOf(expressions: readonly (Expression | null)[]): string[] {
  return expressions.flatMap((expression) => (expression ? factsOf(expression) : []))
}

/** A return must never be reached before something has been remembered for it. */
function checkReturns(definition: ProcessDefinition): Finding[] {
  const findings: Finding[] = []
  for (const node of Object.values(definition.nodes)) {
    if (node.kind !== 'return') continue
    if (node.otherwise !== null) {
      if (definition.nodes[node.otherwise]?.kind === 'place') continue
      const ru = `шага «${node.otherwise}» нет`
      findings.push(error('return_target', node, ru, `there is no step "${node.otherwise}"`))
      continue
    }
    const forgetful = connections(definition, node.memory)
    if (startsOf(definition).some((id) => reachableFrom(forgetful, id).has(node.id))) {
      const ru = `сюда можно прийти, не запомнив «${node.memory}»`
      findings.push(error('nothing_remembered', node, ru, `can be reached before "${node.memory}" is remembered`))
    }
  }
  return findings
}

function allEffects(definition: ProcessDefinition): Effect[] {
  const carriers = [...Object.values(definition.flows), ...Object.values(definition.nodes)]
  return carriers.flatMap((carrier) => carrier.effects)
}
