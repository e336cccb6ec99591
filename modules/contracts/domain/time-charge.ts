import {
  type CivilDate,
  type CivilMonth,
  civilDateIn,
  type Instant,
  type Kopecks,
  type Minutes,
  type Words,
} from '@opora/core'
import type { Piece, Span } from './borders.ts'
import { type PiecesInput, piecesOf, roundingGroups } from './charge-pieces.ts'
import { type AvailableBucket, availableBuckets, planDraws } from './draws.ts'
import { drawInPlace, type LateDraw, withPlanned } from './late-draw.ts'
import type { Ledger, PlannedEntry } from './ledger.ts'
import {
  type BasisPoints,
  exactTime,
  groupSteps,
  multiplierOf,
  multiplierSteps,
  PLAIN,
  priceStep,
  priceUnderMultiplier,
  rateFor,
  roundingSteps,
} from './rates.ts'
import { type MicroMinutes, roundPieces } from './rounding.ts'
import { isSuspendedOn } from './suspension.ts'
import type { ActivityCode, ContractVersion, GradeCode, OutstaffForm, RateTerms, ServiceCode } from './terms.ts'

/** A time entry as the ledger sees it: billable work of one person on one ticket. */
export interface WorkedTime {
  id: string
  /** Counts the entry's redrawings after corrections: part of the keys, so that a redrawn entry posts anew. */
  revision: number
  /** Counts the ledger's own redrawings, when a piece of the same rounding group was taken back. */
  redraw?: number
  ticketId: string
  personId: string
  activity: ActivityCode
  grade: GradeCode | null
  service: ServiceCode | null
  urgent: boolean
  onSite: boolean
  when: PiecesInput['when']
}

/** Money for work: beyond the buckets, by an outstaff's rate, or the surcharge on hours that a bucket paid for. */
export interface WorkCharge {
  key: string
  kind: 'postpaid' | 'outstaff' | 'surcharge'
  contractId: string
  timeEntryId: string
  ticketId: string
  activity: ActivityCode
  effectiveAt: Instant
  month: CivilMonth
  minutes: Minutes
  ratePerHourKopecks: Kopecks
  sumKopecks: Kopecks
  explanation: Words[]
}

export interface TimeCharge {
  workedMinutes: Minutes
  billableMinutes: Minutes
  entries: PlannedEntry[]
  charges: WorkCharge[]
  /** Billable minutes that wait for the client, because the contract says to stop. */
  stoppedMinutes: Minutes
  /** Minutes of days that no version of the contract reaches; the caller refuses when there are any. */
  uncoveredMinutes: Minutes
  /** Exact billable time by rounding group (`ticket:date`): the next entry of the group begins from it. */
  exactByGroup: Record<string, MicroMinutes>
  explanation: Words[]
}

export interface TimeChargeInput {
  contractId: string
  work: WorkedTime
  versions: readonly ContractVersion[]
  ledger: Ledger
  /** Service hours of a calendar. */
  openIntervals: (from: Instant, to: Instant, calendarCode: string) => readonly Span[]
  /** What the same task and day has been charged already, for contracts that round per task and day. */
  exactBefore?: Record<string, MicroMinutes>
  /** What the group was billed for it; absent: what its rounding gives. */
  billedBefore?: Record<string, Minutes>
  /** Work of a closed month: drawn and charged at this instant, in the place of what was given back. `ledger` begins then. */
  late?: LateDraw
  /** Why the work is drawn anew: the first step of its explanation. */
  because?: Words
}

interface ChargedPiece {
  piece: Piece
  multiplier: BasisPoints
  billableMinutes: Minutes
}

/** What the pieces charged so far have left of what was given back. */
interface Places {
  buckets: AvailableBucket[]
  beyondMinutes: Minutes
}

