import type { Queryable } from '@opora/platform/database'
import { type ActionThings, actionFaults, actionSpec, actionThings, namesOfThings } from '@opora/process'
import { refuseAutomation } from '../automation.refusals.ts'
import { checkCondition } from '../conditions.ts'
import type { RuleAction } from '../contract.ts'
import type { RuleEventCode } from '../domain/rule-events.ts'
import type { Bilingual } from '../domain/rule-words.ts'

/** Refuses a rule whose condition does not read or whose actions name what is not there; gives what may be named. */
export async function refuseFaulty(
  sql: Queryable,
  rule: { event: RuleEventCode; condition: string; actions: readonly RuleAction[] },
): Promise<ActionThings> {
  const { fault } = checkCondition(rule.condition, rule.event)
  if (fault) throw refuseAutomation('automation.condition_invalid', { field: 'condition', params: { fault } })
  const things = await actionThings(sql)
  const known = namesOfThings(things)
  for (const [index, action] of rule.actions.entries()) {
    const given = Object.entries(action.params).map(([name, value]) => ({ name, value }))
    const [first] = actionFaults(action.name, given, 'rule', known)
    if (!first) continue
    const field = first.param === null ? `actions.${index}.name` : `actions.${index}.params.${first.param}`
    const { ru, en } = first
    throw refuseAutomation('automation.action_invalid', { field, params: { position: index + 1, fault: { ru, en } } })
  }
  return things
}

/**
 * Refuses an action whose values do not fit when it is to be done: a field of an outcome holds whatever was typed, and what a rule named when
 * it was saved may be gone. People, templates, webhooks and checklists are looked up by whoever does the action.
 */
export async function refuseUnfit(
  sql: Queryable,
  name: string,
  params: Readonly<Record<string, string>>,
  where: 'process' | 'rule',
): Promise<void> {
  const { topics, categories } = params['topic'] || params['category'] ? namesOfThings(await actionThings(sql)) : {}
  const known = { ...(topics ? { topics } : {}), ...(categories ? { categories } : {}) }
  const given = Object.entries(params).map(([key, value]) => ({ name: key, value }))
  const [first] = actionFaults(name, given, where, known)
  if (!first) return
  throw refuseAutomation('automation.values_invalid', { params: { fault: { ru: first.ru, en: first.en } } })
}

/** Each action with its values, in words. */
export function describeActions(actions: readonly RuleAction[], things: ActionThings): Bilingual[] {
  return actions.map(({ name, params }) => {
    const spec = actionSpec(name)
    if (!spec) return { ru: name, en: name }
    const said = (pick: 'ru' | 'en') =>
      spec.params
        .filter((param) => params[param.name])
        .map((param) => {
          const value = params[param.name] ?? ''
          // a value that stands alone would not say which field it is for
          const label = spec.someOf ? `${param[pick].toLowerCase()} ` : ''
          const list = param.options ?? (Object.hasOwn(things, param.type) ? things[param.type as 'role'] : [])
          return label + (list.find((one) => one.value === value)?.[pick] ?? value)
        })
        .join(', ')
    const [ru, en] = [said('ru'), said('en')]
    return { ru: ru ? `${spec.ru}: ${ru}` : spec.ru, en: en ? `${spec.en}: ${en}` : spec.en }
  })
}
