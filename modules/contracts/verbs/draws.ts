import type { Actor } from '@opora/access'
import type { Instant } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import type { ContractsPorts } from '../contracts.ports.ts'
import { contractById } from '../contracts.read-model.ts'
import { contractsRefusals } from '../contracts.refusals.ts'
import { drawingOf, type TimeCharge, type WorkedTime } from '../domain/time-charge.ts'
import { appendPosting, lockLedger, savedReply, saveReply } from '../ledger.store.ts'
import { addRounding, dropRounding } from '../rounding.store.ts'
import { drawGround, type LateWork, monthsOf, planDraw, refuseUncovered } from './plan-draw.ts'
import { partsOf, type ReversedTime, redrawGroups, takeBack } from './redraw-groups.ts'

export interface TimeToDraw {
  contractId: number
  work: WorkedTime
  /** The work's month is closed: it takes the place of what was given back, at this instant. */
  late?: LateWork | undefined
}

/** What a piece of work took, as it stands in the ledger. */
export type DrawnTime = TimeCharge & { replayed: boolean }

export function drawVerbs(ports: ContractsPorts) {
  return {
    /**
     * Draws the hours of a time entry and charges what is beyond them. The same entry and revision again gives the same answer.
     * Refuses work in a closed month and on days without terms; never takes a bucket below zero.
     */
    async drawTime(tx: Tx, actor: Actor, input: TimeToDraw): Promise<DrawnTime> {
      const ground = await drawGround(tx, input.contractId)
      const contract = await lockLedger(tx, input.contractId)
      const key = `time:${drawingOf(input.work)}`
      const months = monthsOf(input.work, contract.zone, input.late)
      // asked together: under the lock every round trip is somebody else's waiting
      const [saved, planned, ...closed] = await Promise.all([
        savedReply<TimeCharge>(tx, key),
        planDraw(tx, contract, input.work, input, ground),
        ...months.map((month) => ports.isMonthClosed(tx, contract.id, month)),
      ])
      if (saved) return { ...saved, replayed: true }
      const month = months[closed.indexOf(true)]
      if (month !== undefined) throw contractsRefusals.refuse('contracts.month_closed', { params: { month } })
      const { charge, grants, rounding } = planned
      refuseUncovered(charge, input.work, contract.zone)
      await appendPosting(tx, contract, { ...grants, charges: [], actorId: null })
      const { entries, charges } = charge
      if (rounding !== null) await addRounding(tx, contract, partsOf(input.work, rounding, charge, planned.versions))
      await Promise.all([
        appendPosting(tx, contract, { buckets: [], entries, charges, actorId: actor.accountId }),
        saveReply(tx, contract, key, charge),
      ])
      return { ...charge, replayed: false }
    },

    /**
     * Gives back what a time entry took: opposite entries at their own time, or at `now` where the month is closed, so that the past stays
     * as it was reported. Reversing twice finds nothing left. Other work of its task and day that was rounded with it is drawn anew in the
     * order in which it came, so that the rest is rounded as if the entry had never been; a closed month stays as it was billed.
     * What came back to a bucket that is over is for `late` work to take again, and for `moveReturned` to move on.
     */
    async reverseTime(
      tx: Tx,
      actor: Actor,
      input: {
        contractId: number
        timeEntryId: string
        correctionId: string
        reason: { ru: string; en: string }
        now: Instant
      },
    ): Promise<ReversedTime> {
      const contract = await lockLedger(tx, input.contractId)
      const { reversed, returned } = await takeBack(ports, tx, contract, { ...input, actorId: actor.accountId })
      const groups = await dropRounding(tx, contract.id, input.timeEntryId)
      const redrawn = groups.length === 0 ? [] : await redrawGroups(ports, tx, contract, { ...input, actor, groups })
      return { reversed, returned, redrawn }
    },
  }
}

/** What a piece of work would take, without posting anything: "30 min × 2 = 60 from the subscription". */
export async function previewTime(sql: Queryable, input: TimeToDraw): Promise<TimeCharge> {
  const contract = await contractById(sql, input.contractId)
  if (!contract) throw contractsRefusals.refuse('contracts.not_found')
  const { charge } = await planDraw(sql as Tx, contract, input.work, input)
  refuseUncovered(charge, input.work, contract.zone)
  return charge
}
