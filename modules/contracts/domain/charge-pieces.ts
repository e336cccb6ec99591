import type { CivilDate, Instant, Minutes } from '@opora/core'
import { startOfDate } from '@opora/core'
import { type Piece, pieceOfDay, type Span, splitAtBorders } from './borders.ts'
import { type ContractVersion, nextDay, versionOn } from './terms.ts'

export interface PiecesInput {
  /**
   * When the work was done, or the day alone. Whether it was outside service hours is then somebody's word; `null` leaves it to the
   * calendar: a day without service hours is wholly outside them, work of any other day counts as inside, because a start that nobody
   * gave is no reason to charge more.
   */
  when: Span | { date: CivilDate; minutes: Minutes; outOfHours: boolean | null }
  versions: readonly ContractVersion[]
  openIntervals: (from: Instant, to: Instant, calendarCode: string) => readonly Span[]
}

/** Pieces that are rounded as one. */
export interface RoundingGroup {
  version: ContractVersion | null
  key: string
  pieces: Piece[]
}

/** Work split at the borders of days and service hours; work of which only the day is known is one piece. */
export function piecesOf(input: PiecesInput): Piece[] {
  const { when } = input
  const zoneOf = (version: ContractVersion | undefined) => version?.terms.zone ?? 'UTC'
  if ('date' in when) {
    const version = versionOn(input.versions, when.date)
    const zone = zoneOf(version ?? input.versions[0])
    return [pieceOfDay(when.date, when.minutes, zone, hoursOfDay(input, when, zone))]
  }
  return splitAtBorders(when, zoneOf(input.versions[0]), (from, to) => openByVersion(input, from, to))
}

function hoursOfDay(
  input: PiecesInput,
  when: { date: CivilDate; outOfHours: boolean | null },
  zone: string,
): Pick<Piece, 'outOfHours' | 'hoursUnknown'> {
  if (when.outOfHours !== null) return { outOfHours: when.outOfHours, hoursUnknown: false }
  const from = startOfDate(zone, when.date)
  const to = startOfDate(zone, nextDay(when.date))
  const open = openByVersion(input, from, to).reduce((sum, span) => sum + span.to - span.from, 0)
  return { outOfHours: open === 0, hoursUnknown: open > 0 && open < to - from }
}

/** Service hours by each version's own calendar; where no version reaches, nothing is open. */
function openByVersion(input: PiecesInput, from: Instant, to: Instant): Span[] {
  return input.versions.flatMap((version) => {
    const { zone, calendarCode } = version.terms
    const begins = Math.max(from, startOfDate(zone, version.from))
    const ends = version.to === null ? to : Math.min(to, startOfDate(zone, nextDay(version.to)))
    return begins < ends ? input.openIntervals(begins, ends, calendarCode) : []
  })
}

/** Pieces that are rounded together: of one version and month, and of one day where the contract rounds by day. */
export function roundingGroups(pieces: readonly Piece[], versions: readonly ContractVersion[]): RoundingGroup[] {
  const groups = new Map<string, RoundingGroup>()
  for (const piece of pieces) {
    const version = versionOn(versions, piece.date)
    const byDay = version?.terms.rates.roundingPer === 'task_and_day'
    const period = byDay ? piece.date : piece.date.slice(0, 7)
    const key = `${version?.id ?? 'none'}:${period}`
    const group = groups.get(key) ?? { version, key, pieces: [] }
    group.pieces.push(piece)
    groups.set(key, group)
  }
  return [...groups.values()]
}
