import type { Queryable } from '@opora/platform/database'
import type { ProcessDefinition } from '../domain/process-definition.ts'
import { readProcess } from '../domain/read-process.ts'
import { refuseProcess } from '../process.refusals.ts'
import { processStore } from '../process.store.ts'

/** The newest version is asked for at every opening, so it is remembered for a moment. */
const NEWEST_MS = 2_000

/** Published definitions, each read once: a version never changes. `key`: the process that new tickets begin. */
export function createDefinitionBook(key: string) {
  const definitions = new Map<number, Promise<ProcessDefinition>>()
  let newest: { id: number; until: number } | null = null
  const read = (sql: Queryable, id: number, xml: string) => {
    const known = definitions.get(id)
    if (known) return known
    const reading = readProcess(xml, { called: (called) => processStore.calledXml(sql, called, id) })
    definitions.set(id, reading)
    reading.catch(() => definitions.delete(id))
    return reading
  }
  return {
    async definitionOf(sql: Queryable, id: number): Promise<ProcessDefinition> {
      const known = definitions.get(id)
      if (known) return known
      const row = await processStore.definition(sql, id)
      if (!row) throw refuseProcess('process.not_found')
      return read(sql, id, row.xml)
    },
    /** The version that tickets opened now begin at. */
    async newestId(sql: Queryable): Promise<number> {
      if (newest && newest.until > performance.now()) return newest.id
      const row = await processStore.currentDefinition(sql, key)
      if (!row) throw refuseProcess('process.not_found')
      await read(sql, row.id, row.xml)
      newest = { id: row.id, until: performance.now() + NEWEST_MS }
      return row.id
    },
    /** A version has been published: new tickets ask again which one holds. */
    forgetNewest(): void {
      newest = null
    },
  }
}
