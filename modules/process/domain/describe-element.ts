import { CLOCK_EFFECT_NAMES, FIELD_TYPE_NAMES, PHASE_NAMES } from './catalogue-names.ts'
import { type Expression, expressionText } from './feel/expression.ts'
import type {
  Bilingual,
  Effect,
  Field,
  Flow,
  Lane,
  Loop,
  Outcome,
  PlaceNode,
  ProcessDefinition,
  ProcessNode,
  TimerRule,
  Trigger,
} from './process-definition.ts'

/** One thing that can be said of an element: what it is called and what it says, in both languages. */
export interface Trait {
  label: Bilingual
  value: Bilingual
}
/** By a key of its own, so that two versions of an element can be laid side by side. */
export type Traits = ReadonlyMap<string, Trait>

export type NameOfRole = (code: string) => Bilingual

const NONE: Bilingual = { ru: '', en: '' }
const plain = (text: string): Bilingual => ({ ru: text, en: text })
const yesNo = (is: boolean): Bilingual => (is ? { ru: 'да', en: 'yes' } : { ru: 'нет', en: 'no' })
const joined = (parts: readonly Bilingual[], by = ', '): Bilingual => ({
  ru: parts.map((part) => part.ru).join(by),
  en: parts.map((part) => part.en).join(by),
})

class Sheet {
  readonly traits = new Map<string, Trait>()
  add(key: string, ru: string, en: string, value: Bilingual): void {
    if (value.ru !== '' || value.en !== '') this.traits.set(key, { label: { ru, en }, value })
  }
}

/** Everything that a step of the diagram says, but its neighbours. */
export function describeNode(definition: ProcessDefinition, node: ProcessNode, role: NameOfRole): Traits {
  const sheet = new Sheet()
  sheet.add('name', 'название', 'name', node.name)
  sheet.add('kind', 'вид элемента', 'kind of element', kindOf(node))
  const lane = definition.lanes.find((one) => one.id === node.laneId)
  sheet.add('lane', 'дорожка', 'lane', lane?.name ?? NONE)
  if (node.kind === 'place') describePlace(sheet, node, role)
  if ('trigger' in node && node.trigger) sheet.add('trigger', 'чего ждёт', 'waits for', triggerText(node.trigger))
  if ('throws' in node && node.throws) sheet.add('throws', 'посылает', 'throws', thrownText(node.throws))
  if (node.kind === 'end' && node.result.type !== 'none') sheet.add('result', 'итог', 'result', thrownText(node.result))
  if ('loop' in node && node.loop) sheet.add('loop', 'повторение', 'repetition', loopText(node.loop))
  if ('defaultFlowId' in node) sheet.add('default', 'выход по умолчанию', 'default way', flowName(definition, node))
  if (node.kind === 'boundary') sheet.add('interrupting', 'прерывает шаг', 'interrupts', yesNo(node.interrupting))
  if (node.kind === 'boundary') sheet.add('host', 'на шаге', 'on', nameOf(definition.nodes[node.placeId]))
  if (node.kind === 'return') sheet.add('returns', 'возвращает к', 'returns to', plain(node.memory))
  if ('link' in node) sheet.add('link', 'ссылка', 'link', plain(node.link))
  describeEffects(sheet, node.effects)
  return sheet.traits
}

export function describeFlow(definition: ProcessDefinition, flow: Flow, role: NameOfRole): Traits {
  const sheet = new Sheet()
  sheet.add('name', 'название', 'name', flow.name)
  sheet.add('from', 'откуда', 'from', nameOf(definition.nodes[flow.from]))
  sheet.add('to', 'куда', 'to', nameOf(definition.nodes[flow.to]))
  if (flow.condition) sheet.add('condition', 'условие', 'condition', plain(bare(flow.condition)))
  const source = definition.nodes[flow.from]
  const outcome = source?.kind === 'place' ? source.outcomes.find((one) => one.flowId === flow.id) : undefined
  if (outcome) describeOutcome(sheet, outcome, role)
  describeEffects(sheet, flow.effects)
  return sheet.traits
}

