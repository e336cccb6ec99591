import { linksOf, type Received } from './post-office.ts'
import type { Body, Visitor } from './visitor.ts'

/** A moment of Moscow's May 2026 (or of the month given): `msk('07 16:00')`, `msk('06-01 10:00')`, `msk('07 16:00:30')`. */
export function msk(moment: string): string {
  const [day, time] = moment.split(' ') as [string, string]
  return `2026-${day.includes('-') ? day : `05-${day}`}T${time.length === 5 ? `${time}:00` : time}+03:00`
}

/** An instant of an answer as Moscow's clock shows it, to the minute: `05-07 16:00`. */
export function inMoscow(iso: string | null): string | null {
  if (iso === null) return null
  const at = Temporal.Instant.from(iso).toZonedDateTimeISO('Europe/Moscow')
  return at.toString().slice(5, 16).replace('T', ' ')
}

/** The ticket of a client with this subject. */
export async function findTicket(visitor: Visitor, subject: string): Promise<Body> {
  const { items } = await visitor.get(`/tickets?limit=200&sort=registered`)
  const found = items.filter((ticket: Body) => ticket.subject === subject)
  if (found.length !== 1)
    throw new Error(
      `${found.length} tickets “${subject}” among: ${items.map((ticket: Body) => ticket.subject).join(' | ')}`,
    )
  return found[0]
}

interface Press {
  data?: Record<string, unknown>
  reply?: string
  note?: string
}

/** Presses a button of the ticket's present task; a person of the provider at the desk, a contact in the cabinet. */
export async function press(visitor: Visitor, ticketId: number, outcome: string, given: Press = {}): Promise<Body> {
  const base = visitor.name.includes('@') ? '/cabinet/tickets' : '/tickets'
  const ticket = await visitor.get(`${base}/${ticketId}`)
  const button = ticket.outcomes.find((one: Body) => one.id === outcome)
  if (!button) {
    const there = ticket.outcomes.map((one: Body) => one.id).join(', ')
    throw new Error(`${visitor.name}: no button ${outcome} at ${ticket.place ?? ticket.status}; there are: ${there}`)
  }
  return visitor.post(`${base}/${ticketId}/outcomes`, {
    outcome,
    taskId: button.taskId,
    data: given.data ?? {},
    ...(given.reply === undefined ? {} : { reply: { text: given.reply } }),
    ...(given.note === undefined ? {} : { note: { text: given.note } }),
  })
}

/** Where a ticket stands: its place in the process. */
export async function placeOf(visitor: Visitor, ticketId: number): Promise<string> {
  return (await visitor.get(`/tickets/${ticketId}`)).place
}

/** The clock of a ticket, the latest of its metric. */
export async function clockOf(visitor: Visitor, ticketId: number, metric: string): Promise<Body> {
  const { items } = await visitor.get(`/tickets/${ticketId}/clocks`)
  return items.filter((clock: Body) => clock.metric === metric).at(-1) ?? null
}

export function linkOf(letter: Received, label: string): string {
  const links = linksOf(letter)
  const found = Object.entries(links).find(([words]) => words.startsWith(label))
  if (!found) throw new Error(`no link “${label}” in “${letter.subject}”: ${letter.text}`)
  return found[1]
}

/** Kinds of the notices that a person got about a ticket, sorted. */
export async function noticesAbout(visitor: Visitor, ticketId: number): Promise<string[]> {
  const { items } = await visitor.get('/notices')
  return items
    .filter((notice: Body) => notice.ticketId === ticketId)
    .map((notice: Body) => notice.kind)
    .sort()
}
