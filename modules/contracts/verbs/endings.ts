import { type Actor, can, refuseAccess, scopeOf, systemActor, writeAudit } from '@opora/access'
import { type CivilDate, civilDateIn, moneyInWords, type Words } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable, Tx } from '@opora/platform/database'
import type { ContractsPorts } from '../contracts.ports.ts'
import { type ContractView, contractCard, versionsOf } from '../contracts.read-model.ts'
import { updateContract } from '../contracts.store.ts'
import { type EndLeftover, endEntries, endInstant, handoverOf, leftoversAt, whatStops } from '../domain/ending.ts'
import { type ContractTerms, versionOn } from '../domain/terms.ts'
import { endingOf, endingsDue, markSettled, planEnding, tickHandover } from '../endings.store.ts'
import { ledgerOf } from '../ledger.read-model.ts'
import { lockLedger } from '../ledger.store.ts'
import { refuseContractService } from '../service.refusals.ts'
import { grantAnew } from './grants.ts'
import { postPlanned } from './postings.ts'

/** What ending a contract on a day would stop, hand over and leave; nothing is changed. */
export async function previewEnding(sql: Queryable, contract: ContractView, endsOn: CivilDate) {
  const terms = await termsOn(sql, contract, endsOn)
  const warnings: Words[] = []
  const least = leastEnd(contract.startsOn, terms.minTermMonths)
  if (least !== null && endsOn < least) {
    warnings.push({
      ru: `Пакет продаётся не меньше чем на ${terms.minTermMonths} мес.: по ${least.split('-').toReversed().join('.')}.`,
      en: `The package is sold for at least ${terms.minTermMonths} months: until ${least}.`,
    })
  }
  const [row] = await sql<{ count: number }[]>`
    select count(*) as count from ticket where contract_id = ${contract.id} and closed_at is null`
  return {
    endsOn,
    stops: whatStops(terms, endsOn),
    handover: handoverOf(terms),
    leftovers: await leftoversOf(sql, contract, terms, endsOn),
    openTickets: row!.count,
    warnings,
  }
}

export async function endingView(sql: Queryable, contract: ContractView) {
  const row = await endingOf(sql, contract.id)
  if (!row) return null
  const { endsOn, reason, handover, leftovers, settledAt, version } = row
  return { endsOn, reason, handover, leftovers, settledAt, version, stops: whatStops(contract.terms, endsOn) }
}

export function endingVerbs(ports: ContractsPorts) {
  return {
    /** Ends a contract on a day: it is in force until then, and what is left is settled the day after. */
    async endContract(
      tx: Tx,
      actor: Actor,
      input: { id: number; endsOn: CivilDate; reason: string; expectedVersion: number | null },
    ): Promise<void> {
      const { id, endsOn, reason } = input
      const contract = await changeable(tx, actor, id)
      if (endsOn < contract.startsOn) throw refuseContractService('contracts.dates_crossed', { field: 'endsOn' })
      const month = endsOn.slice(0, 7)
      if (await ports.isMonthClosed(tx, id, month)) {
        throw refuseContractService('contracts.ending_past', { field: 'endsOn', params: { month } })
      }
      const { handover, leftovers } = await previewEnding(tx, contract, endsOn)
      await updateContract(tx, id, input.expectedVersion, { endsOn })
      const from = contract.endsOn !== null && contract.endsOn < endsOn ? contract.endsOn : endsOn
      await grantAnew(tx, ports, id, { from, actorId: actor.accountId, whenDrawn: 'keep' })
      const open = handover.map((item) => ({ ...item, done: false, by: null, at: null }))
      const { clientId } = contract
      await planEnding(tx, {
        contractId: id,
        clientId,
        endsOn,
        reason,
        handover: open,
        leftovers,
        actorId: actor.accountId,
      })
      const where = { objectType: 'contract', objectId: id, clientId }
      await writeAudit(tx, actor, { action: 'contract.ending_planned', ...where, detail: { endsOn, reason } })
      await ports.bus.emit(tx, 'contract.changed', { clientId, contractId: id })
      const now = await databaseNow(tx)
      if (endsOn < civilDateIn(contract.zone, now)) await settle(tx, ports, actor, id)
    },

    /** A thing of the hand-over was done, or not after all. */
    async handOver(
      tx: Tx,
      actor: Actor,
      input: { id: number; code: string; done: boolean; expectedVersion: number | null },
    ): Promise<void> {
      const contract = await changeable(tx, actor, input.id)
      const ending = await endingOf(tx, contract.id)
      if (!ending?.handover.some((item) => item.code === input.code)) throw refuseAccess('access.not_found')
      const [who] = await tx<{ name: string }[]>`select name from account where id = ${actor.accountId}`
      const at = new Date(await databaseNow(tx)).toISOString()
      const marked = { done: input.done, by: input.done ? (who?.name ?? null) : null, at: input.done ? at : null }
      const handover = ending.handover.map((item) => (item.code === input.code ? { ...item, ...marked } : item))
      await tickHandover(tx, contract.id, handover, input.expectedVersion)
    },

    endingsDue: (sql: Queryable) => endingsDue(sql),
    settleEnding: (tx: Tx, id: number) => settle(tx, ports, systemActor(), id),
  }
}

