import { type Actor, can, refuseAccess, writeAudit } from '@opora/access'
import { civilDateIn } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { listServices } from '../catalogue.read-model.ts'
import type { ContractsPorts } from '../contracts.ports.ts'
import { contractById, type KnownContract, versionsOf } from '../contracts.read-model.ts'
import { contractsRefusals } from '../contracts.refusals.ts'
import { isSuspendedOn } from '../domain/suspension.ts'
import { allowanceOf, versionOn } from '../domain/terms.ts'
import { unitPriceOf } from '../domain/unit-lines.ts'
import { lockLedger } from '../ledger.store.ts'
import { refuseContractService } from '../service.refusals.ts'
import type { UnitUseBody } from '../unit-use.contract.ts'
import { listPricesOf } from '../unit-use.read-model.ts'
import { unitUseStore } from '../unit-use.store.ts'

export function unitUseVerbs(ports: ContractsPorts) {
  const open = async (tx: Tx, actor: Actor, contractId: number): Promise<KnownContract> => {
    const contract = await contractById(tx, contractId)
    if (!contract || !can(actor, 'units.record', { clientId: contract.clientId }))
      throw refuseAccess('access.not_found')
    // the close of the month waits for this, and this for the close
    await lockLedger(tx, contractId)
    return contract
  }
  const demandOpen = async (tx: Tx, id: number, month: string) => {
    if (await ports.isMonthClosed(tx, id, month))
      throw contractsRefusals.refuse('contracts.month_closed', { field: 'date', params: { month } })
  }
  return {
    /** Units of a service that were used on a day. Work that nothing includes or prices is refused, so that it is not given for nothing. */
    async useUnits(tx: Tx, actor: Actor, input: UnitUseBody & { contractId: number }): Promise<void> {
      const contract = await open(tx, actor, input.contractId)
      const { id, clientId, zone } = contract
      const { service, units, note } = input
      const today = civilDateIn(zone, await databaseNow(tx))
      const usedOn = input.date ?? today
      if (usedOn > today) throw refuseContractService('contracts.use_ahead', { field: 'date' })
      const month = usedOn.slice(0, 7)
      await demandOpen(tx, id, month)
      const version = contract.status === 'draft' ? null : versionOn(await versionsOf(tx, id), usedOn)
      if (!version)
        throw contractsRefusals.refuse('contracts.date_not_covered', { field: 'date', params: { date: usedOn } })
      if (isSuspendedOn(version.suspended, usedOn))
        throw refuseContractService('contracts.use_suspended', { field: 'date' })
      if (!(await listServices(tx)).some((one) => one.code === service))
        throw refuseContractService('contracts.service_unknown', { field: 'service' })
      const allowance = allowanceOf(version.terms, service)?.kind
      const listKopecks = (await listPricesOf(tx, month))[service] ?? null
      if (allowance === 'excluded') throw refuseContractService('contracts.use_excluded', { field: 'service' })
      if (allowance !== 'unlimited' && unitPriceOf(version, { service, listKopecks }) === null)
        throw refuseContractService('contracts.unit_price_missing', { field: 'service' })
      const ticketId = input.ticketNumber === undefined ? null : await ticketOf(tx, clientId, input.ticketNumber)
      const row = { clientId, contractId: id, ticketId, service, units, usedOn, note, recordedBy: actor.accountId }
      const use = await unitUseStore.insert(tx, row)
      const detail = { service, units, date: usedOn, use }
      await writeAudit(tx, actor, { action: 'units.used', objectType: 'contract', objectId: id, clientId, detail })
    },

    /** A record that was wrong, while its month is open. */
    async takeUnitsBack(tx: Tx, actor: Actor, input: { contractId: number; useId: number }): Promise<void> {
      const { id, clientId } = await open(tx, actor, input.contractId)
      const use = await unitUseStore.lock(tx, id, input.useId)
      if (!use) throw refuseAccess('access.not_found')
      await demandOpen(tx, id, use.usedOn.slice(0, 7))
      await unitUseStore.takeBack(tx, use.id, actor.accountId)
      const detail = { service: use.service, units: use.units, date: use.usedOn, use: use.id }
      await writeAudit(tx, actor, {
        action: 'units.taken_back',
        objectType: 'contract',
        objectId: id,
        clientId,
        detail,
      })
    },
  }
}

async function ticketOf(tx: Tx, clientId: number, number: number): Promise<number> {
  const [row] = await tx<{ id: number }[]>`select id from ticket where client_id = ${clientId} and number = ${number}`
  if (!row) throw refuseContractService('contracts.use_ticket_unknown', { field: 'ticketNumber' })
  return row.id
}
