import type { Locale } from '@opora/core'
import type { FileStore } from '@opora/platform/files'
import { renderReportPdf } from './documents/report-pdf.ts'
import { renderReportXlsx } from './documents/report-xlsx.ts'
import type { ClientReport } from './domain/client-report.ts'

export type ReportFormatCode = 'pdf' | 'xlsx'

export const REPORT_MIME: Record<ReportFormatCode, string> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}
export const REPORT_FORMATS = ['pdf', 'xlsx'] as const

/** The hashes of a report's files in both languages; empty while they are not made. */
export interface StoredReport {
  pdfSha256: string
  xlsxSha256: string
  pdfEnSha256: string
  xlsxEnSha256: string
}

export function reportFileName(report: ClientReport, format: ReportFormatCode, locale: Locale): string {
  const title = locale === 'ru' ? 'Отчёт' : 'Report'
  return `${title} ${report.month} ${report.contract.number}.${format}`.replaceAll(/[\\/:*?"<>|]/g, '-')
}

export function storedFile(stored: StoredReport, format: ReportFormatCode, locale: Locale): string {
  if (locale === 'ru') return format === 'pdf' ? stored.pdfSha256 : stored.xlsxSha256
  return format === 'pdf' ? stored.pdfEnSha256 : stored.xlsxEnSha256
}

/** The bytes of a report's file; the same data give the same bytes whenever they are asked for. */
export function renderReport(report: ClientReport, format: ReportFormatCode, locale: Locale): Promise<Buffer> {
  return format === 'pdf' ? renderReportPdf(report, locale) : renderReportXlsx(report, locale)
}

/** The files that are there already; those of a report that was just closed may not have been made yet. */
export async function keptReport(
  files: FileStore,
  report: StoredReport & { data: ClientReport },
): Promise<StoredReport> {
  const { pdfSha256, xlsxSha256, pdfEnSha256, xlsxEnSha256 } = report
  const kept = { pdfSha256, xlsxSha256, pdfEnSha256, xlsxEnSha256 }
  for (const sha256 of Object.values(kept)) {
    if (sha256 === '' || !(await files.has(sha256))) return await storeReport(files, report.data)
  }
  return kept
}

/** Both files in both languages: whoever reads the report takes theirs. */
export async function storeReport(files: FileStore, report: ClientReport): Promise<StoredReport> {
  const keep = async (format: ReportFormatCode, locale: Locale) =>
    (await files.put(await renderReport(report, format, locale))).sha256
  return {
    pdfSha256: await keep('pdf', 'ru'),
    xlsxSha256: await keep('xlsx', 'ru'),
    pdfEnSha256: await keep('pdf', 'en'),
    xlsxEnSha256: await keep('xlsx', 'en'),
  }
}
