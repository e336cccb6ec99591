import { type Kopecks, type Minutes, minutesInWords, moneyInWords, priceOfMinutes, type Words } from '@opora/core'
import type { LineSource } from './document-lines.ts'

/** What papers are made from: the lines, credits and buckets of a closed month. */
export interface MonthStatement {
  lines: readonly StatementLine[]
  credits: readonly { title: Words; kopecks: Kopecks }[]
  buckets: readonly StatementBucket[]
}

export interface StatementLine {
  key: string
  kind: 'fee' | 'hours' | 'purchase' | 'one_off' | 'postpaid' | 'outstaff' | 'surcharge' | 'units'
  title: Words
  minutes: Minutes | null
  ratePerHourKopecks: Kopecks | null
  sumKopecks: Kopecks
  /** Of a line of units: how many are paid for, at which price. */
  units?: { count: number; priceKopecks: Kopecks }
}

export interface StatementBucket {
  formCode: string
  formKind: string
  name: Words
  drawnMinutes: Minutes
  correctedMinutes: Minutes
}

/**
 * When a prepaid stock of hours comes onto the act: month by month as it is used (the money before that is an advance), or at
 * once when it is bought.
 */
export type AdvanceRule = 'as_used' | 'when_bought'

/** What the client is asked to pay for the month: fees, bought hours, work beyond them; less what is credited. */
export function invoiceLines(statement: MonthStatement): { lines: LineSource[]; notes: string[] } {
  return credited(grouped(statement.lines), creditsOf(statement))
}

/** What was rendered in the month. With `as_used` a stock of hours appears by what was drawn from it, at its price. */
export function actLines(
  statement: MonthStatement,
  rule: AdvanceRule,
  rateOfForm: (formCode: string) => Kopecks | null,
): { lines: LineSource[]; notes: string[] } {
  if (rule === 'when_bought') return invoiceLines(statement)
  const rendered = grouped(statement.lines.filter((line) => line.kind !== 'purchase'))
  const drawn = statement.buckets.flatMap((bucket) => drawnLine(bucket, rateOfForm(bucket.formCode)))
  return credited([...rendered, ...drawn], creditsOf(statement))
}

interface Credit {
  title: string
  kopecks: Kopecks
}

/** Penalties and upheld objections, and work of earlier months that was taken back in this one. */
function creditsOf(statement: MonthStatement): Credit[] {
  const returned = statement.lines
    .filter((line) => line.sumKopecks < 0)
    .map((line) => ({ title: `возврат: ${line.title.ru}`, kopecks: -line.sumKopecks }))
  return [...statement.credits.map(({ title, kopecks }) => ({ title: title.ru, kopecks })), ...returned]
}

const STOCKS: readonly string[] = ['deposit', 'annual_package']

function drawnLine(bucket: StatementBucket, rate: Kopecks | null): LineSource[] {
  const minutes = bucket.drawnMinutes - bucket.correctedMinutes
  if (!STOCKS.includes(bucket.formKind) || rate === null || minutes <= 0) return []
  return [
    hoursLine(
      `Работы в счёт предоплаченных часов (${bucket.name.ru})`,
      minutes,
      rate,
      priceOfMinutes(minutes, rate),
      [],
    ),
  ]
}

const WORK: readonly StatementLine['kind'][] = ['postpaid', 'outstaff', 'surcharge']

/** Pieces of work of one kind and rate make one line: the detailed report beside the paper lists each. */
function grouped(lines: readonly StatementLine[]): LineSource[] {
  const groups = new Map<string, StatementLine[]>()
  for (const line of lines.filter((one) => one.sumKopecks > 0)) {
    const key = WORK.includes(line.kind) ? `${line.kind}:${line.ratePerHourKopecks}` : line.key
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  return [...groups.values()].map(lineOfGroup)
}

function lineOfGroup(group: StatementLine[]): LineSource {
  const [first] = group as [StatementLine]
  const amountKopecks = group.reduce((sum, line) => sum + line.sumKopecks, 0)
  const minutes = group.reduce((sum, line) => sum + (line.minutes ?? 0), 0)
  const sources = group.map((line) => line.key)
  if (WORK.includes(first.kind) && minutes > 0 && first.ratePerHourKopecks !== null)
    return hoursLine(first.title.ru, minutes, first.ratePerHourKopecks, amountKopecks, sources)
  if (first.units) {
    const { count, priceKopecks } = first.units
    return { title: first.title.ru, unit: 'piece', quantityMilli: count * 1_000, priceKopecks, amountKopecks, sources }
  }
  const unit = first.kind === 'fee' || first.kind === 'hours' ? 'month' : 'service'
  return whole(first.title.ru, amountKopecks, unit, sources)
}

/** Hours by their rate where quantity × price is the sum to the kopeck; else one service that says its hours in words. */
function hoursLine(
  title: string,
  minutes: Minutes,
  rate: Kopecks,
  amountKopecks: Kopecks,
  sources: string[],
): LineSource {
  const quantityMilli = (minutes * 1_000) / 60
  if (Number.isInteger(quantityMilli) && priceOfMinutes(minutes, rate) === amountKopecks)
    return { title, unit: 'hour', quantityMilli, priceKopecks: rate, amountKopecks, sources }
  return whole(
    `${title}, ${minutesInWords(minutes, 'ru')} по ${moneyInWords(rate, 'ru')} за час`,
    amountKopecks,
    'service',
    sources,
  )
}

function whole(title: string, amountKopecks: Kopecks, unit: LineSource['unit'], sources: string[]): LineSource {
  return { title, unit, quantityMilli: 1_000, priceKopecks: amountKopecks, amountKopecks, sources }
}

/**
 * Credits lower the lines they stand against, the greatest first, because papers with VAT carry no negative line; a note says by
 * how much and why. What no line can take is said as well: it stays the client's.
 */
function credited(lines: LineSource[], credits: readonly Credit[]): { lines: LineSource[]; notes: string[] } {
  let left = credits.reduce((sum, credit) => sum + credit.kopecks, 0)
  if (left === 0) return { lines, notes: [] }
  const lowered = [...lines]
  const order = lines.map((_, index) => index).toSorted((a, b) => lines[b]!.amountKopecks - lines[a]!.amountKopecks)
  for (const index of order) {
    const line = lines[index]!
    const part = Math.min(left, line.amountKopecks)
    if (part === 0) continue
    left -= part
    const title = `${line.title} (снижено на ${moneyInWords(part, 'ru')})`
    lowered[index] = whole(title, line.amountKopecks - part, 'service', line.sources)
  }
  const notes = credits.map((one) => `Снижение на ${moneyInWords(one.kopecks, 'ru')}: ${one.title}`)
  if (left > 0) notes.push(`Не зачтено в этом месяце: ${moneyInWords(left, 'ru')}`)
  return { lines: lowered.filter((line) => line.amountKopecks > 0), notes }
}
