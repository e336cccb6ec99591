import { expect, test } from 'vitest'
import { ACTION_SPECS, actionFaults } from './actions.ts'

const THINGS = { people: ['a@example.test'], templates: ['1'], topics: ['technical'], webhooks: ['crm'] }
const faults = (name: string, params: Record<string, string>, where: 'process' | 'rule' = 'process') =>
  actionFaults(
    name,
    Object.entries(params).map(([key, value]) => ({ name: key, value })),
    where,
    THINGS,
  ).map(({ code, param }) => [code, param])

test('every action is named once in both languages, and so are its parameters', () => {
  expect(new Set(ACTION_SPECS.map((spec) => spec.name)).size).toBe(ACTION_SPECS.length)
  for (const spec of ACTION_SPECS) {
    expect(spec.ru !== '' && spec.en !== '', spec.name).toBe(true)
    expect(new Set(spec.params.map((param) => param.name)).size).toBe(spec.params.length)
    const own = spec.params.map((param) => param.name)
    for (const name of [...(spec.oneOf ?? []), ...(spec.someOf ?? [])]) expect(own).toContain(name)
  }
})

test.each([
  ['assign', { role: 'l1', pick: 'least_loaded' }, []],
  ['assign', { person: 'a@example.test' }, []],
  ['assign', { role: 'l1', person: 'a@example.test' }, [['param_missing', 'role']]],
  ['assign', { person: 'b@example.test' }, [['param_invalid', 'person']]],
  ['assign', { role: 'cu' }, [['param_invalid', 'role']]],
  ['assign', { role: 'l1', pick: 'loudest' }, [['param_invalid', 'pick']]],
  ['set_fields', { priority: '2' }, []],
  ['set_fields', { priority: '5' }, [['param_invalid', 'priority']]],
  ['set_fields', { priority: ' ' }, [['param_missing', 'priority']]],
  ['set_fields', { planned_minutes: '-1' }, [['param_invalid', 'planned_minutes']]],
  ['set_fields', { add_tag: 'x'.repeat(301) }, [['param_invalid', 'add_tag']]],
  ['call_webhook', { webhook: 'crm' }, []],
  ['call_webhook', {}, [['param_missing', 'webhook']]],
  ['call_webhook', { webhook: 'gone' }, [['param_invalid', 'webhook']]],
  ['send_template', { template: '2' }, [['param_invalid', 'template']]],
  ['no_such', {}, [['action_unknown', null]]],
  ['wait_for_child', { child: '1' }, [['param_unknown', 'child']]],
] as const)('%s with %j has the faults %j', (name, params, expected) => {
  expect(faults(name, params)).toEqual(expected)
})

test('what belongs to a place of a diagram is no action of a rule; a value from a form is believed', () => {
  expect(faults('wait_for_child', {}, 'rule')).toEqual([['action_not_here', null]])
  expect(faults('set_kind', { kind: 'incident' }, 'rule')).toEqual([['action_not_here', null]])
  expect(actionFaults('call_webhook', [{ name: 'webhook', from: 'answer' }], 'process', THINGS)).toEqual([])
})
