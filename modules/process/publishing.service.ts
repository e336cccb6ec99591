import { type Actor, writeAudit } from '@opora/access'
import { type Instant, Refusal } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable, Tx } from '@opora/platform/database'
import type { z } from 'zod'
import type { checkReply, movePreview, versionView } from './contract.ts'
import { designerStore } from './designer.store.ts'
import { FACT_NAMES, MESSAGE_NAMES, ROLE_CODES } from './domain/catalogue.ts'
import type { Finding } from './domain/findings.ts'
import { moveState } from './domain/move-state.ts'
import { presentElements } from './domain/outcomes.ts'
import type { ProcessDefinition } from './domain/process-definition.ts'
import { readProcess } from './domain/read-process.ts'
import { soundness } from './domain/soundness.ts'
import { heldRoles, listVersions, runningElsewhere } from './process.read-model.ts'
import { refuseProcess } from './process.refusals.ts'
import type { ProcessService } from './process.service.ts'
import { processStore } from './process.store.ts'
import { actionThings, namesOfThings } from './things.read-model.ts'

const PREVIEW_MAX = 200

export interface Publication {
  key: string
  xml: string
  effectiveFrom: Instant | null
  note: string
}

export type Publishing = ReturnType<typeof createPublishing>

/** Checking, publishing and comparing versions of processes. */
export function createPublishing(process: ProcessService) {
  const read = (sql: Queryable, xml: string) =>
    readProcess(xml, { called: (key) => processStore.calledXml(sql, key, null) })
  const findingsOf = async (sql: Queryable, definition: ProcessDefinition): Promise<Finding[]> =>
    soundness(definition, {
      ...{ roles: ROLE_CODES, messages: MESSAGE_NAMES, facts: FACT_NAMES },
      heldRoles: await heldRoles(sql),
      things: namesOfThings(await actionThings(sql)),
    })
  return {
    /** Everything that keeps a diagram from being published, and what its author should look at. */
    async check(sql: Queryable, xml: string): Promise<z.infer<typeof checkReply>> {
      try {
        return { problems: [], findings: await findingsOf(sql, await read(sql, xml)) }
      } catch (error) {
        const problems = error instanceof Refusal ? error.options.details : undefined
        if (!(error instanceof Refusal) || error.code !== 'process.outside_subset') throw error
        return { problems: problems as z.infer<typeof checkReply>['problems'], findings: [] }
      }
    },
    /** Publishes the next version; refuses a diagram with an error, one that nothing has changed in, and a date that has passed. */
    async publish(tx: Tx, actor: Actor, wish: Publication): Promise<z.infer<typeof versionView>> {
      const latest = await processStore.latestDefinition(tx, wish.key)
      if (latest?.xml === wish.xml) throw refuseProcess('process.unchanged', { params: { version: latest.version } })
      if (wish.effectiveFrom !== null && wish.effectiveFrom < (await databaseNow(tx))) {
        throw refuseProcess('process.from_the_past', { field: 'effectiveFrom' })
      }
      const definition = await read(tx, wish.xml)
      refuseUnsound(await findingsOf(tx, definition))
      const version = (latest?.version ?? 0) + 1
      const made = await processStore.publish(tx, {
        ...{ key: wish.key, version, xml: wish.xml, note: wish.note, publishedBy: actor.accountId },
        ...{ nameRu: definition.name.ru, nameEn: definition.name.en },
        ...(wish.effectiveFrom === null ? {} : { effectiveFrom: wish.effectiveFrom }),
      })
      if (!made) throw refuseProcess('process.published_meanwhile')
      const detail = { version, effectiveFrom: wish.effectiveFrom, note: wish.note }
      await writeAudit(tx, actor, { action: 'process.published', objectType: 'process', objectId: wish.key, detail })
      await designerStore.dropPublished(tx, wish.key, wish.xml)
      process.forgetNewest()
      return this.version(tx, wish.key, version)
    },
    async version(sql: Queryable, key: string, version: number): Promise<z.infer<typeof versionView>> {
      const found = await processStore.versionOf(sql, key, version)
      const head = (await listVersions(sql, key)).find((one) => one.version === version)
      if (!found || !head) throw refuseProcess('process.version_not_found')
      return { ...head, key, xml: found.xml }
    },
    /** Which running tickets of other versions could go on at this one, with what the others would miss. */
    async previewMoves(sql: Queryable, key: string, version: number): Promise<z.infer<typeof movePreview>> {
      const target = await processStore.versionOf(sql, key, version)
      if (!target) throw refuseProcess('process.version_not_found')
      const definition = await process.definitionOf(sql, target.id)
      const rows = await runningElsewhere(sql, key, version, PREVIEW_MAX + 1)
      const items: z.infer<typeof movePreview>['items'] = []
      for (const row of rows.slice(0, PREVIEW_MAX)) {
        const own = await process.definitionOf(sql, row.definitionId)
        const { missing } = moveState(own, definition, row.state)
        const { ticketId, number, version: from } = row
        const places = presentElements(own, row.state)
        items.push({ ticketId, number, version: from, places, fits: missing.length === 0, missing })
      }
      return { items, more: rows.length > PREVIEW_MAX }
    },
  }
}

function refuseUnsound(findings: Finding[]): void {
  const errors = findings.filter((finding) => finding.severity === 'error')
  const [first] = errors
  if (!first) return
  const params = { count: errors.length, firstRu: first.ru, firstEn: first.en }
  throw refuseProcess('process.unsound', { field: 'xml', params, details: findings })
}
