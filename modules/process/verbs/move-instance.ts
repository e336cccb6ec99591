import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { carryOver, moveState } from '../domain/move-state.ts'
import type { Facts } from '../domain/process-definition.ts'
import type { Advance } from '../domain/process-state.ts'
import { refuseProcess } from '../process.refusals.ts'
import { processStore } from '../process.store.ts'
import type { RunningProcess } from '../running-process.ts'
import type { createDefinitionBook } from './definition-book.ts'

/** The version to move to, and what the step needs to know of the ticket. */
export interface VersionMove {
  key: string
  version: number
  contractId: number | null
  facts: Facts
  now: Instant
}

/** Puts a locked process on another version and saves it; refuses with what the tokens would miss there. */
export async function moveInstance(
  book: ReturnType<typeof createDefinitionBook>,
  tx: Queryable,
  running: RunningProcess,
  to: VersionMove,
): Promise<Advance> {
  const { instance, definition } = running
  const own = await processStore.definition(tx, instance.definitionId)
  const row = await processStore.versionOf(tx, to.key, to.version)
  if (!row || own?.key !== to.key) throw refuseProcess('process.version_not_found')
  if (instance.state.endedAt !== null) throw refuseProcess('process.over')
  const next = await book.definitionOf(tx, row.id)
  const { state, missing } = moveState(definition, next, instance.state)
  if (state === null) {
    throw refuseProcess('process.does_not_fit', { params: { elements: missing.join(', ') }, details: missing })
  }
  const moved = carryOver(definition, next, instance.state, state, to.facts)
  await processStore.moveInstance(tx, instance.id, row.id, state)
  running.instance = { ...instance, definitionId: row.id, state }
  running.definition = next
  return moved
}
