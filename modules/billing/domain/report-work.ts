import type { Minutes, Words } from '@opora/core'
import type { WorkInput } from './build-report.ts'
import type { ReportBucket, ReportHours, ReportWorkLine, ReportWorkSection, ReportWorkTotal } from './client-report.ts'
import { compareNumbers, compareText, sum } from './report-order.ts'

export function workSection(work: readonly WorkInput[]): ReportWorkSection {
  const lines = work
    .filter((line) => line.visible || line.billableMinutes !== 0)
    .map(({ visible, ...line }): ReportWorkLine => ({ ...line, description: visible ? line.description : '' }))
    .toSorted(
      (a, b) =>
        compareText(a.date, b.date) ||
        compareNumbers(a.ticketNumber, b.ticketNumber) ||
        compareText(a.person, b.person) ||
        compareText(a.description, b.description) ||
        a.workedMinutes - b.workedMinutes,
    )
  return {
    byPerson: totals(lines, (line) => ({ ru: line.person, en: line.person })),
    byActivity: totals(lines, (line) => line.activity),
    lines,
  }
}

function totals(lines: readonly ReportWorkLine[], nameOf: (line: ReportWorkLine) => Words): ReportWorkTotal[] {
  const rows = new Map<string, ReportWorkTotal>()
  for (const line of lines) {
    const name = nameOf(line)
    const row = rows.get(name.ru) ?? { name, workedMinutes: 0, billableMinutes: 0 }
    rows.set(name.ru, {
      name,
      workedMinutes: row.workedMinutes + line.workedMinutes,
      billableMinutes: row.billableMinutes + line.billableMinutes,
    })
  }
  return [...rows.values()].toSorted((a, b) => b.workedMinutes - a.workedMinutes || compareText(a.name.ru, b.name.ru))
}

export function hoursSection(buckets: readonly ReportBucket[], overageMinutes: Minutes): ReportHours {
  const total = (pick: (bucket: ReportBucket) => Minutes) => sum(buckets, pick)
  return {
    buckets: [...buckets],
    total: {
      openingMinutes: total((b) => b.openingMinutes),
      boughtMinutes: total((b) => b.boughtMinutes),
      carriedInMinutes: total((b) => b.carriedInMinutes),
      usedMinutes: total((b) => b.usedMinutes),
      correctedMinutes: total((b) => b.correctedMinutes),
      burnedMinutes: total((b) => b.burnedMinutes),
      carriedOutMinutes: total((b) => b.carriedOutMinutes),
      leftMinutes: total((b) => b.leftMinutes),
    },
    overageMinutes,
  }
}
