import type { Locale } from '@opora/core'
import {
  COLOURS,
  keepHeadings,
  PAGE_WIDTH,
  type PdfDefinition,
  type PdfNode,
  printable,
  renderPdf,
  STYLES,
  tiles,
} from '@opora/platform/pdf'
import type { ClientReport } from '../domain/client-report.ts'
import { type ReportFormat, reportFormat } from './report-format.ts'
import {
  billSection,
  estimatesSection,
  hoursSection,
  recommendationsSection,
  satisfactionSection,
} from './report-pdf-money.ts'
import { promisesSection, requestsSection, workSection } from './report-pdf-sections.ts'

/** The monthly report as an A4 document. The same report in the same language gives the same bytes. */
export function renderReportPdf(report: ClientReport, locale: Locale): Promise<Buffer> {
  return renderPdf(reportDefinition(printable(report), locale))
}

export function reportDefinition(report: ClientReport, locale: Locale): PdfDefinition {
  const format = reportFormat(locale, report.zone)
  const title = `${format.word('title')}: ${report.client.name}, ${format.month(report.month)}`
  const written = new Date(report.to)
  return {
    pageSize: 'A4',
    pageMargins: [40, 46, 40, 48],
    info: { title, author: report.provider.name, creationDate: written, modDate: written },
    language: locale,
    defaultStyle: { font: 'Roboto', fontSize: 9, color: COLOURS.ink, lineHeight: 1.15 },
    styles: STYLES,
    ...(rowsOf(report) <= ROWS_LAID_OUT_AGAIN ? { pageBreakBefore: keepHeadings } : {}),
    footer: (page, pages) => footer(report, format, page, pages),
    content: [
      head(report, format),
      summaryTiles(report, format),
      ...recommendationsSection(report, format),
      ...requestsSection(report, format),
      ...promisesSection(report, format),
      ...workSection(report, format),
      ...hoursSection(report, format),
      ...billSection(report, format),
      ...estimatesSection(report, format),
      ...satisfactionSection(report, format),
      { text: format.word('zone', { zone: report.zone }), style: 'small', margin: [0, 16, 0, 0] },
    ],
  }
}

/** A report longer than this takes seconds to lay out once: its headings stay where they fall. */
const ROWS_LAID_OUT_AGAIN = 600

function rowsOf(report: ClientReport): number {
  return report.requests.list.length + report.promises.list.length + report.work.lines.length
}

function head(report: ClientReport, format: ReportFormat): PdfNode {
  const { contract } = report
  const named = [contract.title, contract.packageName?.[format.locale]].filter((part) => part)
  return {
    stack: [
      { text: report.provider.name, style: 'overline' },
      { text: format.word('title'), style: 'title', margin: [0, 6, 0, 2] },
      {
        text: [{ text: report.client.name, bold: true }, ` · ${format.month(report.month)}`],
        style: 'subtitle',
      },
      {
        text: [format.word('contract', { number: contract.number }), ...named.map((part) => ` · ${part}`)],
        color: COLOURS.quiet,
        margin: [0, 3, 0, 0],
      },
    ],
  }
}

function summaryTiles(report: ClientReport, format: ReportFormat): PdfNode {
  const { summary, satisfaction } = report
  const mean = satisfaction.meanHundredths
  const rating = mean === null ? format.word('none') : decimal(mean, format.locale)
  return tiles([
    {
      name: format.word('tileRequests'),
      value: String(summary.opened),
      note: requestsNote(report, format),
    },
    {
      name: format.word('tilePromises'),
      value: format.share(summary.keptPermille),
      note:
        summary.breaches === 0
          ? format.word('tileBreachesNone')
          : format.word('tileBreaches', { count: summary.breaches }),
      color: promiseColour(summary),
    },
    {
      name: format.word('tileWork'),
      value: format.minutes(summary.workedMinutes),
      note: format.word('tileWorkNote', { billable: format.minutes(summary.billableMinutes) }),
    },
    {
      name: format.word('tileHours'),
      value: format.minutes(summary.leftMinutes),
      note:
        summary.overageMinutes > 0
          ? format.word('tileHoursNote', { over: format.minutes(summary.overageMinutes) })
          : format.word('tileHoursInside'),
    },
    {
      name: format.word('tileRating'),
      value: rating,
      note:
        mean === null
          ? format.word('tileRatingNone')
          : format.word('tileRatingNote', { count: satisfaction.ratings.length }),
    },
  ])
}

/** What came of the month's requests; a month without refusals does not speak of them. */
export function requestsNote({ summary }: ClientReport, format: ReportFormat): string {
  const { solved, rejected } = summary
  const said = format.word('tileRequestsNote', { solved, open: summary.openAtEnd })
  return rejected > 0 ? said + format.word('tileRejected', { rejected }) : said
}

function promiseColour(summary: ClientReport['summary']): string {
  if (summary.keptPermille === null) return COLOURS.ink
  return summary.breaches === 0 ? COLOURS.good : COLOURS.bad
}

/** 467 → `4,67`. */
function decimal(hundredths: number, locale: Locale): string {
  const text = (hundredths / 100).toFixed(2)
  return locale === 'ru' ? text.replace('.', ',') : text
}

function footer(report: ClientReport, format: ReportFormat, page: number, pages: number): PdfNode {
  return {
    columns: [
      { text: `${report.client.name} · ${format.month(report.month)}`, style: 'small', width: PAGE_WIDTH - 80 },
      { text: format.word('page', { page, pages }), style: 'small', alignment: 'right', width: 80 },
    ],
    margin: [40, 18, 40, 0],
  }
}
