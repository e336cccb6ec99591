import { expect, test } from 'vitest'
import { filterFacts, parsedMail } from '../../testkit/letters.ts'
import type { AutomationMarks } from '../parsed-mail.ts'
import { bulkFilter } from './bulk.ts'

const marked = (marks: Partial<AutomationMarks>) => parsedMail({ automation: { ...parsedMail().automation, ...marks } })

test.each([
  [{ listId: '<users.list.test>' }, 'list'],
  [{ precedence: 'bulk' }, 'precedence_bulk'],
  [{ precedence: 'junk' }, 'precedence_junk'],
  [{ precedence: 'list' }, 'precedence_list'],
  [{ hasListUnsubscribe: true }, 'newsletter'],
])('E14: %j is kept and never answered', (marks, reason) => {
  expect(bulkFilter.decide(marked(marks), filterFacts())).toEqual({ verdict: 'mute', reason })
})

test('ordinary letters pass, whatever their priority', () => {
  expect(bulkFilter.decide(marked({ precedence: 'first-class' }), filterFacts()).verdict).toBe('pass')
})
