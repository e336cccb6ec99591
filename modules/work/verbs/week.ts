import type { Actor } from '@opora/access'
import { type CivilDate, Refusal } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import type { WeekCell, WeekCopied } from '../week.contract.ts'
import { addDays, cellEntries, usualNote, weekOf } from '../week.read-model.ts'
import type { WorkPorts } from '../work.ports.ts'
import { workRefusals } from '../work.refusals.ts'
import { refuseApproved } from './approval.ts'
import { correctTime } from './correct-time.ts'
import { accountOf, logTime } from './log-time.ts'

type Cell = Pick<WeekCell, 'ticketId' | 'activity' | 'date' | 'minutes' | 'note'>

/**
 * Writes a cell of one's own week: an empty one becomes an entry of that day, a filled one is changed, 0 takes it away. A cell of several
 * entries is changed entry by entry.
 */
export async function setCell(ports: WorkPorts, tx: Tx, actor: Actor, cell: Cell): Promise<void> {
  const accountId = accountOf(actor)
  await lockWeeks(tx, accountId)
  const { ticketId, activity, date, minutes } = cell
  const standing = await cellEntries(tx, actor, { accountId, ticketId, activity, date })
  if (standing.length > 1) throw workRefusals.refuse('work.cell_of_many', { field: 'minutes' })
  const [entry] = standing
  if (entry) {
    if (entry.minutes === minutes && (cell.note === undefined || cell.note === entry.note)) return
    await refuseApproved(tx, actor, entry.id)
    const note = cell.note === undefined ? {} : { note: cell.note }
    const change = minutes === 0 ? null : { minutes, ...note, reason: '' }
    await correctTime(ports, tx, actor, { id: entry.id, version: entry.version, change, reason: '' })
  } else if (minutes > 0) {
    const note = cell.note ?? (await usualNote(tx, { accountId, ticketId, activity }))
    const plain = { urgent: false, onSite: false, visible: true, source: 'manual' as const }
    await logTime(ports, tx, actor, ticketId, { activity, date, minutes, note, ...plain })
  }
}

/** Fills the empty cells of a week as the week before was filled, up to today; what cannot be logged is left out and named. */
export async function copyWeek(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  monday: CivilDate,
): Promise<Pick<WeekCopied, 'copied' | 'skipped'>> {
  const accountId = accountOf(actor)
  await lockWeeks(tx, accountId)
  const last = await weekOf(tx, actor, { monday: addDays(monday, -7), accountId })
  const today = last.today
  const skipped: WeekCopied['skipped'] = []
  let copied = 0
  for (const row of last.rows)
    for (const { date, minutes, note } of row.cells) {
      const to = addDays(date, 7)
      if (minutes === 0 || to > today) continue
      const cell = { ticketId: row.ticket.id, activity: row.activity.code, date: to }
      if ((await cellEntries(tx, actor, { accountId, ...cell })).length > 0) continue
      const refused = await refusalOf(tx, (inner) => setCell(ports, inner, actor, { ...cell, minutes, note }))
      if (refused === null) copied += 1
      else skipped.push({ ticketNumber: row.ticket.number, date: to, sentence: refused.sentence(actor.locale) })
    }
  return { copied, skipped }
}

/** One writer of a person's sheet at a time: an empty cell that two requests find empty would be filled twice. */
async function lockWeeks(tx: Tx, accountId: number): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtext('work.week'), ${accountId}::int)`
}

async function refusalOf(tx: Tx, body: (tx: Tx) => Promise<void>): Promise<Refusal | null> {
  try {
    await tx.savepoint((inner) => body(inner as Tx))
    return null
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
