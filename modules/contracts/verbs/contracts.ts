import { type Actor, can, refuseAccess, scopeOf, systemActor, writeAudit } from '@opora/access'
import type { CivilDate } from '@opora/core'
import { clientCard, refuseTogether } from '@opora/people'
import type { Queryable, Tx } from '@opora/platform/database'
import { feeFits, priceOf, termsOfPackage } from '../catalogue/terms-of-package.ts'
import { packageByCode, priceListOn, termsLimits } from '../catalogue.read-model.ts'
import type { ContractPatch, NewContract, NewVersion } from '../contract.ts'
import type { ContractsPorts } from '../contracts.ports.ts'
import { type ContractView, contractCard, foreignIds, versionsOf } from '../contracts.read-model.ts'
import { contractsRefusals } from '../contracts.refusals.ts'
import {
  type ContractColumns,
  insertContract,
  insertVersion,
  keepParties,
  mirrorEntitlement,
  updateContract,
} from '../contracts.store.ts'
import type { ContractTerms } from '../domain/terms.ts'
import { checkTerms } from '../domain/terms-check.ts'
import { refuseContractService } from '../service.refusals.ts'
import { issueCoupons } from './coupons.ts'
import { grantAnew, grantFromStart } from './grants.ts'
import { keepSuspension } from './suspend.ts'

export function contractVerbs(ports: ContractsPorts) {
  return {
    /** A contract with its first version; hours of the months since its start and the coupon of its year come with it. */
    async createContract(tx: Tx, actor: Actor, input: NewContract): Promise<ContractView> {
      if (!(await clientCard(tx, scopeOf(actor, 'client.read'), input.clientId))) throw refuseAccess('access.not_found')
      if (!can(actor, 'contract.change', { clientId: input.clientId })) throw refuseAccess('access.not_allowed')
      const terms = await termsOf(tx, input)
      const { clientId, number, title, status, startsOn, endsOn, signedOn, letterUntil, letterAmountKopecks } = input
      refuseTogether(datesFaults({ startsOn, endsOn }, terms), actor.locale)
      await demandGoodTerms(tx, actor, clientId, terms)
      const columns = {
        number,
        title,
        status,
        startsOn,
        endsOn,
        signedOn,
        letterUntil,
        letterAmountKopecks,
        zone: terms.zone,
      }
      const id = await insertContract(tx, clientId, columns)
      if (id === null) throw contractsRefusals.refuse('contracts.number_taken', { field: 'number', params: { number } })
      await insertVersion(tx, {
        clientId,
        contractId: id,
        validFrom: startsOn,
        terms,
        reason: '',
        createdBy: actor.accountId,
      })
      const legalEntityId = input.legalEntityId ?? null
      await demandLegalEntity(tx, legalEntityId)
      await keepParties(tx, id, { clientId, legalEntityId })
      await mirrorEntitlement(tx, { id, clientId }, terms.entitlement)
      await begin(tx, ports, actor, id)
      await audit(tx, actor, 'contract.created', { id, clientId }, { number })
      await ports.bus.emit(tx, 'contract.concluded', { clientId, contractId: id, legalEntityId })
      return await load(tx, id)
    },

    /** New terms from a date on; the past stays computed by the past. */
    async addVersion(
      tx: Tx,
      actor: Actor,
      input: NewVersion & { contractId: number; expectedVersion: number | null },
    ): Promise<ContractView> {
      const before = await changeable(tx, actor, input.contractId)
      const { id, clientId } = before
      await demandNewDate(tx, ports, before, input.validFrom)
      if (input.terms.zone !== before.zone) throw refuseContractService('contracts.zone_fixed', { field: 'terms.zone' })
      await demandGoodTerms(tx, actor, clientId, input.terms)
      await updateContract(tx, id, input.expectedVersion, {})
      const { validFrom, terms, reason } = input
      await insertVersion(tx, { clientId, contractId: id, validFrom, terms, reason, createdBy: actor.accountId })
      await mirrorEntitlement(tx, before, terms.entitlement)
      await grantAnew(tx, ports, id, { from: validFrom, actorId: actor.accountId, whenDrawn: 'refuse' })
      await audit(tx, actor, 'contract.version_added', before, { validFrom, reason })
      await ports.bus.emit(tx, 'contract.changed', { clientId, contractId: id })
      return await load(tx, id)
    },

    async changeContract(
      tx: Tx,
      actor: Actor,
      input: { id: number; expectedVersion: number | null; patch: ContractPatch },
    ): Promise<ContractView> {
      const before = await changeable(tx, actor, input.id)
      const columns = await changedColumns(tx, before, input.patch)
      await demandOpenEnd(tx, ports, before, columns.endsOn)
      await updateContract(tx, before.id, input.expectedVersion, columns)
      if (before.status === 'draft' && columns.status === 'active') await begin(tx, ports, actor, before.id)
      else if (columns.endsOn !== undefined) {
        const from = [before.endsOn, columns.endsOn].filter((date) => date !== null).toSorted()[0] ?? before.startsOn
        await grantAnew(tx, ports, before.id, { from, actorId: actor.accountId, whenDrawn: 'keep' })
      }
      await keepSuspension(tx, ports, actor, before, input.patch)
      await audit(tx, actor, 'contract.changed', before, { ...input.patch })
      await ports.bus.emit(tx, 'contract.changed', { clientId: before.clientId, contractId: before.id })
      return await load(tx, before.id)
    },
  }
}

