import {
  bar,
  COLOURS,
  COLUMN_GAP,
  HALF_WIDTH,
  numberWidth,
  type PdfCell,
  type PdfNode,
  paragraph,
  section,
  subsection,
  table,
} from '@opora/platform/pdf'
import type {
  ClientReport,
  ReportClock,
  ReportCount,
  ReportWorkLine,
  ReportWorkTotal,
} from '../domain/client-report.ts'
import type { ReportFormat } from './report-format.ts'

export function requestsSection(report: ClientReport, format: ReportFormat): PdfNode[] {
  const { requests } = report
  if (requests.list.length === 0) return [section(format.word('requests')), paragraph(format.word('requestsNone'))]
  const numbers = numberWidth(requests.list.map((request) => request.number))
  return [
    section(format.word('requests')),
    pair(
      countTable(format.word('byKind'), requests.byKind, format),
      countTable(format.word('byPriority'), requests.byPriority, format),
    ),
    pair(
      countTable(format.word('byState'), requests.byState, format),
      countTable(format.word('byPortal'), requests.byPortal, format),
    ),
    { text: '', margin: [0, 8, 0, 0] },
    table(
      [
        { title: format.word('number'), width: numbers },
        { title: format.word('subject') },
        { title: format.word('priority'), width: 58 },
        { title: format.word('state'), width: 76 },
        { title: format.word('opened'), width: 46, right: true },
        { title: format.word('solved'), width: 46, right: true },
        { title: format.word('time'), width: 54, right: true },
      ],
      requests.list.map((request) => [
        request.number,
        under(request.title, [format.words(request.kind), request.portal ?? ''].filter((part) => part).join(' · ')),
        format.priority(request.priority),
        format.words(request.state),
        format.moment(request.openedAt),
        format.moment(request.solvedAt),
        {
          text: request.workedMinutes === 0 ? format.word('none') : format.minutes(request.workedMinutes),
          noWrap: true,
        },
      ]),
    ),
  ]
}

export function promisesSection(report: ClientReport, format: ReportFormat): PdfNode[] {
  const { promises } = report
  if (promises.list.length === 0) return [section(format.word('promises')), paragraph(format.word('promisesNone'))]
  return [
    section(format.word('promises')),
    table(
      [
        { title: format.word('metric') },
        { title: format.word('kept'), width: 70, right: true },
        { title: format.word('missed'), width: 70, right: true },
        { title: format.word('running'), width: 70, right: true },
        { title: format.word('share'), width: 80, right: true },
      ],
      promises.byMetric.map((row) => [
        format.word(row.metric),
        String(row.kept),
        { text: String(row.missed), color: row.missed > 0 ? COLOURS.bad : COLOURS.ink, bold: row.missed > 0 },
        String(row.running),
        format.share(row.keptPermille),
      ]),
    ),
    subsection(format.word('breaches')),
    ...(promises.breaches.length === 0
      ? [paragraph(format.word('breachesNone'), COLOURS.good)]
      : [breachTable(promises.breaches, format)]),
    subsection(format.word('allPromises')),
    clockTable(promises.list, format),
  ]
}

function breachTable(breaches: ReportClock[], format: ReportFormat): PdfNode {
  const numbers = numberWidth(breaches.map((clock) => clock.ticketNumber))
  return table(
    [
      { title: format.word('number'), width: numbers },
      { title: format.word('subject') },
      { title: format.word('promised'), width: 92 },
      { title: format.word('due'), width: 52, right: true },
      { title: format.word('met'), width: 52, right: true },
      { title: format.word('late'), width: 64, right: true },
    ],
    breaches.map((clock) => [
      clock.ticketNumber,
      under(clock.ticketTitle, clock.note ?? ''),
      under(format.word(clock.metric), format.words(clock.promised)),
      format.moment(clock.dueAt),
      format.moment(clock.metAt),
      { text: format.minutes(clock.lateMinutes), color: COLOURS.bad, bold: true, noWrap: true },
    ]),
  )
}

const OUTCOME_COLOURS: Record<ReportClock['outcome'], string> = {
  kept: COLOURS.good,
  missed: COLOURS.bad,
  running: COLOURS.quiet,
}