export function describeLane(lane: Lane, role: NameOfRole): Traits {
  const sheet = new Sheet()
  sheet.add('name', 'название', 'name', lane.name)
  sheet.add('role', 'роль', 'role', lane.role ? role(lane.role) : NONE)
  sheet.add('instruction', 'инструкция', 'instruction', lane.instruction ?? NONE)
  return sheet.traits
}

function describePlace(sheet: Sheet, place: PlaceNode, role: NameOfRole): void {
  sheet.add('statusStaff', 'статус для сотрудников', 'status for staff', place.statusStaff)
  sheet.add('statusClient', 'статус для клиента', 'status for the client', place.statusClient)
  sheet.add('role', 'роль', 'role', place.role ? role(place.role) : NONE)
  sheet.add('takers', 'кто может взять', 'who may take it', joined(place.takers.map(role)))
  sheet.add('clocks', 'часы', 'clocks', CLOCK_EFFECT_NAMES[place.clockEffect])
  sheet.add('phase', 'стадия', 'stage', PHASE_NAMES[place.phase])
  sheet.add('instruction', 'инструкция', 'instruction', place.instruction ?? NONE)
}

const NEEDS = { reply: { ru: 'ответ клиенту', en: 'a reply' }, note: { ru: 'заметка', en: 'a note' } }
const STYLES = {
  primary: { ru: 'основная', en: 'primary' },
  danger: { ru: 'опасная', en: 'dangerous' },
  default: { ru: 'обычная', en: 'plain' },
}

function describeOutcome(sheet: Sheet, outcome: Outcome, role: NameOfRole): void {
  sheet.add('outcome', 'исход', 'outcome', plain(outcome.id))
  sheet.add('label', 'кнопка', 'button', outcome.label)
  sheet.add('style', 'вид кнопки', 'kind of button', STYLES[outcome.style])
  sheet.add('needs', 'требует', 'needs', outcome.needs ? NEEDS[outcome.needs] : NONE)
  sheet.add('by', 'кто выбирает', 'who chooses', joined((outcome.by ?? []).map(role)))
  for (const field of outcome.fields) {
    const { ru, en } = field.label
    sheet.add(`field ${field.name}`, `поле «${ru}»`, `field "${en}"`, fieldText(field))
  }
}

function fieldText(field: Field): Bilingual {
  const type = FIELD_TYPE_NAMES[field.type]
  const must = field.required ? { ru: 'обязательное', en: 'required' } : { ru: 'по желанию', en: 'optional' }
  const options = joined(field.options.map((option) => option.label))
  return joined(options.ru ? [type, must, options] : [type, must])
}

function describeEffects(sheet: Sheet, effects: readonly Effect[]): void {
  for (const [at, effect] of effects.entries()) {
    const same = effects.slice(0, at).filter((other) => effectKey(other) === effectKey(effect)).length
    const [ru, en] = effect.type === 'action' ? ['действие', 'action'] : ['запоминает', 'remembers']
    sheet.add(`${effectKey(effect)} ${same}`, ru, en, plain(effectText(effect)))
  }
}

function effectKey(effect: Effect): string {
  if (effect.type === 'action') return `action ${effect.name}`
  return effect.type === 'set' ? `set ${effect.fact}` : `remember ${effect.as}`
}

function effectText(effect: Effect): string {
  if (effect.type === 'remember') return effect.as
  if (effect.type === 'set') {
    if ('expression' in effect) return `${effect.fact} = ${bare(effect.expression)}`
    return `${effect.fact} = ${'from' in effect ? `{${effect.from}}` : String(effect.value)}`
  }
  const params = effect.params.map((param) => `${param.name}: ${'from' in param ? `{${param.from}}` : param.value}`)
  return params.length > 0 ? `${effect.name} (${params.join(', ')})` : effect.name
}

/** The text of an expression without the brackets that only keep its parts apart. */
function bare(expression: Expression): string {
  const text = expressionText(expression)
  return text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : text
}