async function demandLegalEntity(tx: Tx, id: number | null): Promise<void> {
  if (id === null) return
  const rows = await tx`select 1 from legal_entity where id = ${id} and archived_at is null`
  if (rows.length === 0) throw refuseContractService('contracts.legal_entity_unknown', { field: 'legalEntityId' })
}

async function begin(tx: Tx, ports: ContractsPorts, actor: Actor, id: number): Promise<void> {
  await grantFromStart(tx, ports, id, actor.accountId)
  const contract = await load(tx, id)
  if (contract.status === 'active' && contract.terms.coupon) await issueCoupons(tx, ports, actor, contract)
}

async function changeable(tx: Tx, actor: Actor, id: number): Promise<ContractView> {
  const contract = await contractCard(tx, scopeOf(actor, 'contract.read'), id)
  if (!contract) throw refuseAccess('access.not_found')
  if (!can(actor, 'contract.change', { clientId: contract.clientId })) throw refuseAccess('access.not_allowed')
  return contract
}

async function load(tx: Tx, id: number): Promise<ContractView> {
  const contract = await contractCard(tx, scopeOf(systemActor(), 'contract.read'), id)
  if (!contract) throw refuseAccess('access.not_found')
  return contract
}

/** The terms that were given, or those of the package with what its offer leaves open. */
async function termsOf(tx: Tx, input: NewContract): Promise<ContractTerms> {
  if ((input.terms === undefined) === (input.packageCode === undefined)) {
    throw refuseContractService('contracts.terms_or_package', { field: 'packageCode' })
  }
  const terms = input.terms ?? (await termsOfCatalogue(tx, input))
  const { portalIds, contactIds } = input
  const entitlement = { ...terms.entitlement }
  if (portalIds) Object.assign(entitlement, { portals: 'listed', portalIds: portalIds.map(String) })
  if (contactIds) Object.assign(entitlement, { contacts: 'listed', contactIds: contactIds.map(String) })
  return { ...terms, entitlement }
}

async function termsOfCatalogue(tx: Tx, input: NewContract): Promise<ContractTerms> {
  const found = await packageByCode(tx, input.packageCode ?? '')
  if (!found || found.archived) throw refuseContractService('contracts.package_unknown', { field: 'packageCode' })
  const { startsOn, endsOn, monthlyFeeKopecks, minutesPerMonth, options } = input
  const { spec: list } = await priceListOn(tx, startsOn)
  if (monthlyFeeKopecks !== undefined && !feeFits(priceOf(found.spec, list), monthlyFeeKopecks)) {
    throw refuseContractService('contracts.fee_outside_offer', { field: 'monthlyFeeKopecks' })
  }
  return termsOfPackage(found.spec, { startsOn, endsOn, monthlyFeeKopecks, minutesPerMonth, options }, list)
}

export function datesFaults(dates: { startsOn: CivilDate; endsOn?: CivilDate | null }, terms: ContractTerms) {
  const { startsOn, endsOn } = dates
  if (!endsOn) return []
  if (endsOn < startsOn) return [refuseContractService('contracts.dates_crossed', { field: 'endsOn' })]
  const months = terms.minTermMonths
  const least = Temporal.PlainDate.from(startsOn).add({ months }).subtract({ days: 1 }).toString()
  if (months === 0 || least <= endsOn) return []
  return [refuseContractService('contracts.term_too_short', { field: 'endsOn', params: { months, date: least } })]
}

/** Every fault of the terms at once, each with its field. */
async function demandGoodTerms(tx: Tx, actor: Actor, clientId: number, terms: ContractTerms): Promise<void> {
  const faults = await faultsOfTerms(tx, actor, clientId, terms)
  const [first] = faults
  if (first)
    throw contractsRefusals.refuse('contracts.terms_invalid', { field: first.field, details: { errors: faults } })
}