function clockTable(clocks: ReportClock[], format: ReportFormat): PdfNode {
  const numbers = numberWidth(clocks.map((clock) => clock.ticketNumber))
  return table(
    [
      { title: format.word('number'), width: numbers },
      { title: format.word('metric'), width: 76 },
      { title: format.word('promised') },
      { title: format.word('actual'), width: 62, right: true },
      { title: format.word('due'), width: 58, right: true },
      { title: format.word('met'), width: 58, right: true },
      { title: format.word('outcome'), width: 50, right: true },
    ],
    clocks.map((clock) => [
      clock.ticketNumber,
      format.word(clock.metric),
      format.words(clock.promised),
      { text: format.minutes(clock.actualMinutes), noWrap: true },
      format.shortMoment(clock.dueAt),
      format.shortMoment(clock.metAt),
      { text: format.word(clock.outcome), color: OUTCOME_COLOURS[clock.outcome] },
    ]),
  )
}

export function workSection(report: ClientReport, format: ReportFormat): PdfNode[] {
  const { work, summary } = report
  if (work.lines.length === 0) return [section(format.word('work')), paragraph(format.word('workNone'))]
  const numbers = numberWidth(work.lines.map((line) => line.ticketNumber))
  return [
    section(format.word('work')),
    pair(
      totalTable(format.word('byPerson'), work.byPerson, format),
      totalTable(format.word('byActivity'), work.byActivity, format),
    ),
    { text: '', margin: [0, 8, 0, 0] },
    table(
      [
        { title: format.word('date'), width: 46 },
        { title: format.word('number'), width: numbers },
        { title: format.word('done') },
        { title: format.word('person'), width: 76 },
        { title: format.word('worked'), width: 54, right: true },
        { title: format.word('billable'), width: 54, right: true },
      ],
      work.lines.map((line) => [
        format.day(line.date),
        line.ticketNumber,
        workCell(line, format),
        line.person,
        { text: format.minutes(line.workedMinutes), noWrap: true },
        { text: format.minutes(line.billableMinutes), noWrap: true },
      ]),
      {
        total: [
          format.word('total'),
          '',
          '',
          '',
          { text: format.minutes(summary.workedMinutes), noWrap: true },
          { text: format.minutes(summary.billableMinutes), noWrap: true },
        ],
      },
    ),
  ]
}

/** What was done, under it the activity, from where it is paid and how the minutes came about. */
function workCell(line: ReportWorkLine, format: ReportFormat): PdfCell {
  const facts = [
    format.words(line.activity),
    format.word(line.share),
    ...(line.correction ? [format.word('correction')] : []),
    ...line.explanation.map((step) => format.words(step)),
  ]
  return under(line.description === '' ? line.ticketTitle : line.description, facts.join(' · '))
}

function totalTable(title: string, rows: ReportWorkTotal[], format: ReportFormat): PdfNode {
  return {
    stack: [
      table(
        [
          { title },
          { title: format.word('worked'), width: 58, right: true },
          { title: format.word('billable'), width: 58, right: true },
        ],
        rows.map((row) => [
          format.words(row.name),
          { text: format.minutes(row.workedMinutes), noWrap: true },
          { text: format.minutes(row.billableMinutes), noWrap: true },
        ]),
        { width: HALF_WIDTH },
      ),
    ],
  }
}

const BAR_WIDTH = 74

function countTable(title: string, rows: ReportCount[], format: ReportFormat): PdfNode {
  const greatest = Math.max(...rows.map((row) => row.count))
  return {
    stack: [
      table(
        [{ title }, { title: '', width: BAR_WIDTH }, { title: '', width: 22, right: true }],
        rows.map((row) => [format.words(row.name), bar(row.count, greatest, BAR_WIDTH) as PdfCell, String(row.count)]),
        { width: HALF_WIDTH },
      ),
    ],
    unbreakable: true,
  }
}

function pair(left: PdfNode, right: PdfNode): PdfNode {
  return { columns: [left, right], columnGap: COLUMN_GAP, margin: [0, 0, 0, 8] }
}

/** A line of text with a quieter one under it. */
export function under(text: string, note: string): PdfCell {
  return note === '' ? { text } : { stack: [{ text }, { text: note, style: 'small', margin: [0, 1, 0, 0] }] }
}
