import { FACT_NAMES, MESSAGE_NAMES, ROLE_CODES } from './catalogue.ts'
import { factsOf } from './feel/expression.ts'
import type { Effect, PlaceNode, ProcessDefinition, ProcessNode } from './process-definition.ts'
import { catchesOf, connections, reachableFrom, reachesAnEnd } from './reachability.ts'

/** What keeps a diagram from being published (`error`), or what its author should look at (`warning`). */
export interface Finding {
  severity: 'error' | 'warning'
  code: string
  elementId: string
  ru: string
  en: string
}

export interface SoundnessWords {
  roles: readonly string[]
  messages: readonly string[]
  facts: readonly string[]
}

const SHIPPED_WORDS: SoundnessWords = { roles: ROLE_CODES, messages: MESSAGE_NAMES, facts: FACT_NAMES }

/**
 * Checks a diagram before it is published: everything can be reached, every place can come to an end, roles,
 * messages and facts are known, gateways and returns always have somewhere to go. An empty list means sound.
 */
export function soundness(definition: ProcessDefinition, words: SoundnessWords = SHIPPED_WORDS): Finding[] {
  return [
    ...checkWays(definition),
    ...Object.values(definition.nodes).flatMap((node) => [
      ...checkNode(definition, node),
      ...(node.kind === 'place' ? checkPlace(node, words) : []),
      ...checkTrigger(node, words),
    ]),
    ...checkLanes(definition, words),
    ...checkFacts(definition, words),
    ...checkReturns(definition),
  ]
}

function checkWays(definition: ProcessDefinition): Finding[] {
  const ways = connections(definition)
  const reached = reachableFrom(ways, definition.startId)
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
  if (node.kind === 'action' && !node.effects.some((effect) => effect.type === 'action')) {
    return [warning('no_action', node, 'сервисная задача ничего не делает', 'the service task does nothing')]
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
  if (node.role === null) findings.push(error('no_role', node, 'нет роли', 'has no role'))
  const roles = [node.role, ...node.takers, ...node.outcomes.flatMap((outcome) => outcome.by ?? [])]
  for (const role of new Set(roles.filter((code) => code !== null))) {
    if (!words.roles.includes(role)) {
      findings.push(error('unknown_role', node, `неизвестная роль «${role}»`, `unknown role "${role}"`))
    }
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

function checkFacts(definition: ProcessDefinition, words: SoundnessWords): Finding[] {
  const effects = allEffects(definition)
  const set = effects.map((effect) =>
    effect.type === 'set' ? effect.fact : effect.type === 'remember' ? effect.as : '',
  )
  const known = new Set([...words.facts, ...set])
  return Object.values(definition.flows).flatMap((flow) =>
    (flow.condition ? factsOf(flow.condition) : [])
      .filter((fact) => !known.has(fact))
      .map((fact) => error('unknown_fact', flow, `неизвестный факт «${fact}»`, `unknown fact "${fact}"`)),
  )
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
    if (reachableFrom(forgetful, definition.startId).has(node.id)) {
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

type Named = { id: string; name: { ru: string; en: string } }

function error(code: string, at: Named, ru: string, en: string): Finding {
  return { severity: 'error', ...finding(code, at, ru, en) }
}

function warning(code: string, at: Named, ru: string, en: string): Finding {
  return { severity: 'warning', ...finding(code, at, ru, en) }
}

function finding(code: string, at: Named, ru: string, en: string) {
  return {
    code,
    elementId: at.id,
    ru: `«${at.name.ru || at.id}»: ${ru}`,
    en: `"${at.name.en || at.id}": ${en}`,
  }
}
