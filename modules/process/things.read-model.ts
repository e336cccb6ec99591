import { holdsRole, roles } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import type { z } from 'zod'
import type { actionView, actionThings as things } from './contract.ts'
import { PERSON_ROLES, TICKET_KINDS } from './domain/action-words.ts'
import { ACTION_SPECS, type KnownThings } from './domain/actions.ts'

export type ActionThings = z.infer<typeof things>
type Thing = ActionThings['role'][number]

const KINDS: Record<string, { ru: string; en: string }> = {
  accident: { ru: 'авария', en: 'accident' },
  incident: { ru: 'инцидент', en: 'incident' },
  change: { ru: 'запрос на изменение', en: 'change' },
  service_request: { ru: 'запрос на обслуживание', en: 'service request' },
  consultation: { ru: 'консультация', en: 'consultation' },
}
const PRIORITIES: Thing[] = [
  { value: '1', ru: '1 — критический', en: '1, critical' },
  { value: '2', ru: '2 — высокий', en: '2, high' },
  { value: '3', ru: '3 — средний', en: '3, medium' },
  { value: '4', ru: '4 — низкий', en: '4, low' },
]
const NOBODY_ASKS = 500

/** What the parameters of actions may name now: people who work, templates, topics, webhooks and checklists in use. */
export async function actionThings(sql: Queryable): Promise<ActionThings> {
  const rows = await sql<
    {
      type: 'person' | 'template' | 'topic' | 'webhook' | 'checklist' | 'category'
      value: string
      ru: string
      en: string
    }[]
  >`
    (select 'person' as type, email as value, name as ru, name as en from account a
      where side = 'staff' and active and email is not null
        and ${holdsRole(sql, ...PERSON_ROLES)}
      order by name limit ${NOBODY_ASKS})
    union all (select 'template', id::text, name, name from template where archived_at is null order by name, id limit ${NOBODY_ASKS})
    union all (select 'topic', code, name_ru, name_en from topic where archived_at is null order by position, code limit ${NOBODY_ASKS})
    union all (select 'category', code, name_ru, name_en from dictionary_entry
      where dictionary = 'category' and archived_at is null order by position, code limit ${NOBODY_ASKS})
    union all (select 'checklist', code, name_ru, name_en from checklist where archived_at is null order by position, code limit ${NOBODY_ASKS})
    union all (select 'webhook', code, name, name from webhook where archived_at is null order by name limit ${NOBODY_ASKS})`
  const of = (type: string): Thing[] =>
    rows.filter((row) => row.type === type).map(({ value, ru, en }) => ({ value, ru, en }))
  return {
    role: PERSON_ROLES.map((value) => {
      const { ru, en } = roles[value as keyof typeof roles]
      return { value, ru, en }
    }),
    kind: TICKET_KINDS.map((value) => ({ value, ...(KINDS[value] ?? { ru: value, en: value }) })),
    priority: PRIORITIES,
    person: of('person'),
    template: of('template'),
    topic: of('topic'),
    category: of('category'),
    webhook: of('webhook'),
    checklist: of('checklist'),
  }
}

/** As the checker of parameters asks for it. */
export function namesOfThings(all: ActionThings): KnownThings {
  const values = (list: readonly Thing[]) => list.map((one) => one.value)
  return {
    people: values(all.person),
    templates: values(all.template),
    topics: values(all.topic),
    categories: values(all.category),
    webhooks: values(all.webhook),
    checklists: values(all.checklist),
  }
}

/** The catalogue for an editor; of a rule without what only a process can do. */
export function presentActions(where: 'process' | 'rule'): z.infer<typeof actionView>[] {
  return ACTION_SPECS.filter((spec) => where === 'process' || spec.where === 'everywhere').map((spec) => ({
    ...{ name: spec.name, ru: spec.ru, en: spec.en },
    params: spec.params.map(({ name, type, ru, en, required, options }) => ({
      ...{ name, type, ru, en, required: required ?? false, options: [...(options ?? [])] },
    })),
  }))
}
