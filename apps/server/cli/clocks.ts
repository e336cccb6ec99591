import { parseArgs } from 'node:util'
import type { Locale } from '@opora/core'
import { pickLocale } from '@opora/platform/i18n'
import type { ClockDifference } from '@opora/sla'
import { createHouse } from '../app.ts'
import { readConfig } from '../config.ts'
import { openRuntime } from '../runtime.ts'

const BATCH = 2_000
const SHOWN_MAX = 100

/** Replays tickets from their history and compares their clocks with the stored ones. Answers 1 when any differ. */
export async function clocksCheckCommand(words: string[]): Promise<number> {
  const { values } = parseArgs({ args: words, options: { limit: { type: 'string' }, after: { type: 'string' } } })
  const locale = pickLocale(process.env['LC_ALL'] || process.env['LANG'])
  const limit = values.limit === undefined ? Number.MAX_SAFE_INTEGER : Number(values.limit)
  const runtime = await openRuntime(readConfig(process.env), {
    migrateFirst: false,
    applicationName: 'opora clocks check',
  })
  try {
    const { sla } = createHouse(runtime)
    const began = performance.now()
    const differences: ClockDifference[] = []
    let checked = 0
    const batches = { batch: Math.min(BATCH, limit), after: Number(values.after ?? 0) }
    for await (const found of sla.recheckAll(runtime.database.worker, batches)) {
      differences.push(...found.differences)
      checked += found.checked
      if (checked >= limit) break
    }
    process.stdout.write(told(checked, differences, performance.now() - began, locale))
    return differences.length === 0 ? 0 : 1
  } finally {
    await runtime.close()
  }
}

function told(checked: number, differences: readonly ClockDifference[], ms: number, locale: Locale): string {
  const lines = differences.slice(0, SHOWN_MAX).map(({ ticketId, clock, field, stored, replayed }) => {
    const [was, is] = [JSON.stringify(stored), JSON.stringify(replayed)]
    return `${ticketId} ${clock} ${field}: ${was} ≠ ${is}`
  })
  const seconds = (ms / 1_000).toFixed(1)
  const n = differences.length
  const sum =
    locale === 'ru'
      ? `обращений пересчитано: ${checked}, за ${seconds} с; расхождений: ${n}`
      : `tickets replayed: ${checked}, in ${seconds} s; differences: ${n}`
  return [...lines, sum, ''].join('\n')
}
