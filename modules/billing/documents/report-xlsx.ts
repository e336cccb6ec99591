import type { Locale } from '@opora/core'
import { printable } from '@opora/platform/pdf'
import type { ClientReport } from '../domain/client-report.ts'
import { type ReportFormat, reportFormat } from './report-format.ts'
import { requestsNote } from './report-pdf.ts'
import type { ReportWord } from './report-words.ts'
import {
  billSheet,
  estimatesSheet,
  hoursSheet,
  promisesSheet,
  ratingsSheet,
  requestsSheet,
  workSheet,
} from './report-xlsx-sheets.ts'
import { preamble } from './xlsx-cells.ts'
import { renderXlsx, type XlsxSheet, type XlsxValue } from './xlsx-engine.ts'

/** The monthly report as a workbook: a sheet for each section, figures as figures. The same report gives the same bytes. */
export function renderReportXlsx(report: ClientReport, locale: Locale): Promise<Buffer> {
  return renderXlsx(reportSheets(printable(report), locale), locale)
}

export function reportSheets(report: ClientReport, locale: Locale): XlsxSheet[] {
  const format = reportFormat(locale, report.zone)
  const { bill, estimates, satisfaction } = report
  return [
    summarySheet(report, format),
    requestsSheet(report, format),
    promisesSheet(report, format),
    workSheet(report, format),
    hoursSheet(report, format),
    ...(bill === null ? [] : [billSheet(bill, format, preamble(report, format, 'bill'))]),
    ...(estimates.length === 0 ? [] : [estimatesSheet(report, format)]),
    ...(satisfaction.ratings.length === 0 ? [] : [ratingsSheet(report, format)]),
  ]
}

/** The month's figures with a note in words for each. */
function summaryFacts(report: ClientReport, format: ReportFormat): XlsxValue[][] {
  const { summary, satisfaction } = report
  const share = format.share(summary.keptPermille)
  return [
    [format.word('tileRequests'), summary.opened, requestsNote(report, format)],
    [format.word('tilePromises'), share, format.word('tileBreaches', { count: summary.breaches })],
    [format.word('workedMinutes'), summary.workedMinutes, format.minutes(summary.workedMinutes)],
    [format.word('billableMinutes'), summary.billableMinutes, format.minutes(summary.billableMinutes)],
    [format.word('tileHours'), summary.leftMinutes, format.minutes(summary.leftMinutes)],
    [format.word('extra'), summary.overageMinutes, format.minutes(summary.overageMinutes)],
    [
      format.word('tileRating'),
      satisfaction.meanHundredths === null ? null : satisfaction.meanHundredths / 100,
      format.word('tileRatingNote', { count: satisfaction.ratings.length }),
    ],
  ]
}

function summarySheet(report: ClientReport, format: ReportFormat): XlsxSheet {
  const { requests } = report
  const groups: [ReportWord, typeof requests.byKind][] = [
    ['byKind', requests.byKind],
    ['byPriority', requests.byPriority],
    ['byPortal', requests.byPortal],
    ['byState', requests.byState],
  ]
  return {
    name: format.locale === 'ru' ? 'Сводка' : 'Summary',
    preamble: preamble(report, format, 'title'),
    columns: [
      { title: '', width: 34, kind: 'text' },
      { title: '', width: 14, kind: 'number' },
      { title: '', width: 70, kind: 'text' },
    ],
    rows: [
      ...summaryFacts(report, format),
      ...groups.flatMap(([word, rows]): XlsxValue[][] => [
        [null, null, null],
        [format.word(word), null, null],
        ...rows.map((row): XlsxValue[] => [format.words(row.name), row.count, null]),
      ]),
      ...(report.recommendations.length === 0
        ? []
        : [
            [null, null, null],
            [format.word('recommendations'), null, null],
          ]),
      ...report.recommendations.map((text): XlsxValue[] => [null, null, text]),
    ],
  }
}
