import type { Words } from '@opora/core'
import type { Labelled, RequestInput } from './build-report.ts'
import type { ReportCount, ReportRequest, ReportRequests, ReportWorkLine } from './client-report.ts'
import { compareNumbers, compareText, sum } from './report-order.ts'

const NO_KIND: Words = { ru: 'Не определён', en: 'Not set' }
const NO_PORTAL: Words = { ru: 'Без портала', en: 'No portal' }

export const PRIORITY_NAMES: Record<number, Words> = {
  1: { ru: 'Критический', en: 'Critical' },
  2: { ru: 'Высокий', en: 'High' },
  3: { ru: 'Средний', en: 'Medium' },
  4: { ru: 'Низкий', en: 'Low' },
}

export function requestsSection(requests: readonly RequestInput[], lines: readonly ReportWorkLine[]): ReportRequests {
  const list = requests
    .toSorted((a, b) => a.openedAt - b.openedAt || compareNumbers(a.number, b.number))
    .map(
      (request): ReportRequest => ({
        number: request.number,
        title: request.title,
        kind: request.kind?.name ?? null,
        priority: request.priority,
        portal: request.portal,
        state: request.state.name,
        openedAt: request.openedAt,
        solvedAt: request.rejectedAt === null ? request.solvedAt : null,
        workedMinutes: sum(
          lines.filter((line) => line.ticketNumber === request.number),
          (line) => line.workedMinutes,
        ),
      }),
    )
  const priorityOf = (request: RequestInput): Labelled | null =>
    request.priority === null
      ? null
      : { code: String(request.priority), name: PRIORITY_NAMES[request.priority] ?? NO_KIND }
  const portalOf = (request: RequestInput): Labelled | null =>
    request.portal === null ? null : { code: request.portal, name: { ru: request.portal, en: request.portal } }
  return {
    byKind: counts(requests, (request) => request.kind, NO_KIND, byCount),
    byPriority: counts(requests, priorityOf, NO_KIND, byCode),
    byPortal: counts(requests, portalOf, NO_PORTAL, byCount),
    byState: counts(requests, (request) => request.state, NO_KIND, byCount),
    list,
  }
}

function counts(
  requests: readonly RequestInput[],
  labelOf: (request: RequestInput) => Labelled | null,
  none: Words,
  order: (a: ReportCount, b: ReportCount) => number,
): ReportCount[] {
  const rows = new Map<string | null, ReportCount>()
  for (const request of requests) {
    const label = labelOf(request)
    const code = label?.code ?? null
    const row = rows.get(code) ?? { code, name: label?.name ?? none, count: 0 }
    rows.set(code, { ...row, count: row.count + 1 })
  }
  return [...rows.values()].toSorted(order)
}

/** Requests without a value come last. */
function byCode(a: ReportCount, b: ReportCount): number {
  return compareText(a.code ?? '\uffff', b.code ?? '\uffff')
}

function byCount(a: ReportCount, b: ReportCount): number {
  return b.count - a.count || byCode(a, b)
}
