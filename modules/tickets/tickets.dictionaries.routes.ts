import { type Actor, forSides, read, write } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'
import { kinds } from './contract.ts'
import * as shapes from './dictionaries.contract.ts'
import { type CodedTable, dictionariesReadModel as dictionaries } from './dictionaries.read-model.ts'
import {
  addCoded,
  changeCoded,
  orderCoded,
  putAwayCoded,
  setCriticality,
  setKindMarks,
} from './verbs/edit-dictionaries.ts'

const tag = 'dictionaries'
const params = z.object({ code: z.string().min(1).max(60) })
const Version = z.object({ version: z.number().int() })

interface Dictionary {
  path: string
  table: CodedTable
  /** As a summary names its rows: `category`. */
  word: string
  input: z.ZodObject
  row: z.ZodObject
  list: (sql: Queryable) => Promise<unknown[]>
}

const DICTIONARIES: Dictionary[] = [
  {
    path: '/topic-settings',
    table: 'topic',
    word: 'topic',
    input: shapes.TopicInput,
    row: shapes.TopicSetting,
    list: dictionaries.topics,
  },
  {
    path: '/checklists',
    table: 'checklist',
    word: 'checklist',
    input: shapes.ChecklistInput,
    row: shapes.ChecklistSetting,
    list: dictionaries.checklists,
  },
  {
    path: '/custom-fields',
    table: 'custom_field',
    word: 'own field of tickets',
    input: shapes.CustomFieldInput,
    row: shapes.CustomField,
    list: dictionaries.customFields,
  },
  entries('/categories', 'category', 'category'),
  entries('/rejection-reasons', 'rejection_reason', 'reason for rejecting'),
]

function entries(path: string, table: 'category' | 'rejection_reason', word: string): Dictionary {
  const list = (sql: Queryable) => dictionaries.entries(sql, table)
  return { path, table, word, input: shapes.EntryInput, row: shapes.Entry, list }
}

/** The dictionaries of the desk: everybody there reads them, the administrator edits them. */
export function dictionaryRoutes(): AnyRoute<Actor>[] {
  return forSides(['staff'], [...DICTIONARIES.flatMap(routesOf), ...markRoutes(), ...criticalityRoutes()])
}

function routesOf({ path, table, word, input, row, list }: Dictionary): AnyRoute<Actor>[] {
  const policy = 'topic.change'
  return [
    read({
      path,
      summary: `Every ${word} in its order, those put away among them`,
      tag,
      policy: 'topic.read',
      replies: z.object({ items: z.array(row) }),
      handle: ({ read: run }) => run(async (sql) => ({ items: (await list(sql)) as never })),
    }),
    write({
      method: 'POST',
      path,
      summary: `Add a ${word}`,
      tag,
      policy,
      status: 201,
      body: z.strictObject({ code: shapes.Code, ...input.shape }),
      replies: z.object({ code: z.string() }),
      handle: async ({ tx, caller, body }) => {
        const { code, ...values } = body as { code: string }
        await addCoded(tx, caller, table, code, values)
        return { code }
      },
    }),
    write({
      method: 'PUT',
      path,
      summary: `Order the rows of the dictionary: ${word}`,
      tag,
      policy,
      body: z.strictObject({ codes: z.array(z.string().max(60)).min(1).max(500) }),
      handle: async ({ tx, caller, body }) => {
        await orderCoded(tx, caller, table, body.codes)
        return undefined
      },
    }),
    ...rowRoutes({ path, table, word, input }),
  ]
}

function rowRoutes({
  path,
  table,
  word,
  input,
}: Pick<Dictionary, 'path' | 'table' | 'word' | 'input'>): AnyRoute<Actor>[] {
  const policy = 'topic.change'
  return [
    write({
      method: 'PUT',
      path: `${path}/:code`,
      summary: `Change a ${word}`,
      tag,
      policy,
      versioned: true,
      params,
      body: input,
      replies: Version,
      handle: ({ tx, caller, params: { code }, body, expectedVersion }) =>
        changeCoded(tx, caller, table, code, expectedVersion, body as Record<string, unknown>),
    }),
    write({
      method: 'DELETE',
      path: `${path}/:code`,
      summary: `Put a ${word} away; it can be taken back`,
      tag,
      policy,
      params,
      handle: async ({ tx, caller, params: { code } }) => {
        await putAwayCoded(tx, caller, table, code, true)
        return undefined
      },
    }),
    write({
      method: 'POST',
      path: `${path}/:code/restore`,
      summary: `Take a ${word} back into use`,
      tag,
      policy,
      params,
      handle: async ({ tx, caller, params: { code } }) => {
        await putAwayCoded(tx, caller, table, code, false)
        return undefined
      },
    }),
  ]
}

function markRoutes(): AnyRoute<Actor>[] {
  return [
    read({
      path: '/kind-marks',
      summary: 'Which marks each kind of request is given',
      tag,
      policy: 'topic.read',
      replies: z.object({ items: z.array(shapes.KindMarks) }),
      handle: ({ read: run }) => run(async (sql) => ({ items: await dictionaries.kindMarks(sql) })),
    }),
    write({
      method: 'PUT',
      path: '/kind-marks/:kind',
      summary: 'Say which marks a kind of request is given',
      tag,
      policy: 'topic.change',
      versioned: true,
      params: z.object({ kind: z.enum(kinds) }),
      body: shapes.MarksInput,
      replies: Version,
      handle: ({ tx, caller, params: { kind }, body, expectedVersion }) =>
        setKindMarks(tx, caller, kind, expectedVersion, body.marks),
    }),
  ]
}

function criticalityRoutes(): AnyRoute<Actor>[] {
  return [
    write({
      method: 'PUT',
      path: '/criticality',
      summary: 'Set the table of impact and urgency',
      tag,
      policy: 'topic.change',
      versioned: true,
      body: z.strictObject({ cells: shapes.Cells }),
      replies: Version,
      handle: ({ tx, caller, body, expectedVersion }) => setCriticality(tx, caller, expectedVersion, body.cells),
    }),
  ]
}

/** The table of proposed priorities, shown where impact and urgency are chosen: to the desk and in the cabinet. */
export function criticalityRoute(): AnyRoute<Actor> {
  return read({
    path: '/criticality',
    summary: 'The table of impact and urgency: nine proposed priorities',
    tag,
    policy: 'topic.read',
    replies: shapes.Criticality,
    handle: ({ read: run }) => run((sql) => dictionaries.criticality(sql)),
  })
}
