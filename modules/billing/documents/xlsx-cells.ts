import type { Instant } from '@opora/core'
import { MINUTE_MS } from '@opora/core'
import type { ClientReport } from '../domain/client-report.ts'
import type { ReportFormat } from './report-format.ts'
import type { ReportWord } from './report-words.ts'
import type { XlsxColumn, XlsxKind } from './xlsx-engine.ts'

/** Wall-clock time of the report's zone in the shape that spreadsheets want: a date that reads so in UTC. */
export function wallDate(zone: string, at: Instant | null): Date | null {
  if (at === null) return null
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  const wall = at + local.offsetNanoseconds / 1_000_000
  return new Date(Math.floor(wall / MINUTE_MS) * MINUTE_MS)
}

export function day(date: string): Date {
  return new Date(`${date}T00:00:00Z`)
}

export function roubles(kopecks: number | null): number | null {
  return kopecks === null ? null : kopecks / 100
}

export function preamble(report: ClientReport, format: ReportFormat, word: ReportWord): string[] {
  const contract = format.word('contract', { number: report.contract.number })
  return [format.word(word), `${report.client.name} · ${contract} · ${format.month(report.month)}`]
}

export function columns(
  format: ReportFormat,
  given: [word: ReportWord, width: number, kind: XlsxKind][],
): XlsxColumn[] {
  return given.map(([word, width, kind]) => ({ title: format.word(word), width, kind }))
}
