import type { FileStore } from '@opora/platform/files'
import { renderReportPdf } from './documents/report-pdf.ts'
import { renderReportXlsx } from './documents/report-xlsx.ts'
import type { ClientReport } from './domain/client-report.ts'

export type ReportFormatCode = 'pdf' | 'xlsx'

export const REPORT_MIME: Record<ReportFormatCode, string> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Reports are written in the language of the contract. */
const REPORT_LOCALE = 'ru'

export function reportFileName(report: ClientReport, format: ReportFormatCode): string {
  return `Отчёт ${report.month} ${report.contract.number}.${format}`.replaceAll(/[\\/:*?"<>|]/g, '-')
}

/** The bytes of a report's file; the same data give the same bytes whenever they are asked for. */
export function renderReport(report: ClientReport, format: ReportFormatCode): Promise<Buffer> {
  return format === 'pdf' ? renderReportPdf(report, REPORT_LOCALE) : renderReportXlsx(report, REPORT_LOCALE)
}

export async function storeReport(
  files: FileStore,
  report: ClientReport,
): Promise<{ pdfSha256: string; xlsxSha256: string }> {
  const pdf = await files.put(await renderReport(report, 'pdf'))
  const xlsx = await files.put(await renderReport(report, 'xlsx'))
  return { pdfSha256: pdf.sha256, xlsxSha256: xlsx.sha256 }
}