/** Draws and charges of one time entry: split at borders, multiply, round up once, draw, price what is beyond. */
export function chargeTime(input: TimeChargeInput): TimeCharge {
  const pieces = piecesOf({ ...input, when: input.work.when })
  const charge: TimeCharge = {
    workedMinutes: pieces.reduce((sum, piece) => sum + piece.minutes, 0),
    billableMinutes: 0,
    entries: [],
    charges: [],
    stoppedMinutes: 0,
    uncoveredMinutes: 0,
    exactByGroup: { ...input.exactBefore },
    explanation: input.because ? [input.because] : [],
  }
  const places = { buckets: [...(input.late?.buckets ?? [])], beyondMinutes: input.late?.beyondMinutes ?? 0 }
  for (const group of roundingGroups(pieces, input.versions)) {
    if (group.version === null) charge.uncoveredMinutes += sumMinutes(group.pieces)
    else chargeGroup(charge, input, group.version, group.pieces, places)
  }
  return charge
}

function chargeGroup(
  charge: TimeCharge,
  input: TimeChargeInput,
  version: ContractVersion,
  pieces: Piece[],
  places: Places,
): void {
  const { rates } = version.terms
  const { work } = input
  const takesMoney = rates.multipliersTake === 'money'
  const multipliers = pieces.map((piece) => multiplierOf({ ...work, outOfHours: piece.outOfHours }, rates))
  const exact = pieces.map((piece, i) => exactTime(piece.minutes, takesMoney ? PLAIN : (multipliers[i] ?? PLAIN)))
  const total = exact.reduce((sum, part) => sum + part, 0)
  const groupKey = `${work.ticketId}:${pieces[0]?.date}`
  const before = rates.roundingPer === 'task_and_day' ? (charge.exactByGroup[groupKey] ?? 0) : 0
  const billed = rates.roundingPer === 'task_and_day' ? input.billedBefore?.[groupKey] : undefined
  const billable = roundPieces(exact, rates.roundingStepMinutes, before, billed)
  if (rates.roundingPer === 'task_and_day') charge.exactByGroup[groupKey] = before + total
  const charged = pieces.map((piece, i) => ({
    piece,
    multiplier: multipliers[i] ?? PLAIN,
    billableMinutes: billable[i] ?? 0,
  }))
  const billableMinutes = billable.reduce((sum, part) => sum + part, 0)
  charge.billableMinutes += billableMinutes
  charge.explanation.push(
    ...unknownHoursSteps(pieces, work, rates),
    ...charged.flatMap(({ piece, multiplier }) =>
      multiplierSteps(piece.minutes, multiplier, { ...work, outOfHours: piece.outOfHours }, takesMoney),
    ),
    ...(before === 0
      ? roundingSteps(total, billableMinutes, rates.roundingStepMinutes)
      : groupSteps(before, total, rates.roundingStepMinutes, billed)),
  )
  const outstaff = outstaffOf(version, work, pieces[0]?.date ?? '')
  if (outstaff) chargeMoney(charge, input, version, charged, outstaff.ratePerHourKopecks, 'outstaff')
  else drawPieces(charge, input, version, charged, places)
}

/** Said where a start could have changed the figure: the day had hours outside service, and they would have counted more. */
function unknownHoursSteps(pieces: readonly Piece[], work: WorkedTime, rates: RateTerms): Words[] {
  if (work.urgent || rates.urgentPercent <= 100 || !pieces.some((piece) => piece.hoursUnknown)) return []
  return [
    {
      ru: 'начало не указано: как в часах обслуживания',
      en: 'no start given: as inside service hours',
    },
  ]
}

/** The drawing of a piece of work, as its keys name it. */
export function drawingOf(work: Pick<WorkedTime, 'id' | 'revision' | 'redraw'>): string {
  return `${work.id}:r${work.revision}${work.redraw ? `.${work.redraw}` : ''}`
}

function outstaffOf(version: ContractVersion, work: WorkedTime, date: CivilDate): OutstaffForm | undefined {
  return version.terms.forms.find(
    (form): form is OutstaffForm =>
      form.kind === 'outstaff' && form.personId === work.personId && form.from <= date && date <= form.to,
  )
}

const SUSPENDED: Words = {
  ru: 'договор в этот день приостановлен: часы не списываются',
  en: 'the contract is suspended on that day: no hours are drawn',
}

