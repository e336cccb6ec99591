import { type Actor, can, refuseAccess, writeAudit } from '@opora/access'
import type { Instant } from '@opora/core'
import { countWithRole } from '@opora/people'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import type { CorrectionView, NewCorrection } from '../contract.ts'
import type { ContractsPorts } from '../contracts.ports.ts'
import { contractById } from '../contracts.read-model.ts'
import { contractsRefusals } from '../contracts.refusals.ts'
import { listCorrections } from '../corrections.read-model.ts'
import { type CorrectionRow, decideCorrection, insertCorrection, lockCorrection } from '../corrections.store.ts'
import { adjust, transfer } from '../domain/ledger.ts'
import { bucketRows, entryById } from '../ledger.read-model.ts'
import { bucketOf } from '../ledger.rows.ts'
import { refuseContractService } from '../service.refusals.ts'
import { postPlanned } from './postings.ts'
import { reverseEntry } from './reversals.ts'

export function correctionVerbs(ports: ContractsPorts) {
  async function proposeCorrection(
    tx: Tx,
    actor: Actor,
    input: NewCorrection & { contractId: number },
  ): Promise<CorrectionView> {
    const contract = await contractById(tx, input.contractId)
    if (!contract || !can(actor, 'ledger.correct', { clientId: contract.clientId }) || actor.accountId === null) {
      throw refuseAccess('access.not_found')
    }
    const row = await rowOf(tx, input)
    const alone = (await countWithRole(tx, 'fi')) <= 1
    const { id: contractId, clientId } = contract
    const id = await insertCorrection(tx, { ...row, clientId, contractId, alone, proposedBy: actor.accountId })
    await writeAudit(tx, actor, {
      action: 'ledger.correction_proposed',
      objectType: 'ledger_correction',
      objectId: id,
      clientId,
      detail: { ...input },
      alone,
    })
    if (alone) await carryOut(tx, actor, id, true)
    return await view(tx, contractId, id)
  }

  async function carryOut(tx: Tx, actor: Actor, id: number, alone: boolean): Promise<void> {
    const correction = (await lockCorrection(tx, id))!
    const now = await databaseNow(tx)
    if (correction.kind === 'transfer') await postTransfer(tx, actor, correction, now)
    else if (correction.kind === 'adjust') await postAdjustment(tx, actor, correction, now)
    else {
      const { contractId, entryKey, reason } = correction
      const given = { contractId, key: entryKey ?? '', id: `correction:${id}`, reason, now }
      await reverseEntry(tx, ports, actor, given)
    }
    await decideCorrection(tx, id, { state: 'posted', decidedBy: actor.accountId })
    await writeAudit(tx, actor, {
      action: 'ledger.correction_posted',
      objectType: 'ledger_correction',
      objectId: id,
      clientId: correction.clientId,
      alone,
    })
  }

  return {
    /** Proposed by one person of finance and decided by another; where there is only one, posted at once and marked "alone". */
    proposeCorrection,

    async decideCorrection(tx: Tx, actor: Actor, input: { id: number; approve: boolean }): Promise<CorrectionView> {
      const correction = await lockCorrection(tx, input.id)
      if (!correction || !can(actor, 'ledger.correct', { clientId: correction.clientId })) {
        throw refuseAccess('access.not_found')
      }
      if (correction.state !== 'proposed') throw refuseContractService('contracts.correction_decided')
      if (input.approve && correction.proposedBy === actor.accountId) {
        throw refuseContractService('contracts.other_person_decides')
      }
      if (input.approve) await carryOut(tx, actor, input.id, false)
      else {
        await decideCorrection(tx, input.id, { state: 'declined', decidedBy: actor.accountId })
        await writeAudit(tx, actor, {
          action: 'ledger.correction_declined',
          objectType: 'ledger_correction',
          objectId: input.id,
          clientId: correction.clientId,
        })
      }
      return await view(tx, correction.contractId, input.id)
    },
  }
}

async function view(tx: Tx, contractId: number, id: number): Promise<CorrectionView> {
  const [made] = await listCorrections(tx, { contractId, id })
  if (!made) throw refuseAccess('access.not_found')
  return made
}

async function rowOf(tx: Tx, input: NewCorrection & { contractId: number }) {
  const { kind, reason } = input
  const blank = { kind, reason, entryKey: null, fromBucketId: null, toBucketId: null, minutes: null }
  if (input.kind === 'reverse') {
    const entry = await entryById(tx, input.contractId, input.entryId)
    if (!entry || entry.kind === 'reverse')
      throw contractsRefusals.refuse('contracts.entry_not_found', { field: 'entryId' })
    if (entry.reversed) throw contractsRefusals.refuse('contracts.entry_reversed', { field: 'entryId' })
    return { ...blank, entryKey: entry.key }
  }
  if (input.kind === 'adjust') {
    await demandBuckets(tx, input.contractId, { bucketId: input.bucketId })
    return { ...blank, toBucketId: input.bucketId, minutes: input.minutes }
  }
  const { fromBucketId, toBucketId, minutes } = input
  if (fromBucketId === toBucketId) throw refuseContractService('contracts.same_bucket', { field: 'toBucketId' })
  await demandBuckets(tx, input.contractId, { fromBucketId, toBucketId })
  return { ...blank, fromBucketId, toBucketId, minutes }
}

async function demandBuckets(tx: Tx, contractId: number, given: Record<string, number>): Promise<void> {
  const own = new Set((await bucketRows(tx, contractId)).map((row) => row.id))
  for (const [field, id] of Object.entries(given)) {
    if (!own.has(id)) throw contractsRefusals.refuse('contracts.entry_not_found', { field })
  }
}

/** Gives or takes hours of one bucket; one whose period is over takes none. */
async function postAdjustment(tx: Tx, actor: Actor, correction: CorrectionRow, now: Instant): Promise<void> {
  const bucket = (await bucketRows(tx, correction.contractId))
    .map(bucketOf)
    .find((one) => one.id === correction.toBucketKey)!
  if (bucket.lastInstant !== null && bucket.lastInstant < now) throw contractsRefusals.refuse('contracts.bucket_closed')
  const reason = { ru: correction.reason, en: correction.reason }
  const minutes = correction.minutes ?? 0
  const entry = adjust({ id: `correction:${correction.id}`, bucket, minutes, effectiveAt: now, reason })
  await postPlanned(tx, actor, { contractId: correction.contractId, buckets: [], entries: [entry] })
}

async function postTransfer(tx: Tx, actor: Actor, correction: CorrectionRow, now: Instant): Promise<void> {
  const buckets = (await bucketRows(tx, correction.contractId)).map(bucketOf)
  const fromBucket = buckets.find((bucket) => bucket.id === correction.fromBucketKey)!
  const toBucket = buckets.find((bucket) => bucket.id === correction.toBucketKey)!
  if (toBucket.lastInstant !== null && toBucket.lastInstant < now)
    throw contractsRefusals.refuse('contracts.bucket_closed')
  const reason = { ru: correction.reason, en: correction.reason }
  const id = `correction:${correction.id}`
  const entries = transfer({ id, fromBucket, toBucket, minutes: correction.minutes ?? 0, effectiveAt: now, reason })
  await postPlanned(tx, actor, { contractId: correction.contractId, buckets: [], entries })
}
