import {
  COLOURS,
  type Margin,
  numberWidth,
  type PdfCell,
  type PdfNode,
  paragraph,
  section,
  table,
} from '@opora/platform/pdf'
import type { ClientReport, ReportBucket } from '../domain/client-report.ts'
import type { ReportFormat } from './report-format.ts'
import { under } from './report-pdf-sections.ts'

const BUCKET_COLUMNS = [
  ['opening', 'openingMinutes'],
  ['bought', 'boughtMinutes'],
  ['carriedIn', 'carriedInMinutes'],
  ['used', 'usedMinutes'],
  ['corrected', 'correctedMinutes'],
  ['burned', 'burnedMinutes'],
  ['carriedOut', 'carriedOutMinutes'],
  ['left', 'leftMinutes'],
] as const

/** Columns that say nothing in any row are left out, so that a plain contract has a plain table. */
const ALWAYS_SHOWN: readonly string[] = ['opening', 'bought', 'used', 'burned', 'left']

export function hoursSection(report: ClientReport, format: ReportFormat): PdfNode[] {
  const { hours } = report
  const over =
    hours.overageMinutes > 0
      ? [paragraph(format.word('overage', { minutes: format.minutes(hours.overageMinutes) }))]
      : []
  if (hours.buckets.length === 0) {
    return [section(format.word('hours')), paragraph(format.word('hoursNone')), ...over]
  }
  const shown = BUCKET_COLUMNS.filter(
    ([word, field]) => ALWAYS_SHOWN.includes(word) || hours.buckets.some((bucket) => bucket[field] !== 0),
  )
  const cells = (bucket: Omit<ReportBucket, 'name'>): PdfCell[] =>
    shown.map(([word, field]) => {
      const silent = bucket[field] === 0 && word !== 'left'
      return { text: silent ? format.word('none') : format.minutes(bucket[field]), noWrap: true }
    })
  return [
    section(format.word('hours')),
    table(
      [
        { title: format.word('bucket') },
        ...shown.map(([word]) => ({ title: format.word(word), width: 48, right: true })),
      ],
      hours.buckets.map((bucket) => [format.words(bucket.name), ...cells(bucket)]),
      hours.buckets.length > 1 ? { total: [format.word('total'), ...cells(hours.total)] } : {},
    ),
    ...(over.length > 0 ? [{ text: '', margin: [0, 1, 0, 0] as Margin }, ...over] : []),
  ]
}

export function billSection(report: ClientReport, format: ReportFormat): PdfNode[] {
  const { bill } = report
  if (bill === null) return []
  const rows = bill.lines.map((line): PdfCell[] => [
    under(
      line.ticketNumber === null ? format.words(line.title) : `${format.words(line.title)}, ${line.ticketNumber}`,
      line.explanation.map((step) => format.words(step)).join('; '),
    ),
    { text: format.minutes(line.minutes), noWrap: true },
    { text: format.money(line.ratePerHourKopecks), noWrap: true },
    { text: format.money(line.sumKopecks), noWrap: true },
  ])
  const credits = bill.credits.map((credit): PdfCell[] => [
    `${format.word('credits')}: ${format.words(credit.title)}`,
    '',
    '',
    { text: format.money(-credit.kopecks), color: COLOURS.good, noWrap: true },
  ])
  return [
    section(format.word('bill')),
    table(
      [
        { title: format.word('service') },
        { title: format.word('quantity'), width: 76, right: true },
        { title: format.word('rate'), width: 76, right: true },
        { title: format.word('sum'), width: 86, right: true },
      ],
      [...rows, ...credits],
      { total: [format.word('dueSum'), '', '', { text: format.money(bill.dueKopecks), noWrap: true }] },
    ),
  ]
}

export function estimatesSection(report: ClientReport, format: ReportFormat): PdfNode[] {
  if (report.estimates.length === 0) return []
  const numbers = numberWidth(report.estimates.map((estimate) => estimate.ticketNumber))
  return [
    section(format.word('estimates')),
    table(
      [
        { title: format.word('number'), width: numbers },
        { title: format.word('subject') },
        { title: format.word('estimated'), width: 56, right: true },
        { title: format.word('fact'), width: 56, right: true },
        { title: format.word('difference'), width: 62, right: true },
        { title: format.word('price'), width: 66, right: true },
      ],
      report.estimates.map((estimate) => [
        estimate.ticketNumber,
        under(estimate.ticketTitle, format.word(estimate.state)),
        { text: format.minutes(estimate.estimatedMinutes), noWrap: true },
        { text: format.minutes(estimate.actualMinutes), noWrap: true },
        {
          text: estimate.state === 'approved' ? signed(estimate.differenceMinutes, format) : format.word('none'),
          noWrap: true,
        },
        { text: format.money(estimate.estimatedKopecks), noWrap: true },
      ]),
    ),
  ]
}

/** `+10 мин`, `−2 ч`; no sign for none. */
function signed(minutes: number, format: ReportFormat): string {
  return minutes > 0 ? `+${format.minutes(minutes)}` : format.minutes(minutes)
}

export function satisfactionSection(report: ClientReport, format: ReportFormat): PdfNode[] {
  const { satisfaction } = report
  if (satisfaction.ratings.length === 0) return []
  const numbers = numberWidth(satisfaction.ratings.map((rating) => rating.ticketNumber))
  return [
    section(format.word('satisfaction')),
    paragraph(format.word('csat', { share: format.share(satisfaction.csatPermille) })),
    table(
      [
        { title: format.word('number'), width: numbers },
        { title: format.word('rating'), width: 50 },
        { title: format.word('comment') },
      ],
      satisfaction.ratings.map((rating) => [rating.ticketNumber, String(rating.score), rating.comment]),
    ),
  ]
}

export function recommendationsSection(report: ClientReport, format: ReportFormat): PdfNode[] {
  if (report.recommendations.length === 0) return []
  return [
    section(format.word('recommendations')),
    { ul: report.recommendations.map((text) => ({ text, margin: [0, 0, 0, 3] })) },
  ]
}
