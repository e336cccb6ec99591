import type { ClientReport } from '../domain/client-report.ts'
import type { ReportFormat } from './report-format.ts'
import { columns, day, preamble, roubles, wallDate } from './xlsx-cells.ts'
import type { XlsxSheet, XlsxValue } from './xlsx-engine.ts'

export function requestsSheet(report: ClientReport, format: ReportFormat): XlsxSheet {
  return {
    name: format.word('requests'),
    preamble: preamble(report, format, 'requests'),
    columns: columns(format, [
      ['number', 12, 'text'],
      ['subject', 60, 'text'],
      ['kind', 22, 'text'],
      ['priority', 14, 'text'],
      ['portal', 26, 'text'],
      ['state', 24, 'text'],
      ['opened', 17, 'moment'],
      ['solved', 17, 'moment'],
      ['workedMinutes', 12, 'minutes'],
    ]),
    rows: report.requests.list.map((request) => [
      request.number,
      request.title,
      request.kind === null ? null : format.words(request.kind),
      request.priority === null ? null : format.priority(request.priority),
      request.portal,
      format.words(request.state),
      wallDate(report.zone, request.openedAt),
      wallDate(report.zone, request.solvedAt),
      request.workedMinutes,
    ]),
  }
}

export function promisesSheet(report: ClientReport, format: ReportFormat): XlsxSheet {
  return {
    name: format.locale === 'ru' ? 'Сроки' : 'Promises',
    preamble: preamble(report, format, 'promises'),
    columns: columns(format, [
      ['number', 12, 'text'],
      ['subject', 50, 'text'],
      ['metric', 18, 'text'],
      ['priority', 14, 'text'],
      ['promised', 26, 'text'],
      ['actual', 16, 'text'],
      ['due', 17, 'moment'],
      ['met', 17, 'moment'],
      ['outcome', 13, 'text'],
      ['late', 16, 'text'],
      ['comment', 50, 'text'],
    ]),
    rows: report.promises.list.map((clock) => [
      clock.ticketNumber,
      clock.ticketTitle,
      format.word(clock.metric),
      clock.priority === null ? null : format.priority(clock.priority),
      format.words(clock.promised),
      clock.actualMinutes === null ? null : format.minutes(clock.actualMinutes),
      wallDate(report.zone, clock.dueAt),
      wallDate(report.zone, clock.metAt),
      format.word(clock.outcome),
      clock.lateMinutes === 0 ? null : format.minutes(clock.lateMinutes),
      clock.note,
    ]),
  }
}

export function workSheet(report: ClientReport, format: ReportFormat): XlsxSheet {
  return {
    name: format.locale === 'ru' ? 'Работы' : 'Work',
    preamble: preamble(report, format, 'work'),
    columns: columns(format, [
      ['date', 12, 'day'],
      ['number', 12, 'text'],
      ['subject', 44, 'text'],
      ['person', 22, 'text'],
      ['activity', 18, 'text'],
      ['done', 60, 'text'],
      ['workedMinutes', 12, 'minutes'],
      ['billableMinutes', 14, 'minutes'],
      ['paidFrom', 18, 'text'],
      ['how', 50, 'text'],
    ]),
    rows: report.work.lines.map((line) => [
      day(line.date),
      line.ticketNumber,
      line.ticketTitle,
      line.person,
      format.words(line.activity),
      line.description,
      line.workedMinutes,
      line.billableMinutes,
      line.correction ? `${format.word(line.share)}, ${format.word('correction')}` : format.word(line.share),
      line.explanation.map((step) => format.words(step)).join('; '),
    ]),
    total: [
      format.word('total'),
      null,
      null,
      null,
      null,
      null,
      report.summary.workedMinutes,
      report.summary.billableMinutes,
      null,
      null,
    ],
  }
}