function drawPieces(
  charge: TimeCharge,
  input: TimeChargeInput,
  version: ContractVersion,
  pieces: ChargedPiece[],
  places: Places,
): void {
  const { work, ledger, late } = input
  const { rates } = version.terms
  const beyond: ChargedPiece[] = []
  const covered: ChargedPiece[] = []
  for (const charged of pieces) {
    const isSuspended = !late && isSuspendedOn(version.suspended, charged.piece.date)
    if (isSuspended) charge.explanation.push(SUSPENDED)
    const draw = {
      key: `${drawingOf(work)}:${charged.piece.from}`,
      timeEntryId: work.id,
      effectiveAt: late?.at ?? charged.piece.from,
      billableMinutes: charged.billableMinutes,
      activity: work.activity,
      service: work.service,
      explanation: charge.explanation.slice(),
    }
    const draws = late
      ? drawInPlace(places, ledger, charge.entries, draw, rates)
      : planDraws(
          isSuspended ? [] : availableBuckets(withPlanned(ledger, charge.entries), draw.effectiveAt),
          draw,
          rates,
        )
    charge.entries.push(...draws.entries)
    charge.stoppedMinutes += draws.stoppedMinutes
    charge.explanation.push(...draws.explanation)
    covered.push({ ...charged, billableMinutes: draws.coveredMinutes })
    beyond.push({ ...charged, billableMinutes: draws.overageMinutes })
  }
  const rate = rateFor(rates, work.activity, work.grade)
  chargeMoney(charge, input, version, beyond, rate, 'postpaid')
  if (rates.multipliersTake === 'money') chargeMoney(charge, input, version, covered, rate, 'surcharge')
}

function chargeMoney(
  charge: TimeCharge,
  input: TimeChargeInput,
  version: ContractVersion,
  pieces: ChargedPiece[],
  ratePerHourKopecks: Kopecks,
  kind: WorkCharge['kind'],
): void {
  const takesMoney = version.terms.rates.multipliersTake === 'money'
  const parts = pieces
    .filter((charged) => charged.billableMinutes > 0)
    .map(({ billableMinutes, multiplier }) => ({
      minutes: billableMinutes,
      multiplier: kind === 'surcharge' ? multiplier - PLAIN : takesMoney ? multiplier : PLAIN,
    }))
    .filter((part) => part.multiplier > 0)
  const first = pieces[0]
  if (parts.length === 0 || first === undefined) return
  const minutes = parts.reduce((sum, part) => sum + part.minutes, 0)
  const sumKopecks = priceUnderMultiplier(parts, ratePerHourKopecks)
  const steps = parts.map((part) =>
    priceStep(part.minutes, ratePerHourKopecks, priceUnderMultiplier([part], ratePerHourKopecks), part.multiplier),
  )
  const { work, late } = input
  charge.charges.push({
    key: `charge:${drawingOf(work)}:${first.piece.from}:${kind}`,
    kind,
    contractId: input.contractId,
    timeEntryId: work.id,
    ticketId: work.ticketId,
    activity: work.activity,
    effectiveAt: late?.at ?? first.piece.from,
    month: late ? civilDateIn(version.terms.zone, late.at).slice(0, 7) : first.piece.date.slice(0, 7),
    minutes,
    ratePerHourKopecks,
    sumKopecks,
    explanation: [...charge.explanation, ...steps],
  })
  charge.explanation.push(...steps)
}

/** The opposite of a charge, dated in the open period; the original stays as it was invoiced. */
export function reverseCharge(
  charge: WorkCharge,
  correction: { id: string; effectiveAt: Instant; month: CivilMonth; reason: Words },
): WorkCharge {
  return {
    ...charge,
    key: `reversal:${correction.id}:${charge.key}`,
    effectiveAt: correction.effectiveAt,
    month: correction.month,
    minutes: -charge.minutes,
    sumKopecks: -charge.sumKopecks,
    explanation: [correction.reason],
  }
}

function sumMinutes(pieces: readonly Piece[]): Minutes {
  return pieces.reduce((sum, piece) => sum + piece.minutes, 0)
}
