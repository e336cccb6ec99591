import { type Actor, refuseAccess, writeAudit } from '@opora/access'
import type { Json, Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { codedStore } from '../coded.store.ts'
import { type CodedTable, dictionariesReadModel } from '../dictionaries.read-model.ts'
import { refuseTicket } from '../tickets.refusals.ts'

type Values = Record<string, unknown>

/** Lists of objects are kept as JSON, lists of words as they are. */
function row(tx: Tx, values: Values): Values {
  const isJson = (value: unknown) => Array.isArray(value) && (value.length === 0 || typeof value[0] === 'object')
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      name !== 'topics' && isJson(value) ? tx.json(value as Json) : value,
    ]),
  )
}

async function refuseUnknown(tx: Tx, values: Values): Promise<void> {
  const named = values['topics']
  if (Array.isArray(named) && (await dictionariesReadModel.unknownTopics(tx, named)).length > 0)
    throw refuseTicket('ticket.topic_unknown', { field: 'topics' })
  const options = values['options'] as { value: string }[] | undefined
  if (!options) return
  const isChoice = values['kind'] === 'choice'
  const distinct = new Set(options.map((option) => option.value)).size === options.length
  if (isChoice !== options.length > 0 || !distinct) throw refuseTicket('ticket.options_wrong', { field: 'options' })
}

/** Adds a row to a dictionary; its code is its own for good. */
export async function addCoded(tx: Tx, actor: Actor, table: CodedTable, code: string, values: Values): Promise<void> {
  await refuseUnknown(tx, values)
  if (!(await codedStore.add(tx, table, code, row(tx, values))))
    throw refuseTicket('ticket.code_taken', { field: 'code' })
  await writeAudit(tx, actor, { action: `${table}.added`, objectType: table, objectId: code })
}

/** Changes a row that the editor has seen as it stands; a later change of somebody else is told, not overwritten. */
export async function changeCoded(
  tx: Tx,
  actor: Actor,
  table: CodedTable,
  code: string,
  version: number | null,
  values: Values,
): Promise<{ version: number }> {
  await refuseUnknown(tx, values)
  const changed = await codedStore.change(tx, table, code, version ?? 0, row(tx, values))
  if (changed === null) throw conflictOr404(await codedStore.versionOf(tx, table, code))
  await writeAudit(tx, actor, { action: `${table}.changed`, objectType: table, objectId: code })
  return { version: changed }
}

/** What is used stays in what uses it: a row is put away, and can be taken back. */
export async function putAwayCoded(
  tx: Tx,
  actor: Actor,
  table: CodedTable,
  code: string,
  away: boolean,
): Promise<void> {
  if (!(await codedStore.putAway(tx, table, code, away))) throw refuseAccess('access.not_found')
  await writeAudit(tx, actor, {
    action: `${table}.${away ? 'put_away' : 'restored'}`,
    objectType: table,
    objectId: code,
  })
}

export async function orderCoded(tx: Tx, actor: Actor, table: CodedTable, codes: readonly string[]): Promise<void> {
  const distinct = new Set(codes)
  if (distinct.size !== codes.length || (await codedStore.order(tx, table, codes)) !== codes.length)
    throw refuseTicket('ticket.code_unknown', { field: 'codes' })
  await writeAudit(tx, actor, { action: `${table}.ordered`, objectType: table, objectId: 'all' })
}

export async function setKindMarks(
  tx: Tx,
  actor: Actor,
  kind: string,
  version: number | null,
  marks: readonly string[],
): Promise<{ version: number }> {
  const changed = await codedStore.setMarks(tx, kind, version ?? 0, [...new Set(marks)])
  if (changed === null) {
    const now = (await dictionariesReadModel.kindMarks(tx)).find((one) => one.kind === kind)
    throw conflictOr404(now?.version ?? null)
  }
  await writeAudit(tx, actor, {
    action: 'kind.marks',
    objectType: 'kind',
    objectId: kind,
    detail: { marks: [...marks] },
  })
  return { version: changed }
}

/** Nine proposed priorities; those who worked by the old table keep the priorities that they decided on. */
export async function setCriticality(
  tx: Tx,
  actor: Actor,
  version: number | null,
  cells: readonly number[],
): Promise<{ version: number }> {
  const changed = await codedStore.setCells(tx, version ?? 0, cells)
  if (changed === null) throw conflictOr404((await dictionariesReadModel.criticality(tx)).version)
  await writeAudit(tx, actor, {
    action: 'criticality.changed',
    objectType: 'criticality',
    objectId: 'all',
    detail: { cells: [...cells] },
  })
  return { version: changed }
}

function conflictOr404(currentVersion: number | null) {
  if (currentVersion === null) return refuseAccess('access.not_found')
  return refuseHttp('http.version_conflict', { details: { currentVersion } })
}
