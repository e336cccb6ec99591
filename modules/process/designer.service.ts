import { readFile } from 'node:fs/promises'
import { type Actor, refuseAccess, roles, writeAudit } from '@opora/access'
import { isoInstant, Refusal } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { z } from 'zod'
import type {
  comparisonReply,
  comparisonWish,
  draftView,
  expressionReply,
  processWords,
  simulationReply,
  simulationWish,
} from './designer.contract.ts'
import { type DraftRow, designerStore } from './designer.store.ts'
import { CLOCK_EFFECTS, FACT_NAMES, FIELD_TYPES, MESSAGE_NAMES, PHASES, ROLE_CODES } from './domain/catalogue.ts'
import { CLOCK_EFFECT_NAMES, FIELD_TYPE_NAMES, PHASE_NAMES } from './domain/catalogue-names.ts'
import { compareVersions } from './domain/compare-versions.ts'
import type { NameOfRole } from './domain/describe-element.ts'
import { factsOf } from './domain/feel/expression.ts'
import { parseExpression } from './domain/feel/parse.ts'
import { readProcess } from './domain/read-process.ts'
import { simulate } from './domain/simulate.ts'
import { heldRoles, listProcesses } from './process.read-model.ts'
import { refuseProcess } from './process.refusals.ts'
import { processStore } from './process.store.ts'
import { actionThings, presentActions } from './things.read-model.ts'

export type Designer = ReturnType<typeof createDesigner>
type DraftView = z.infer<typeof draftView>

export const roleName: NameOfRole = (code) => {
  const role = Object.hasOwn(roles, code) ? roles[code as keyof typeof roles] : undefined
  return role ? { ru: role.ru, en: role.en } : { ru: code, en: code }
}

/** Drawing: drafts, the words that a diagram may use, conditions while they are typed, one token's way, versions side by side. */
export function createDesigner() {
  const read = (sql: Queryable, xml: string) =>
    readProcess(xml, { called: (key) => processStore.calledXml(sql, key, null) })
  return {
    ...drafting(),
    async words(sql: Queryable): Promise<z.infer<typeof processWords>> {
      const held = new Set(await heldRoles(sql))
      const { items } = await listProcesses(sql)
      return {
        roles: ROLE_CODES.map((code) => ({ code, ...roleName(code), held: held.has(code) })),
        facts: [...FACT_NAMES],
        messages: [...MESSAGE_NAMES],
        actions: presentActions('process'),
        things: await actionThings(sql),
        clockEffects: CLOCK_EFFECTS.map((code) => ({ code, ...CLOCK_EFFECT_NAMES[code] })),
        phases: PHASES.map((code) => ({ code, ...PHASE_NAMES[code] })),
        fieldTypes: FIELD_TYPES.map((code) => ({ code, ...FIELD_TYPE_NAMES[code] })),
        processes: items.filter((item) => item.version !== null).map((item) => item.key),
      }
    },
    /** Whether a condition reads, and which facts it looks at. */
    checkExpression(text: string): z.infer<typeof expressionReply> {
      try {
        return { fault: null, facts: factsOf(parseExpression(text.startsWith('=') ? text.slice(1) : text)) }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return { fault: { ru: error.sentence('ru'), en: error.sentence('en') }, facts: [] }
      }
    },
    /** One token's way through a diagram, by the engine that runs tickets. */
    async simulate(sql: Queryable, wish: z.infer<typeof simulationWish>): Promise<z.infer<typeof simulationReply>> {
      return simulate(await read(sql, wish.xml), wish.events, wish.facts)
    },
    /** Two versions, or a version and a drawing, side by side. */
    async compare(sql: Queryable, wish: z.infer<typeof comparisonWish>): Promise<z.infer<typeof comparisonReply>> {
      const xmlOf = async (name: 'before' | 'after') => {
        const side = wish[name]
        if ('xml' in side) return side.xml
        return (await published(sql, wish.key, side.version, name)).xml
      }
      const [before, after] = [await xmlOf('before'), await xmlOf('after')]
      const changes = compareVersions(await read(sql, before), await read(sql, after), roleName)
      return { before: { xml: before }, after: { xml: after }, changes }
    },
  }
}

function drafting() {
  return {
    async draft(sql: Queryable, actor: Actor, key: string): Promise<DraftView> {
      return present(await found(sql, key), actor)
    },
    /** Begins a draft from a published version, the newest unless another is named, or of a new process from a small sound one. */
    async beginDraft(
      tx: Tx,
      actor: Actor,
      wish: { key: string; fromVersion: number | undefined; name: string | undefined },
    ): Promise<DraftView> {
      const { key } = wish
      const basedOn = wish.fromVersion ?? (await processStore.latestDefinition(tx, key))?.version ?? null
      const row = { key, basedOn, updatedBy: idOf(actor), xml: await firstXml(tx, key, basedOn, wish.name ?? key) }
      if (!(await designerStore.insertDraft(tx, row))) {
        const there = await found(tx, key)
        throw refuseProcess('process.draft_exists', { params: { name: there.updatedByName } })
      }
      await writeAudit(tx, actor, {
        action: 'process.draft_begun',
        objectType: 'process',
        objectId: key,
        detail: { basedOn },
      })
      return present(await found(tx, key), actor)
    },
    /** Keeps what has been drawn; whoever drew on an older state is told who was faster. */
    async saveDraft(
      tx: Tx,
      actor: Actor,
      wish: { key: string; xml: string; basedOn: number | null; version: number },
    ): Promise<DraftView> {
      const { key, xml, basedOn, version } = wish
      if (basedOn !== null) await published(tx, key, basedOn, 'basedOn')
      if (!(await designerStore.saveDraft(tx, version, { key, xml, basedOn, updatedBy: idOf(actor) }))) {
        throw conflict(await found(tx, key))
      }
      return present(await found(tx, key), actor)
    },
    async dropDraft(tx: Tx, actor: Actor, key: string, version: number): Promise<void> {
      if (!(await designerStore.deleteDraft(tx, key, version))) throw conflict(await found(tx, key))
      await writeAudit(tx, actor, { action: 'process.draft_dropped', objectType: 'process', objectId: key, detail: {} })
    },
  }
}

async function found(sql: Queryable, key: string): Promise<DraftRow> {
  const row = await designerStore.draft(sql, key)
  if (!row) throw refuseProcess('process.draft_not_found')
  return row
}

function conflict(there: DraftRow) {
  const details = {
    currentVersion: there.version,
    updatedBy: there.updatedByName,
    updatedAt: isoInstant(there.updatedAt),
  }
  return refuseHttp('http.version_conflict', { details })
}

async function published(sql: Queryable, key: string, version: number, field: string): Promise<{ xml: string }> {
  const found = await processStore.versionOf(sql, key, version)
  if (!found) throw refuseProcess('process.version_not_found', { field })
  return found
}

async function firstXml(sql: Queryable, key: string, version: number | null, name: string): Promise<string> {
  if (version !== null) return (await published(sql, key, version, 'fromVersion')).xml
  const blank = await readFile(new URL('./processes/blank.bpmn', import.meta.url), 'utf8')
  const escaped = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  return blank.replaceAll('{name}', () => escaped)
}

function present(row: DraftRow, actor: Actor): DraftView {
  const { key, xml, basedOn, version, updatedAt, updatedBy, updatedByName } = row
  const mine = updatedBy === actor.accountId
  return { key, xml, basedOn, version, mine, updatedAt: isoInstant(updatedAt), updatedBy: updatedByName }
}

function idOf(actor: Actor): number {
  if (actor.accountId === null) throw refuseAccess('access.not_allowed')
  return actor.accountId
}