/** After the last day: hours that are left lapse or are to be refunded, as the contract says, and it is over. */
async function settle(tx: Tx, ports: ContractsPorts, actor: Actor, id: number): Promise<void> {
  await lockLedger(tx, id)
  const ending = await endingOf(tx, id)
  const contract = await contractCard(tx, scopeOf(systemActor(), 'contract.read'), id)
  if (!ending || ending.settledAt !== null || !contract) return
  const { clientId, zone, number } = contract
  const at = endInstant(zone, ending.endsOn)
  const terms = await termsOn(tx, contract, ending.endsOn)
  const leftovers = await leftoversOf(tx, contract, terms, ending.endsOn)
  await postPlanned(tx, actor, { contractId: id, buckets: [], entries: endEntries(id, leftovers, at) })
  await markSettled(tx, id, leftovers)
  await updateContract(tx, id, null, { status: 'ended', endsOn: ending.endsOn })
  const refund = leftovers.reduce((sum, one) => sum + one.refundKopecks, 0)
  await writeAudit(tx, actor, {
    action: 'contract.ended',
    objectType: 'contract',
    objectId: id,
    clientId,
    detail: { endsOn: ending.endsOn, refundKopecks: refund },
  })
  const open = ending.handover.filter((item) => !item.done).length
  const words = {
    ru: `Договор ${number} закончился; передать осталось: ${open}${refund > 0 ? `, вернуть клиенту ${moneyInWords(refund, 'ru')}` : ''}.`,
    en: `Contract ${number} has ended; ${open} left to hand over${refund > 0 ? `, ${moneyInWords(refund, 'en')} to be refunded` : ''}.`,
  }
  await ports.bus.emit(tx, 'contract.reminder', { clientId, contractId: id, key: `ended:${ending.endsOn}`, words })
  await ports.bus.emit(tx, 'contract.changed', { clientId, contractId: id })
}

async function changeable(tx: Tx, actor: Actor, id: number): Promise<ContractView> {
  const contract = await contractCard(tx, scopeOf(actor, 'contract.read'), id)
  if (!contract) throw refuseAccess('access.not_found')
  if (!can(actor, 'contract.change', { clientId: contract.clientId })) throw refuseAccess('access.not_allowed')
  return contract
}

async function termsOn(sql: Queryable, contract: ContractView, date: CivilDate): Promise<ContractTerms> {
  const versions = await versionsOf(sql, contract.id)
  return (versionOn(versions, date) ?? versions.at(-1))?.terms ?? contract.terms
}

async function leftoversOf(
  sql: Queryable,
  contract: ContractView,
  terms: ContractTerms,
  endsOn: CivilDate,
): Promise<EndLeftover[]> {
  const { buckets, entries } = await ledgerOf(sql, contract.id)
  return leftoversAt(buckets, entries, terms, endInstant(contract.zone, endsOn))
}

function leastEnd(startsOn: CivilDate, months: number): CivilDate | null {
  return months === 0 ? null : Temporal.PlainDate.from(startsOn).add({ months }).subtract({ days: 1 }).toString()
}