export function hoursSheet(report: ClientReport, format: ReportFormat): XlsxSheet {
  const cells = (bucket: ClientReport['hours']['total']): number[] => [
    bucket.openingMinutes,
    bucket.boughtMinutes,
    bucket.carriedInMinutes,
    bucket.usedMinutes,
    bucket.correctedMinutes,
    bucket.burnedMinutes,
    bucket.carriedOutMinutes,
    bucket.leftMinutes,
  ]
  const inMinutes = format.locale === 'ru' ? ', мин' : ', min'
  return {
    name: format.word('hours'),
    preamble: [
      ...preamble(report, format, 'hours'),
      ...(report.hours.overageMinutes > 0
        ? [format.word('overage', { minutes: format.minutes(report.hours.overageMinutes) })]
        : []),
    ],
    columns: columns(format, [
      ['bucket', 34, 'text'],
      ['opening', 14, 'minutes'],
      ['bought', 14, 'minutes'],
      ['carriedIn', 16, 'minutes'],
      ['used', 14, 'minutes'],
      ['corrected', 16, 'minutes'],
      ['burned', 14, 'minutes'],
      ['carriedOut', 18, 'minutes'],
      ['left', 15, 'minutes'],
    ]).map((column) => (column.kind === 'minutes' ? { ...column, title: column.title + inMinutes } : column)),
    rows: report.hours.buckets.map((bucket) => [format.words(bucket.name), ...cells(bucket)]),
    total: [format.word('total'), ...cells(report.hours.total)],
  }
}

export function billSheet(bill: NonNullable<ClientReport['bill']>, format: ReportFormat, heading: string[]): XlsxSheet {
  return {
    name: format.word('bill'),
    preamble: heading,
    columns: columns(format, [
      ['service', 50, 'text'],
      ['number', 12, 'text'],
      ['workedMinutes', 12, 'minutes'],
      ['rate', 14, 'money'],
      ['sum', 16, 'money'],
      ['how', 60, 'text'],
    ]),
    rows: [
      ...bill.lines.map((line): XlsxValue[] => [
        format.words(line.title),
        line.ticketNumber,
        line.minutes,
        roubles(line.ratePerHourKopecks),
        roubles(line.sumKopecks),
        line.explanation.map((step) => format.words(step)).join('; '),
      ]),
      ...bill.credits.map((credit): XlsxValue[] => [
        `${format.word('credits')}: ${format.words(credit.title)}`,
        null,
        null,
        null,
        roubles(-credit.kopecks),
        null,
      ]),
    ],
    total: [format.word('dueSum'), null, null, null, roubles(bill.dueKopecks), null],
  }
}

export function estimatesSheet(report: ClientReport, format: ReportFormat): XlsxSheet {
  return {
    name: format.locale === 'ru' ? 'Оценки' : 'Estimates',
    preamble: preamble(report, format, 'estimates'),
    columns: columns(format, [
      ['number', 12, 'text'],
      ['subject', 60, 'text'],
      ['decision', 20, 'text'],
      ['estimated', 14, 'minutes'],
      ['fact', 14, 'minutes'],
      ['difference', 14, 'minutes'],
      ['price', 16, 'money'],
    ]).map((column) =>
      column.kind === 'minutes'
        ? { ...column, title: `${column.title}, ${format.locale === 'ru' ? 'мин' : 'min'}` }
        : column,
    ),
    rows: report.estimates.map((estimate) => [
      estimate.ticketNumber,
      estimate.ticketTitle,
      format.word(estimate.state),
      estimate.estimatedMinutes,
      estimate.actualMinutes,
      estimate.state === 'approved' ? estimate.differenceMinutes : null,
      roubles(estimate.estimatedKopecks),
    ]),
  }
}

export function ratingsSheet(report: ClientReport, format: ReportFormat): XlsxSheet {
  return {
    name: format.locale === 'ru' ? 'Отзывы' : 'Ratings',
    preamble: preamble(report, format, 'satisfaction'),
    columns: columns(format, [
      ['number', 12, 'text'],
      ['rating', 10, 'number'],
      ['comment', 80, 'text'],
    ]),
    rows: report.satisfaction.ratings.map((rating) => [rating.ticketNumber, rating.score, rating.comment]),
  }
}