/** What keeps terms from being a client's contract. */
export async function faultsOfTerms(sql: Queryable, actor: Actor, clientId: number, terms: ContractTerms) {
  const faults = checkTerms(terms, await termsLimits(sql)).map(({ field, message }) => ({
    code: 'contracts.terms_invalid',
    field: `terms.${field}`,
    message: message[actor.locale],
  }))
  return [...faults, ...(await foreignFaults(sql, actor, clientId, terms))]
}

/** Portals and people of another client among those that the terms list. */
export async function foreignFaults(sql: Queryable, actor: Actor, clientId: number, { entitlement }: ContractTerms) {
  const lists = [
    ['portal', 'portalIds', entitlement.portals === 'listed' ? entitlement.portalIds : []],
    ['contact', 'contactIds', entitlement.contacts === 'listed' ? entitlement.contactIds : []],
  ] as const
  const faults: { code: string; field: string; message: string }[] = []
  for (const [table, list, ids] of lists) {
    for (const id of await foreignIds(sql, table, clientId, ids)) {
      const refusal = refuseContractService(`contracts.${table}_foreign`)
      const field = `terms.entitlement.${list}.${ids.indexOf(id)}`
      faults.push({ code: refusal.code, field, message: refusal.sentence(actor.locale) })
    }
  }
  return faults
}

async function demandNewDate(
  tx: Tx,
  ports: ContractsPorts,
  contract: ContractView,
  validFrom: CivilDate,
): Promise<void> {
  const last = (await versionsOf(tx, contract.id)).at(-1)
  if (last && validFrom <= last.from) {
    throw contractsRefusals.refuse('contracts.version_overlaps', { field: 'validFrom', params: { date: last.from } })
  }
  if (contract.endsOn !== null && contract.endsOn < validFrom) {
    const params = { number: contract.number, date: contract.endsOn }
    throw contractsRefusals.refuse('contracts.ended', { field: 'validFrom', params })
  }
  const month = validFrom.slice(0, 7)
  if (await ports.isMonthClosed(tx, contract.id, month)) {
    throw contractsRefusals.refuse('contracts.version_in_closed_month', { field: 'validFrom', params: { month } })
  }
}

/** An end may move within months that are open: a closed one was settled by the end that it knew. */
async function demandOpenEnd(
  tx: Tx,
  ports: ContractsPorts,
  { id, endsOn: before }: ContractView,
  endsOn: CivilDate | null | undefined,
): Promise<void> {
  if (!endsOn || endsOn === before) return
  const month = endsOn.slice(0, 7)
  if (await ports.isMonthClosed(tx, id, month))
    throw refuseContractService('contracts.ending_past', { field: 'endsOn', params: { month } })
}

const STEPS: Record<ContractView['status'], readonly ContractView['status'][]> = {
  draft: ['active', 'ended'],
  active: ['suspended', 'ended'],
  suspended: ['active', 'ended'],
  ended: [],
}

async function changedColumns(tx: Tx, before: ContractView, patch: ContractPatch): Promise<ContractColumns> {
  const { status } = patch
  if (status !== undefined && status !== before.status && !STEPS[before.status].includes(status)) {
    throw refuseContractService('contracts.status_step', {
      field: 'status',
      params: { from: before.status, to: status },
    })
  }
  const { reason, since: _since, ...named } = patch
  const columns: ContractColumns = { ...named }
  if (status === 'suspended') columns.suspendedReason = reason ?? ''
  if (status === 'active') columns.suspendedReason = null
  if (status === 'ended' && before.status !== 'ended' && patch.endsOn === undefined) {
    const [row] = await tx<{ today: CivilDate }[]>`select (app_now() at time zone ${before.zone})::date as today`
    const today = row!.today
    columns.endsOn = before.endsOn !== null && before.endsOn < today ? before.endsOn : today
  }
  if (columns.endsOn && columns.endsOn < before.startsOn) {
    throw refuseContractService('contracts.dates_crossed', { field: 'endsOn' })
  }
  return columns
}

async function audit(
  tx: Tx,
  actor: Actor,
  action: string,
  contract: { id: number; clientId: number },
  detail: Record<string, string | number | null | undefined>,
): Promise<void> {
  const known = Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, value ?? null]))
  const { id, clientId } = contract
  await writeAudit(tx, actor, { action, objectType: 'contract', objectId: id, clientId, detail: known })
}
