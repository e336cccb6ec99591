import type { Actor } from '@opora/access'
import type { CivilDate, Instant, Words } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import type { ContractsPorts } from '../contracts.ports.ts'
import type { Returned } from '../domain/late-draw.ts'
import { type PlannedEntry, reverse } from '../domain/ledger.ts'
import { rebilled, roundUpToStep } from '../domain/rounding.ts'
import { type ContractVersion, versionOn } from '../domain/terms.ts'
import { drawingOf, reverseCharge, type TimeCharge, type WorkedTime } from '../domain/time-charge.ts'
import { openEntriesOfSource } from '../ledger.read-model.ts'
import { chargeOf, entryOf, monthAt } from '../ledger.rows.ts'
import { appendPosting, type LockedContract } from '../ledger.store.ts'
import { type RoundingBefore, type RoundingPart, rebillRounding, roundingParts } from '../rounding.store.ts'
import { planDraw } from './plan-draw.ts'
import { placesOf } from './returned-hours.ts'

export interface ReversedTime {
  /** How many entries of the ledger were reversed. */
  reversed: number
  /** What it had taken. */
  returned: Returned
  /** Other work whose charge has changed with it. */
  redrawn: { timeEntryId: string; charge: TimeCharge }[]
}

interface TakingBack {
  timeEntryId: string
  correctionId: string
  reason: Words
  now: Instant
  actorId: number | null
}

/** Opposite entries of everything that a time entry took and nothing has taken back. Returns how many there were, and what they gave. */
export async function takeBack(
  ports: ContractsPorts,
  tx: Tx,
  contract: LockedContract,
  given: TakingBack,
): Promise<Pick<ReversedTime, 'reversed' | 'returned'>> {
  const rows = await openEntriesOfSource(tx, contract.id, { kind: 'time_entry', id: given.timeEntryId })
  const entries: PlannedEntry[] = []
  const charges = []
  for (const row of rows) {
    const isClosed = await ports.isMonthClosed(tx, contract.id, row.period)
    const correction = {
      id: given.correctionId,
      effectiveAt: isClosed ? given.now : row.effectiveAt,
      month: isClosed ? monthAt(contract.zone, given.now) : row.period,
      reason: given.reason,
    }
    if (row.charge === null) entries.push(reverse(entryOf(row), correction))
    else charges.push({ ...reverseCharge(chargeOf(row, contract.id), correction), reversesKey: row.key })
  }
  const reversed = await appendPosting(tx, contract, { buckets: [], entries, charges, actorId: given.actorId })
  const beyondMinutes = charges.reduce((sum, one) => (one.kind === 'postpaid' ? sum - one.minutes : sum), 0)
  return { reversed, returned: { places: await placesOf(tx, contract.id, entries), beyondMinutes } }
}

const RECOUNTED: Words = {
  ru: 'пересчитано: исправлена другая запись этого дня по обращению',
  en: 'recounted: another entry of the ticket’s day was corrected',
}

/** Draws the rest of the open groups anew, in the order in which it came, as if what was taken back had never been. */
export async function redrawGroups(
  ports: ContractsPorts,
  tx: Tx,
  contract: LockedContract,
  given: { correctionId: string; now: Instant; actor: Actor; groups: readonly string[] },
): Promise<ReversedTime['redrawn']> {
  const open: string[] = []
  for (const key of given.groups) {
    if (!(await ports.isMonthClosed(tx, contract.id, dateOfGroup(key).slice(0, 7)))) open.push(key)
  }
  const parts = await roundingParts(tx, contract.id, open)
  const changed = rebilled(parts).filter(({ part }) => open.includes(part.groupKey))
  const redrawings = [...Map.groupBy(changed, ({ part }) => part.timeEntryId)].map(([timeEntryId, own]) => {
    const stood = own[0]!.part.work
    return { timeEntryId, own, work: { ...stood, redraw: (stood.redraw ?? 0) + 1 } }
  })
  // all is given back before anything is drawn, so that the pieces do not stand in each other's way
  for (const { timeEntryId, work } of redrawings) {
    const correctionId = `${given.correctionId}:recount:${drawingOf(work)}`
    const actorId = given.actor.accountId
    await takeBack(ports, tx, contract, { timeEntryId, correctionId, reason: RECOUNTED, now: given.now, actorId })
  }
  const redrawn: ReversedTime['redrawn'] = []
  for (const { timeEntryId, own, work } of redrawings) {
    const exactBefore = exactBeforeOf(parts, timeEntryId)
    const { charge } = await planDraw(tx, contract, work, { again: { exactBefore, because: RECOUNTED } })
    const { entries, charges } = charge
    await appendPosting(tx, contract, { buckets: [], entries, charges, actorId: given.actor.accountId })
    for (const part of parts.filter((one) => one.timeEntryId === timeEntryId)) {
      const billedMinutes = own.find((one) => one.part.groupKey === part.groupKey)?.minutes ?? part.billedMinutes
      await rebillRounding(tx, contract.id, { ...part, billedMinutes, work })
    }
    redrawn.push({ timeEntryId, charge })
  }
  return redrawn
}

/** What stood before a piece of work in each of its groups. */
function exactBeforeOf(parts: readonly RoundingPart[], timeEntryId: string): Record<string, number> {
  const own = parts.filter((part) => part.timeEntryId === timeEntryId)
  return Object.fromEntries(
    own.map(({ groupKey, place }) => [
      groupKey,
      parts
        .filter((part) => part.groupKey === groupKey && part.place < place)
        .reduce((sum, part) => sum + part.exactMicroMinutes, 0),
    ]),
  )
}

/** What a drawn piece of work adds to its groups. */
export function partsOf(
  work: WorkedTime,
  { exactBefore, billedBefore }: RoundingBefore,
  charge: TimeCharge,
  versions: readonly ContractVersion[],
): Omit<RoundingPart, 'place'>[] {
  return Object.entries(charge.exactByGroup).flatMap(([groupKey, sum]) => {
    const stepMinutes = versionOn(versions, dateOfGroup(groupKey))?.terms.rates.roundingStepMinutes ?? 1
    const before = exactBefore[groupKey] ?? 0
    const exactMicroMinutes = sum - before
    if (exactMicroMinutes === 0) return []
    const billed = billedBefore?.[groupKey] ?? roundUpToStep(before, stepMinutes)
    const billedMinutes = Math.max(0, roundUpToStep(sum, stepMinutes) - billed)
    return [{ groupKey, timeEntryId: work.id, exactMicroMinutes, billedMinutes, stepMinutes, work }]
  })
}

/** The day of a group's key, `ticket:date`. */
const dateOfGroup = (groupKey: string): CivilDate => groupKey.slice(groupKey.lastIndexOf(':') + 1)
