import { type Actor, refuseAccess, writeAudit } from '@opora/access'
import { companyToday } from '@opora/platform/clock'
import type { Json, Tx } from '@opora/platform/database'
import type { z } from 'zod'
import {
  listActivities,
  listPackages,
  listPriceLists,
  listServices,
  type PriceListRow,
} from '../catalogue.read-model.ts'
import {
  insertPackage,
  insertPriceList,
  insertPriceListVersion,
  insertService,
  updatePriceList,
  updateService,
} from '../catalogue.store.ts'
import type {
  newPackage,
  newPriceList,
  newPriceListVersion,
  newService,
  priceListChange,
  serviceChange,
} from '../contract.ts'
import type { PackageOffer } from '../domain/offer.ts'
import type { PriceList } from '../domain/price-list.ts'
import { refuseContractService } from '../service.refusals.ts'
import { demandUsableOffer } from './catalogue.ts'

type Expected = { expectedVersion: number | null }

export const priceListVerbs = {
  addService,
  changeService,
  addPackage,
  addPriceList,
  changePriceList,
  addPriceListVersion,
}

async function addService(tx: Tx, actor: Actor, input: z.infer<typeof newService>): Promise<void> {
  await demandActivity(tx, input.activity)
  if (!(await insertService(tx, input))) throw refuseContractService('contracts.code_taken', { field: 'code' })
  await writeAudit(tx, actor, { action: 'service.saved', objectType: 'service', objectId: input.code })
}

async function changeService(
  tx: Tx,
  actor: Actor,
  input: z.infer<typeof serviceChange> & Expected & { code: string },
): Promise<void> {
  const { expectedVersion, ...row } = input
  if (!(await listServices(tx)).some((one) => one.code === row.code)) throw refuseAccess('access.not_found')
  await demandActivity(tx, row.activity)
  await updateService(tx, row, expectedVersion)
  await writeAudit(tx, actor, { action: 'service.saved', objectType: 'service', objectId: row.code })
}

async function demandActivity(tx: Tx, activity: string): Promise<void> {
  if (!(await listActivities(tx)).some((one) => one.code === activity)) {
    throw refuseContractService('contracts.activity_unknown', { field: 'activity' })
  }
}

/** A package of the installation's own; contracts may begin on it at once. */
async function addPackage(tx: Tx, actor: Actor, input: z.infer<typeof newPackage>): Promise<void> {
  const { code, offer, nameRu, nameEn } = input
  const spec = { ...input.spec, code, offer, name: { ru: nameRu, en: nameEn } } as unknown as PackageOffer
  await demandUsableOffer(tx, actor, spec)
  if (!(await insertPackage(tx, { code, offer, nameRu, nameEn, spec: spec as unknown as Json }))) {
    throw refuseContractService('contracts.code_taken', { field: 'code' })
  }
  await writeAudit(tx, actor, { action: 'package.saved', objectType: 'package', objectId: code })
}

async function addPriceList(tx: Tx, actor: Actor, input: z.infer<typeof newPriceList>): Promise<void> {
  const { code, nameRu, nameEn, validFrom, reason, spec } = input
  await demandKnownNames(tx, spec)
  if (!(await insertPriceList(tx, { code, nameRu, nameEn }))) {
    throw refuseContractService('contracts.code_taken', { field: 'code' })
  }
  await insertPriceListVersion(tx, { code, validFrom, reason, spec, actorId: actor.accountId })
  await writeAudit(tx, actor, { action: 'price_list.saved', objectType: 'price_list', objectId: code })
}

async function changePriceList(
  tx: Tx,
  actor: Actor,
  input: z.infer<typeof priceListChange> & Expected & { code: string },
): Promise<void> {
  const { expectedVersion, ...row } = input
  await demandDefault(tx, await knownList(tx, row.code), row.isDefault)
  await updatePriceList(tx, row, expectedVersion)
  await writeAudit(tx, actor, { action: 'price_list.saved', objectType: 'price_list', objectId: row.code })
}

/** Contracts begin from the default list, so there is always one, and its prices are in force. */
async function demandDefault(tx: Tx, list: PriceListRow, isDefault: boolean): Promise<void> {
  if (list.isDefault && !isDefault) throw refuseContractService('contracts.price_list_needed', { field: 'isDefault' })
  const begins = list.versions.at(-1)!.validFrom
  if (isDefault && begins > (await companyToday(tx)))
    throw refuseContractService('contracts.price_list_not_begun', { field: 'isDefault', params: { date: begins } })
}

/** A price under a name that the catalogue has not would never be taken. */
async function demandKnownNames(tx: Tx, spec: PriceList): Promise<void> {
  const packages = new Set((await listPackages(tx)).map(({ code }) => code))
  const strangePackage = Object.keys(spec.packagePrices).find((code) => !packages.has(code))
  if (strangePackage !== undefined)
    throw refuseContractService('contracts.package_unknown', { field: `spec.packagePrices.${strangePackage}` })
  const services = new Set((await listServices(tx)).map(({ code }) => code))
  const strangeService = Object.keys(spec.unitPrices).find((code) => !services.has(code))
  if (strangeService !== undefined)
    throw refuseContractService('contracts.service_unknown', { field: `spec.unitPrices.${strangeService}` })
}

/** New prices from a date that has not come yet or is today; what was in force stays. */
async function addPriceListVersion(
  tx: Tx,
  actor: Actor,
  input: z.infer<typeof newPriceListVersion> & { code: string },
): Promise<void> {
  const { code, validFrom, reason, spec } = input
  await knownList(tx, code)
  await demandKnownNames(tx, spec)
  const today = await companyToday(tx)
  if (validFrom < today) {
    throw refuseContractService('contracts.price_list_past', { field: 'validFrom', params: { date: today } })
  }
  if (!(await insertPriceListVersion(tx, { code, validFrom, reason, spec, actorId: actor.accountId }))) {
    throw refuseContractService('contracts.price_list_dated', { field: 'validFrom', params: { date: validFrom } })
  }
  const detail = { validFrom, reason }
  await writeAudit(tx, actor, { action: 'price_list.priced', objectType: 'price_list', objectId: code, detail })
}

async function knownList(tx: Tx, code: string): Promise<PriceListRow> {
  const found = (await listPriceLists(tx)).find((one) => one.code === code)
  if (!found) throw refuseAccess('access.not_found')
  return found
}
