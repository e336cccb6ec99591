import { type Actor, refuseAccess, writeAudit } from '@opora/access'
import { type CalendarSpec, checkCalendarSpec } from '@opora/calendar'
import { databaseNow } from '@opora/platform/clock'
import type { Json, Tx } from '@opora/platform/database'
import type { z } from 'zod'
import { termsOfPackage } from '../catalogue/terms-of-package.ts'
import { listCalendars, packageByCode, priceListOn, slaPolicyAt, termsLimits } from '../catalogue.read-model.ts'
import { insertVersioned, updatePackage, updateVersioned } from '../catalogue.store.ts'
import type { calendarChange, packageChange, slaPolicyChange } from '../contract.ts'
import { contractTerms } from '../contract.ts'
import type { PackageOffer } from '../domain/offer.ts'
import { checkTerms } from '../domain/terms-check.ts'
import { policyFaults } from '../policy-faults.ts'
import { refuseContractService } from '../service.refusals.ts'

type CalendarChange = z.infer<typeof calendarChange> & { code: string }
type PolicyChange = z.infer<typeof slaPolicyChange> & { code: string }
type PackageChange = z.infer<typeof packageChange> & { code: string }
/** `null`: add a new one. */
type Expected = { expectedVersion: number | null; isNew: boolean }

export const catalogueVerbs = { saveCalendar, requireUsableCalendar, saveSlaPolicy, changePackage }

async function saveCalendar(tx: Tx, actor: Actor, input: CalendarChange & Expected): Promise<number> {
  requireUsableCalendar(actor, input.spec)
  return await save(tx, actor, 'calendar', input)
}

/** A calendar that can be counted with; refused with every fault and its field. */
function requireUsableCalendar(actor: Actor, spec: unknown): CalendarSpec {
  const errors = checkCalendarSpec(spec).map((fault) => ({
    code: `contracts.calendar_${fault.code}`,
    field: `spec.${fault.path}`,
    message: fault[actor.locale],
  }))
  if (errors.length > 0) {
    throw refuseContractService('contracts.calendar_invalid', { field: errors[0]?.field, details: { errors } })
  }
  return spec as CalendarSpec
}

async function saveSlaPolicy(tx: Tx, actor: Actor, input: PolicyChange & Expected): Promise<number> {
  if (input.validFrom !== undefined && Date.parse(input.validFrom) < (await databaseNow(tx)))
    throw refuseContractService('contracts.version_in_the_past', { field: 'validFrom' })
  const calendars = new Set((await listCalendars(tx)).map((calendar) => calendar.code))
  const errors = policyFaults(input.spec, calendars).map(({ field, ru, en }) => ({
    code: 'contracts.policy_invalid',
    field,
    message: actor.locale === 'ru' ? ru : en,
  }))
  if (errors.length > 0) {
    throw refuseContractService('contracts.policy_invalid', { field: errors[0]?.field, details: { errors } })
  }
  return await save(tx, actor, 'sla_policy', input)
}

async function save(
  tx: Tx,
  actor: Actor,
  table: 'calendar' | 'sla_policy',
  input: (CalendarChange | PolicyChange) & Expected,
): Promise<number> {
  const { code, nameRu, nameEn } = input
  const validFrom = 'validFrom' in input && input.validFrom ? Date.parse(input.validFrom) : null
  const row = { code, nameRu, nameEn, spec: input.spec as unknown as Json, actorId: actor.accountId, validFrom }
  let version = 1
  if (input.isNew) {
    if (!(await insertVersioned(tx, table, row))) throw refuseContractService('contracts.code_taken', { field: 'code' })
  } else {
    const known =
      table === 'calendar' ? (await listCalendars(tx)).some((c) => c.code === code) : await slaPolicyAt(tx, code)
    if (!known) throw refuseAccess('access.not_found')
    version = await updateVersioned(tx, table, row, input.expectedVersion)
  }
  await writeAudit(tx, actor, { action: `${table}.saved`, objectType: table, objectId: code, detail: { version } })
  return version
}

/** A changed offer of the catalogue; contracts that are there keep their terms. */
async function changePackage(
  tx: Tx,
  actor: Actor,
  input: PackageChange & { expectedVersion: number | null },
): Promise<void> {
  const { code, nameRu, nameEn, archived } = input
  if (!(await packageByCode(tx, code))) throw refuseAccess('access.not_found')
  const spec = { ...input.spec, code, name: { ru: nameRu, en: nameEn } } as unknown as PackageOffer
  await demandUsableOffer(tx, actor, spec)
  await updatePackage(tx, { code, nameRu, nameEn, spec: spec as unknown as Json, archived }, input.expectedVersion)
  await writeAudit(tx, actor, { action: 'package.saved', objectType: 'package', objectId: code })
}

/** An offer is good when the terms that it begins from are: their shape, and every rule that does not wait for the contract's figures. */
export async function demandUsableOffer(tx: Tx, actor: Actor, spec: PackageOffer): Promise<void> {
  const refuse = (errors: { code: string; field: string; message: string }[]) =>
    refuseContractService('contracts.offer_invalid', { field: errors[0]?.field, details: { errors } })
  try {
    const terms = termsOfPackage(spec, { startsOn: '2026-01-01' }, (await priceListOn(tx)).spec)
    const shape = contractTerms.safeParse(terms)
    if (!shape.success) {
      throw refuse(
        shape.error.issues.map((issue) => ({
          code: 'contracts.offer_invalid',
          field: `spec.${issue.path.map(String).join('.')}`,
          message: issue.message,
        })),
      )
    }
    const errors = checkTerms(terms, await termsLimits(tx))
      .filter((fault) => !fault.field.startsWith('forms'))
      .map((fault) => ({
        code: 'contracts.terms_invalid',
        field: `spec.${fault.field}`,
        message: fault.message[actor.locale],
      }))
    if (errors.length > 0) throw refuse(errors)
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) {
      throw refuse([{ code: 'contracts.offer_invalid', field: 'spec', message: error.message }])
    }
    throw error
  }
}
