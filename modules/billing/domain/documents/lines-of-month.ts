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
  kind: 'fee' | 'hours' | 'purchase' | 'one_off' | 'postpaid' | 'outstaff' | 'surcharge'
  title: Words
  minutes: Minutes | null
  ratePerHourKopecks: Kopecks | null
  sumKopecks: Kopecks
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
  return credited(grouped(statement.lines), creditedSum(statement), statement)
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
  return credited([...rendered, ...drawn], creditedSum(statement), statement)
}

function creditedSum(statement: MonthStatement): Kopecks {
  return statement.credits.reduce((sum, credit) => sum + credit.kopecks, 0)
}

const STOCKS: readonly string[] = ['deposit', 'annual_package']

function drawnLine(bucket: StatementBucket, rate: Kopecks | null): LineSource[] {
  const minutes = bucket.drawnMinutes - bucket.correctedMinutes
  if (!STOCKS.includes(bucket.formKind) || rate === null || minutes <= 0) return []
  return [
    hoursLine(`Работы в счёт предоплаченных часов (${bucket.name.ru})`, minutes, rate, priceOfMinutes(minutes, rate)),
  ]
}

const WORK: readonly StatementLine['kind'][] = ['postpaid', 'outstaff', 'surcharge']

/** Pieces of work of one kind and rate make one line: the detailed report beside the paper lists each. */
function grouped(lines: readonly StatementLine[]): LineSource[] {
  const groups = new Map<string, StatementLine[]>()
  for (const line of lines) {
    const key = WORK.includes(line.kind) ? `${line.kind}:${line.ratePerHourKopecks}` : line.key
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  return [...groups.values()].map(lineOfGroup)
}

function lineOfGroup(group: StatementLine[]): LineSource {
  const [first] = group as [StatementLine]
  const amountKopecks = group.reduce((sum, line) => sum + line.sumKopecks, 0)
  const minutes = group.reduce((sum, line) => sum + (line.minutes ?? 0), 0)
  if (WORK.includes(first.kind) && minutes > 0 && first.ratePerHourKopecks !== null)
    return hoursLine(first.title.ru, minutes, first.ratePerHourKopecks, amountKopecks)
  const unit = first.kind === 'fee' || first.kind === 'hours' ? 'month' : 'service'
  return whole(first.title.ru, amountKopecks, unit)
}

/** Hours by their rate where quantity × price is the sum to the kopeck; else one service that says its hours in words. */
function hoursLine(title: string, minutes: Minutes, rate: Kopecks, amountKopecks: Kopecks): LineSource {
  const quantityMilli = (minutes * 1_000) / 60
  if (Number.isInteger(quantityMilli) && priceOfMinutes(minutes, rate) === amountKopecks)
    return { title, unit: 'hour', quantityMilli, priceKopecks: rate, amountKopecks }
  return whole(
    `${title}, ${minutesInWords(minutes, 'ru')} по ${moneyInWords(rate, 'ru')} за час`,
    amountKopecks,
    'service',
  )
}

function whole(title: string, amountKopecks: Kopecks, unit: LineSource['unit']): LineSource {
  return { title, unit, quantityMilli: 1_000, priceKopecks: amountKopecks, amountKopecks }
}

/**
 * Credits lower the lines they stand against, the greatest first, because papers with VAT carry no negative line; a note says by
 * how much and why. What no line can take stays with the client as a claim, and is said as well.
 */
function credited(
  lines: LineSource[],
  credit: Kopecks,
  statement: MonthStatement,
): { lines: LineSource[]; notes: string[] } {
  if (credit <= 0) return { lines, notes: [] }
  let left = credit
  const order = lines.map((_, index) => index).toSorted((a, b) => lines[b]!.amountKopecks - lines[a]!.amountKopecks)
  const lowered = [...lines]
  for (const index of order) {
    const line = lines[index]!
    const part = Math.min(left, line.amountKopecks)
    if (part === 0) continue
    left -= part
    lowered[index] = whole(
      `${line.title} (снижено на ${moneyInWords(part, 'ru')})`,
      line.amountKopecks - part,
      'service',
    )
  }
  const notes = statement.credits.map((one) => `Снижение на ${moneyInWords(one.kopecks, 'ru')}: ${one.title.ru}`)
  if (left > 0) notes.push(`Не зачтено в этом месяце: ${moneyInWords(left, 'ru')}`)
  return { lines: lowered.filter((line) => line.amountKopecks > 0), notes }
}
