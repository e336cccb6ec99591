import { type Actor, writeAudit } from '@opora/access'
import { contractById } from '@opora/contracts'
import { requisiteFaults } from '@opora/people'
import type { Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { billingRefusals } from '../billing.refusals.ts'
import type { ContractBillingBody, LegalEntityBody } from '../documents.contract.ts'
import { documentRefusals } from '../documents.refusals.ts'
import { documentsStore } from '../documents.store.ts'

/** Makes a legal entity of the provider, or changes it; what was issued keeps the details that it was issued with. */
export async function saveLegalEntity(
  tx: Tx,
  actor: Actor,
  given: { id: number | null; version: number | null; values: LegalEntityBody },
): Promise<number> {
  const { values } = given
  checkDetails(values)
  const id = given.id === null ? await documentsStore.insertLegalEntity(tx, { ...values, isDefault: false }) : given.id
  if (given.id !== null) {
    const known = await documentsStore.lockLegalEntity(tx, id)
    if (!known) throw documentRefusals.refuse('billing.legal_entity_not_found')
    if (given.version !== known.version)
      throw refuseHttp('http.version_conflict', { details: { currentVersion: known.version } })
  }
  // The old default gives way first: two at once are refused by the index.
  if (values.isDefault) await documentsStore.clearDefault(tx, id)
  if (values.isDefault || given.id !== null) await documentsStore.updateLegalEntity(tx, id, values)
  await writeAudit(tx, actor, {
    action: given.id === null ? 'legal_entity.added' : 'legal_entity.changed',
    objectType: 'legal_entity',
    objectId: id,
    clientId: null,
    detail: { ...values },
  })
  return id
}

export async function archiveLegalEntity(tx: Tx, actor: Actor, id: number): Promise<void> {
  if (!(await documentsStore.lockLegalEntity(tx, id))) throw documentRefusals.refuse('billing.legal_entity_not_found')
  await documentsStore.archiveLegalEntity(tx, id)
  await writeAudit(tx, actor, {
    action: 'legal_entity.archived',
    objectType: 'legal_entity',
    objectId: id,
    clientId: null,
  })
}

function checkDetails(values: LegalEntityBody): void {
  const [fault] = requisiteFaults(values)
  if (fault) throw billingRefusals.refuse('billing.requisite_wrong', { field: fault.field })
  const days = values.taxPeriods.map((period) => period.from)
  if (new Set(days).size < days.length)
    throw documentRefusals.refuse('billing.tax_periods_doubled', { field: 'taxPeriods' })
}

/** How a contract is billed from now on: what was issued stays as it is. */
export async function saveContractBilling(
  tx: Tx,
  actor: Actor,
  given: { contractId: number; values: ContractBillingBody },
): Promise<void> {
  const contract = await contractById(tx, given.contractId)
  if (!contract) throw billingRefusals.refuse('billing.period_not_found')
  const { legalEntityId } = given.values
  if (legalEntityId !== null && (await documentsStore.lockLegalEntity(tx, legalEntityId)) === null)
    throw documentRefusals.refuse('billing.legal_entity_not_found', { field: 'legalEntityId' })
  await documentsStore.saveContractBilling(
    tx,
    { contractId: contract.id, clientId: contract.clientId },
    { ...given.values },
  )
  await writeAudit(tx, actor, {
    action: 'contract.billing_changed',
    objectType: 'contract',
    objectId: contract.id,
    clientId: contract.clientId,
    detail: { ...given.values },
  })
}
