import { terms } from '@opora/contracts/testkit'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'
import type { ClientWorld, World } from './world.ts'

type Sample = (client: ClientWorld, world: World) => object

/** Bodies that a shape alone does not tell: those that name somebody's thing, and those with rules between fields. */
const SAMPLES: Record<string, Sample> = {
  'POST /contracts': (c) => ({
    clientId: c.clientId,
    number: 'Д-новый',
    title: 'Новый',
    startsOn: '2026-01-01',
    terms: terms(),
  }),
  'POST /contracts/:id/versions': () => ({ validFrom: '2027-01-01', reason: 'Уточнение', terms: terms() }),
  'POST /contracts/:id/versions/preview': () => ({ validFrom: '2027-01-01', terms: terms() }),
  'POST /contracts/:id/units': () => ({ service: 'specification', units: 1 }),
  'POST /contracts/:id/corrections': () => ({
    kind: 'transfer',
    fromBucketId: 1,
    toBucketId: 2,
    minutes: 5,
    reason: 'Ошибка в строке',
  }),
  'POST /tickets': (c) => ({
    clientId: c.clientId,
    contactId: c.people.cu.contact!.id,
    subject: 'Новое',
    text: 'Текст',
  }),
  'POST /portals': (c) => ({
    clientId: c.clientId,
    name: 'Ещё',
    address: 'https://p.client.test',
    product: 'bitrix24-boxed',
  }),
  'PUT /clients/:id/staff': (_c, w) => ({ accountIds: [w.staff.l1.id] }),
  'PUT /tickets/:id/assignee': (_c, w) => ({ accountId: w.staff.l1.id }),
  'POST /tickets/:id/outcomes': () => ({ outcome: 'take', taskId: 'no-such-task' }),
  'POST /cabinet/tickets/:id/outcomes': () => ({ outcome: 'take', taskId: 'no-such-task' }),
  'POST /tickets/:id/deadline': () => ({ dueAt: '2030-01-01T09:00:00Z', reason: 'Ждём поставку' }),
  'POST /tickets/:id/partners': () => ({ email: 'help@partner.test', endsOn: '2027-01-01' }),
  'PATCH /tickets/:id/partners/:accountId': () => ({ endsOn: '2027-01-01' }),
  'PATCH /tickets/:id/vendor': () => ({ number: '2148377' }),
  'POST /tickets/:id/vendor/override': () => ({ reason: 'Вендор обещал посмотреть' }),
  'PUT /vendor-settings': () => ({
    nameRu: 'Вендор',
    nameEn: 'Vendor',
    calendarCode: '24x7',
    link: null,
    answerMinutes: { prospect: 60 },
    remindShares: [],
    remindDays: [],
    freeEditions: [],
    boxedDays: 365,
    topics: [],
  }),
  'PUT /tickets/:id/parent': () => ({ parentId: null }),
  'PUT /staff/:id/roles': () => ({ roles: ['qa'] }),
  'POST /staff': () => ({ email: 'new@provider.test', name: 'Новый человек', roles: ['l1'] }),
  'POST /corrections/:id/decision': () => ({ approve: false }),
  'POST /calendars': (_c, w) => ({ code: 'new-one', nameRu: 'Новый', nameEn: 'New', spec: w.specs.calendar }),
  'PUT /calendars/:code': (_c, w) => ({ nameRu: 'Новый', nameEn: 'New', spec: w.specs.calendar }),
  'PUT /topics/:code/service': () => ({ service: null }),
  'POST /sla-policies': (_c, w) => ({ code: 'new-one', nameRu: 'Новая', nameEn: 'New', spec: w.specs.policy }),
  'PUT /sla-policies/:code': (_c, w) => ({ nameRu: 'Новая', nameEn: 'New', spec: w.specs.policy }),
  'POST /sla-policies/:code/preview': (_c, w) => ({ spec: w.specs.policy }),
  'POST /sla/what-if': () => ({ from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' }),
  'PUT /catalogue/packages/:code': (_c, w) => ({ nameRu: 'Новый', nameEn: 'New', spec: w.specs.package }),
  'POST /contract-drafts': (c) => ({ step: 'parties', form: aDraft(c.clientId) }),
  'PUT /contract-drafts/:id': (c) => ({ step: 'parties', form: aDraft(c.clientId) }),
  'POST /catalogue/packages': (_c, w) => ({
    code: 'new-one',
    offer: 'studio-hours',
    nameRu: 'Новый',
    nameEn: 'New',
    spec: w.specs.package,
  }),
  'PUT /catalogue/services/:code': () => aService(),
  'POST /catalogue/services': () => ({ code: 'new-one', ...aService() }),
  'POST /catalogue/preview': (_c, w) => ({
    sample: { kind: 'typed', month: '2026-01', works: [], units: [] },
    offer: w.specs.package,
  }),
  'POST /catalogue/price-lists': (_c, w) => ({
    code: 'new-one',
    nameRu: 'Новый',
    nameEn: 'New',
    validFrom: '2030-01-01',
    spec: w.specs.prices,
  }),
  'POST /catalogue/price-lists/:code/versions': (_c, w) => ({
    validFrom: '2030-02-01',
    reason: 'Индексация',
    spec: w.specs.prices,
  }),
  'POST /production-years': () => ({ data: { years: {} } }),
  'POST /production-years/preview': () => ({ data: { years: {} } }),
  'POST /calendars/preview': (_c, w) => ({ spec: w.specs.calendar, year: 2026 }),
  'POST /calendars/:code/moves': (_c, w) => ({ spec: w.specs.calendar }),
  'POST /portals/:id/facts/:name': () => ({ value: '24.100', measuredAt: '2026-01-01T00:00:00.000Z', source: 'hand' }),
  'POST /contracts/:id/reconciliation': () => ({ from: '2026-01-01', to: '2026-02-01' }),
  'POST /document-templates': () => ({ kind: 'invoice', from: '2030-01-01', settings: null }),
  'POST /document-templates/logo': () => ({ content: 'AAAA' }),
  'POST /document-templates/preview': () => ({ kind: 'invoice', settings: null }),
  'PUT /time/approval-rules': (c) => ({ contractId: c.contractId, needed: true }),
  'PUT /time/week/cell': (c) => ({
    ticketId: c.ticketId,
    activity: 'configuration',
    date: '2026-01-12',
    minutes: 5,
    monday: '2026-01-12',
  }),
  'POST /month-runs': (c) => ({ month: '2026-02', act: 'issue', contractIds: [c.contractId] }),
  'PUT /contracts/:id/periods/:month/figures': () => ({
    figure: 'uptime_milli_percent',
    milliPercent: 99_000,
    source: 'Монитор',
  }),
  'POST /rules': () => ({
    name: 'Новое',
    event: 'opened',
    actions: [{ name: 'set_fields', params: { priority: '1' } }],
  }),
  'PUT /rules/:id': () => ({
    ...{ name: 'Новое', event: 'opened', condition: '', enabled: false },
    actions: [{ name: 'set_fields', params: { priority: '1' } }],
  }),
  'PUT /rule-order': () => ({ ids: [] }),
  'POST /rule-trials': () => ({ event: 'opened' }),
  'POST /rule-conditions': () => ({ event: 'opened', text: '' }),
  'POST /webhooks': () => ({ code: `w${Date.now()}`, name: 'Вебхук', url: 'https://8.8.8.8/' }),
  'PATCH /webhooks/:id': () => ({ name: 'Другой' }),
  'POST /process-comparisons': () => ({ key: 'three-lines', before: { version: 1 }, after: { version: 1 } }),
  'POST /process-rehearsals': () => ({ key: 'three-lines', xml: '<definitions/>' }),
  'POST /bank-statements': () => ({ legalEntityId: 1, content: 'AAAA' }),
  'PUT /payments/:id/advance': () => ({ paper: null }),
  'POST /contacts/:id/personal-requests': () => ({ kind: 'export', reason: 'Проверка' }),
  'POST /personal-requests/:id/decision': () => ({ approve: false }),
  'POST /payments/:id/parts': (c) => ({ documentId: c.documentId, kopecks: 1 }),
  'POST /tickets/:id/change': () => ({ description: 'Что меняется' }),
  'PUT /changes/:id/window': () => ({ from: '2031-01-01T18:00:00Z', until: '2031-01-01T20:00:00Z' }),
  'POST /board/sessions': (c) => ({ mode: 'meeting', changeIds: [c.changeId] }),
  'PUT /board/members': (_c, w) => ({ members: [{ accountId: w.staff.rb.id }] }),
  'POST /board/delegations': (_c, w) => ({ delegateId: w.staff.di.id, until: '2030-01-01T00:00:00Z' }),
  'POST /freezes': (c) => ({
    clientId: c.clientId,
    from: '2030-01-01T00:00:00Z',
    until: '2030-01-02T00:00:00Z',
    reason: 'Отчётность',
  }),
  'POST /pipelines': (c) => ({ name: 'Сборка', clientId: c.clientId }),
  'POST /checklists': () => ({ code: 'new_one', ...aChecklist() }),
  'PUT /checklists/:code': aChecklist,
  'POST /custom-fields': () => ({ code: 'new_one', ...aField() }),
  'PUT /custom-fields/:code': aField,
  'POST /categories': () => ({ code: 'new_one', nameRu: 'Новая', nameEn: 'New' }),
  'POST /rejection-reasons': () => ({ code: 'new_one', nameRu: 'Новая', nameEn: 'New' }),
  'POST /topic-settings': () => ({ code: 'new_one', ...aTopic() }),
  'PUT /topic-settings/:code': aTopic,
  'PUT /criticality': () => ({ cells: [1, 2, 3, 2, 3, 4, 3, 4, 4] }),
  'PUT /topics/:code/form': () => ({ fields: [] }),
  'POST /tickets/:id/asking': () => ({ fields: ['expected'], text: 'Чего вы ждали?' }),
  'POST /tickets/:id/checklists': () => ({ checklist: 'access' }),
  'POST /me/tokens': () => ({ name: 'Ключ', scopes: ['topic.read'], expiresInDays: 30 }),
}

function aChecklist() {
  return { nameRu: 'Новый', nameEn: 'New', items: [{ ru: 'Раз', en: 'One', required: true, role: null }], topics: [] }
}

function aField() {
  return { nameRu: 'Новое', nameEn: 'New', kind: 'text', options: [], topics: [] }
}

function aTopic() {
  const answers = { readyAnswerRu: null, readyAnswerEn: null }
  const defaults = { defaultKind: null, defaultPriority: null, offered: true, excluded: false }
  return { nameRu: 'Новая', nameEn: 'New', route: 'pass_on', ...answers, ...defaults }
}

function aDraft(clientId: number) {
  const dates = { startsOn: '', endsOn: null, signedOn: null, letterUntil: null, letterAmountKopecks: null }
  return { clientId, number: '', title: '', ...dates, packageCode: '', options: [], terms: null }
}

function aService() {
  return { nameRu: 'Новая', nameEn: 'New', activity: 'development', unit: 'hour', price: 'by_hours', role: 'operator' }
}

/** A body that the route takes: the sample, else the least that its shape demands. */
export function bodyFor(route: AnyRoute<never>, client: ClientWorld, world: World): object | undefined {
  if (route.method === 'GET' || !route.body) return undefined
  const sample = SAMPLES[`${route.method} ${route.path}`]
  return sample ? sample(client, world) : (least(shapeOf(route.body)) as object)
}

interface Shape {
  type?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Shape[]
  oneOf?: Shape[]
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
  minItems?: number
  minimum?: number
  exclusiveMinimum?: number
  minLength?: number
  format?: string
  pattern?: string
}

export function shapeOf(schema: z.ZodType): Shape {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape
}

function least(shape: Shape): unknown {
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  const either = shape.anyOf ?? shape.oneOf
  if (either) return least(either[0]!)
  if (shape.type === 'object')
    return Object.fromEntries((shape.required ?? []).map((name) => [name, least(shape.properties?.[name] ?? {})]))
  if (shape.type === 'array') return Array.from({ length: shape.minItems ?? 0 }, () => least(shape.items ?? {}))
  if (shape.type === 'integer' || shape.type === 'number') return Math.max(1, shape.minimum ?? 1)
  if (shape.type === 'boolean') return true
  return leastText(shape)
}

function leastText({ format, minLength = 1, pattern }: Shape): string {
  if (format === 'email') return 'somebody@client-a.test'
  if (format === 'uuid') return '00000000-0000-4000-8000-000000000000'
  if (format === 'date-time') return '2026-01-01T00:00:00.000Z'
  if (format === 'date') return '2026-01-01'
  if (pattern?.includes('\\d{6}')) return '123456'
  return 'слово'.padEnd(minLength, 'о')
}
