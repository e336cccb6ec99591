import { type Calendar, compileCalendar, READY_CALENDARS, RU_PRODUCTION_YEARS } from '@opora/calendar'
import { civilDateIn, DAY_MS, MINUTE_MS } from '@opora/core'
import { type Move, paths } from './paths.ts'
import { HISTORY_DAYS, type TicketStory } from './story.ts'

export type Deed =
  | { does: 'opens' }
  | { does: 'moves'; move: Move }
  | { does: 'takes'; place: string; by: string }
  | { does: 'talks'; place: string; who: string; text: string }
export interface Scene {
  at: number
  ticket: TicketStory
  deed: Deed
}

const ZONE = 'Europe/Moscow'
const PACE = 50
const FIRST_ANSWER = 35
const TAKEN_BY = ['it', 'dev', 'an']
/** Nothing of the story happens later than this before the present. */
const STILL_MS = 40_000
const WINDOW_MINUTES = 6 * 60

/** When everything of the story happens, for a story that ends at `present`. */
export function timelineOf(tickets: readonly TicketStory[], present: number): Scene[] {
  const hours = compileCalendar(READY_CALENDARS['mon-fri-10-19'], RU_PRODUCTION_YEARS)
  return tickets.flatMap((ticket) => scenesOf(ticket, hours, present)).toSorted((a, b) => a.at - b.at)
}

function scenesOf(ticket: TicketStory, hours: Calendar, present: number): Scene[] {
  const deeds = deedsOf(ticket)
  const latest = present - STILL_MS * (deeds.length + 1)
  let at = Math.min(openingOf(ticket, hours, present), latest)
  return deeds.map((deed, index) => {
    if (index > 0)
      at = Math.min(
        after(at, minutesBefore(deed, deeds[index - 1]!, ticket, index), ticket, hours),
        latest + STILL_MS * index,
      )
    return { at, ticket, deed }
  })
}

function openingOf(ticket: TicketStory, hours: Calendar, present: number): number {
  if (ticket.day === 0) return present - Number(ticket.at) * MINUTE_MS
  const first = present - (HISTORY_DAYS - 1) * DAY_MS + (100 - ticket.day) * MINUTE_MS
  const today = civilDateIn(ZONE, present)
  const date = hours.shiftWorkingDate(hours.shiftWorkingDate(today, 1), -(ticket.day + 1))
  const plainTime = String(ticket.at)
  // long holidays would push the oldest tickets out of the story
  return Math.max(first, Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: ZONE, plainTime }).epochMilliseconds)
}

function after(at: number, minutes: number, ticket: TicketStory, hours: Calendar): number {
  return ticket.round || ticket.day === 0 ? at + minutes * MINUTE_MS : hours.add(at, minutes)
}

/** No two tickets go at the same gait: some moves come at once, others take half a day. */
function minutesBefore(deed: Deed, before: Deed, ticket: TicketStory, index: number): number {
  const { pace = PACE } = ticket
  const sway = [1, 0.5, 1.6, 0.8, 2.1, 1.3][(ticket.key.length + index) % 6]!
  if (index === 1) return ticket.firstAnswerAfter ?? Math.min(pace, FIRST_ANSWER)
  const happens = deed.does === 'moves' && 'happens' in deed.move ? deed.move.happens : null
  const slow = happens === 'client_writes' || happens === 'confirmed' || happens === 'approved' ? 3 : 1
  const waits =
    before.does === 'moves' && 'happens' in before.move && before.move.happens === 'timer' ? WINDOW_MINUTES + 30 : 0
  return Math.max(2, Math.round(pace * sway * slow)) + waits
}

/** The moves up to the place at which the story leaves the ticket; silence at the end is left to the process's own timers. */
function deedsOf(ticket: TicketStory): Deed[] {
  const path = paths[ticket.path]
  if (!path) throw new Error(`${ticket.key}: no path ${ticket.path}`)
  const stop = ticket.stop === undefined ? -1 : path.findIndex((move) => move.place === ticket.stop)
  if (ticket.stop !== undefined && stop < 0 && ticket.stop !== 'closed')
    throw new Error(`${ticket.key}: ${ticket.path} does not pass ${ticket.stop}`)
  const moves = stop < 0 ? path : path.slice(0, stop)
  const silent = moves.findIndex((move, index) => 'happens' in move && isSilent(move, ticket, moves.slice(index + 1)))
  const told = silent < 0 ? moves : moves.slice(0, silent)
  const talked = new Set<string>()
  const talkAt = (place: string): Deed[] => {
    const lines = talked.has(place) ? [] : (ticket.talk?.[place] ?? [])
    talked.add(place)
    return lines.map(([who, text]) => ({ does: 'talks', place, who, text }))
  }
  const deeds = told.flatMap((move): Deed[] => [...talkAt(move.place), { does: 'moves', move }])
  return [
    { does: 'opens' },
    ...deeds,
    ...(ticket.stop === undefined ? [] : [...taken(path[stop]), ...talkAt(ticket.stop)]),
  ]
}

function isSilent(move: Extract<Move, { happens: string }>, ticket: TicketStory, rest: Move[]): boolean {
  if (move.happens === 'rated') return ticket.rate === undefined
  if (move.happens !== 'confirmed' && move.happens !== 'accepted') return false
  return ticket.rate === undefined && ticket.stop === undefined && !rest.some((next) => 'outcome' in next)
}

/** Who has the ticket at the end: some places wait for a role, not for a person. */
function taken(move: Move | undefined): Deed[] {
  if (move === undefined) return []
  const by = 'outcome' in move ? move.by : move.happens === 'estimate' ? 'an' : ''
  return TAKEN_BY.includes(by) ? [{ does: 'takes', place: move.place, by }] : []
}