const KINDS: Record<Exclude<ProcessNode['kind'], 'place' | 'action'>, [string, string]> = {
  start: ['начало', 'start'],
  end: ['конец', 'end'],
  subProcess: ['подпроцесс', 'sub-process'],
  exclusive: ['развилка «или»', 'exclusive gateway'],
  inclusive: ['развилка «и/или»', 'inclusive gateway'],
  parallel: ['развилка «и»', 'parallel gateway'],
  boundary: ['событие на границе', 'boundary event'],
  throw: ['промежуточное событие', 'intermediate event'],
  linkThrow: ['переход по ссылке', 'link'],
  linkCatch: ['вход по ссылке', 'link target'],
  return: ['возврат', 'return'],
}
const TASKS: Record<PlaceNode['task'] | 'send' | 'rule', [string, string]> = {
  user: ['задача человека', 'user task'],
  manual: ['ручная задача', 'manual task'],
  receive: ['ожидание сообщения', 'receive task'],
  catch: ['ожидание события', 'catching event'],
  choice: ['развилка по событию', 'event-based gateway'],
  service: ['сервисная задача', 'service task'],
  send: ['отправка', 'send task'],
  rule: ['бизнес-правило', 'business rule'],
}

function kindOf(node: ProcessNode): Bilingual {
  const [ru, en] = node.kind === 'place' || node.kind === 'action' ? TASKS[node.task] : KINDS[node.kind]
  return { ru, en }
}

/** What an element is called where it has no name of its own. */
export function nameOf(node: ProcessNode | undefined): Bilingual {
  if (!node) return NONE
  if (node.name.ru) return node.name
  const kind = kindOf(node)
  return { ru: `${kind.ru} ${node.id}`, en: `${kind.en} ${node.id}` }
}

function flowName(definition: ProcessDefinition, node: { defaultFlowId: string | null }): Bilingual {
  const flow = definition.flows[node.defaultFlowId ?? '']
  return flow ? (flow.name.ru ? flow.name : nameOf(definition.nodes[flow.to])) : NONE
}

function triggerText(trigger: Trigger): Bilingual {
  if (trigger.type !== 'timer') return thrownText(trigger)
  const due = dueText(trigger.due)
  if (trigger.times === 1) return due
  const times = trigger.times === null ? { ru: 'снова и снова', en: 'again and again' } : plain(`× ${trigger.times}`)
  return joined([due, times])
}

function thrownText(thrown: { type: string; name?: string; code?: string | null }): Bilingual {
  return plain([thrown.type, thrown.name ?? thrown.code ?? ''].filter((part) => part !== '').join(' '))
}

function dueText(due: TimerRule): Bilingual {
  if (due.unit === 'working_days') return { ru: `${due.days} раб. дн.`, en: `${due.days} working days` }
  if (due.unit === 'instant') return plain(Temporal.Instant.fromEpochMilliseconds(due.at).toString())
  if (due.unit === 'fact') return { ru: `момент из «${due.fact}»`, en: `the moment in "${due.fact}"` }
  const working = due.unit === 'working_minutes'
  const [hours, minutes] = [Math.floor(due.minutes / 60), due.minutes % 60]
  const ru = [hours ? `${hours} ч` : '', minutes || !hours ? `${minutes} мин` : ''].filter(Boolean).join(' ')
  const en = [hours ? `${hours} h` : '', minutes || !hours ? `${minutes} min` : ''].filter(Boolean).join(' ')
  return working ? { ru: `${ru} рабочего времени`, en: `${en} of working time` } : { ru, en }
}

function loopText(loop: Loop): Bilingual {
  if (loop.type === 'standard') return plain(`${loop.condition ? bare(loop.condition) : ''} ≤ ${loop.most}`.trim())
  return plain(`${bare(loop.times)}${loop.sequential ? ' →' : ' ∥'}${loop.until ? ` ${bare(loop.until)}` : ''}`)
}
