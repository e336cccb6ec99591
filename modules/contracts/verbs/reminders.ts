import { type Actor, systemActor, writeAudit } from '@opora/access'
import type { CivilDate, Kopecks } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import type { ContractsPorts } from '../contracts.ports.ts'
import { versionsOf } from '../contracts.read-model.ts'
import { updateContract } from '../contracts.store.ts'
import type { AgreementTerms } from '../domain/agreement.ts'
import { linesOf, sumOfLines } from '../domain/close-lines.ts'
import { remindersOf } from '../domain/reminders.ts'
import { chargesOf } from '../ledger.read-model.ts'
import { ledgerFaults } from '../ledger-check.read-model.ts'
import { grantAnew, monthsBetween } from './grants.ts'

interface Row {
  id: number
  clientId: number
  number: string
  startsOn: CivilDate
  endsOn: CivilDate | null
  signedOn: CivilDate | null
  letterUntil: CivilDate | null
  letterKopecks: Kopecks | null
  agreement: AgreementTerms | null
  today: CivilDate
}

export function reminderVerbs(ports: ContractsPorts) {
  return {
    /** Contracts in force whose dates have to be looked at. */
    async contractsToRemind(sql: Queryable): Promise<number[]> {
      const rows = await sql<{ id: number }[]>`
        select id from contract where status = 'active'
          and (ends_on is not null or signed_on is null and letter_until is not null
            or exists (select 1 from contract_version v where v.contract_id = contract.id and v.terms ? 'agreement')) order by id`
      return rows.map((row) => row.id)
    },

    /** Tells what has become due of a contract's dates, each once, and lets it go on where it goes on by itself. Returns how much was told. */
    async remindOf(tx: Tx, contractId: number): Promise<number> {
      const row = await loadRow(tx, contractId)
      if (!row) return 0
      const usedKopecks = row.signedOn === null && row.letterKopecks !== null ? await usedOf(tx, row) : 0
      let told = 0
      for (const { key, words } of remindersOf(
        { ...row, usedKopecks, agreement: row.agreement ?? undefined },
        row.today,
      )) {
        const made =
          await tx`insert into contract_reminder (contract_id, client_id, key) values (${row.id}, ${row.clientId}, ${key})
          on conflict do nothing returning key`
        if (made.length === 0) continue
        told += 1
        await ports.bus.emit(tx, 'contract.reminder', { clientId: row.clientId, contractId: row.id, key, words })
      }
      await renewByItself(tx, ports, systemActor(), row)
      return told
    },

    /** Every law of the ledger held against every entry; what contradicts is shouted about. Returns the faults. */
    async checkLedger(tx: Tx) {
      const faults = await ledgerFaults(tx)
      if (faults.length === 0) return faults
      const [row] = await tx<{ date: CivilDate }[]>`select app_now()::date as date`
      const contracts = new Set(faults.map((fault) => fault.contractId)).size
      const laws = [...new Set(faults.map((fault) => fault.law))].join(', ')
      const words = {
        ru: `Журнал часов не сходится: нарушений ${faults.length}, договоров ${contracts} (${laws}). Закрытие месяцев лучше отложить.`,
        en: `The ledger of hours does not add up: ${faults.length} faults in ${contracts} contracts (${laws}). Hold back from closing months.`,
      }
      await ports.bus.emit(tx, 'ledger.broken', { faults: faults.length, contracts, date: row!.date, words })
      return faults
    },
  }
}

async function loadRow(sql: Queryable, id: number): Promise<Row | null> {
  const [row] = await sql<Row[]>`
    select k.id, k.client_id, k.number, k.starts_on, k.ends_on, k.signed_on, k.letter_until, k.letter_amount_kopecks as letter_kopecks,
      v.terms -> 'agreement' as agreement, (app_now() at time zone k.zone)::date as today
    from contract k left join lateral (select terms from contract_version v where v.contract_id = k.id
      and v.valid_from <= (app_now() at time zone k.zone)::date order by v.valid_from desc limit 1) v on true
    where k.id = ${id} and k.status = 'active'`
  return row ?? null
}

/** Fees and work since the beginning: what the letter has to cover. */
export async function usedOf(sql: Queryable, row: Pick<Row, 'id' | 'startsOn' | 'today'>): Promise<Kopecks> {
  const versions = await versionsOf(sql, row.id)
  const charges = await chargesOf(sql, row.id)
  const months = monthsBetween(row.startsOn.slice(0, 7), row.today.slice(0, 7))
  return months.reduce((sum, month) => sum + sumOfLines(linesOf(versions, month, charges)), 0)
}

/** On its last day a contract that goes on by itself gets a later one. */
async function renewByItself(tx: Tx, ports: ContractsPorts, actor: Actor, row: Row): Promise<void> {
  const renewal = row.agreement?.renewal
  if (renewal?.kind !== 'automatic' || row.endsOn === null || row.today < row.endsOn) return
  const endsOn = Temporal.PlainDate.from(row.endsOn)
    .add({ days: 1 })
    .add({ months: renewal.months })
    .subtract({ days: 1 })
    .toString()
  await updateContract(tx, row.id, null, { endsOn })
  await grantAnew(tx, ports, row.id, { from: row.endsOn, actorId: null, whenDrawn: 'keep' })
  const { id, clientId } = row
  const detail = { from: row.endsOn, to: endsOn }
  await writeAudit(tx, actor, { action: 'contract.renewed', objectType: 'contract', objectId: id, clientId, detail })
  const words = {
    ru: `Договор ${row.number} продлён по ${endsOn.split('-').toReversed().join('.')}.`,
    en: `Contract ${row.number} was renewed until ${endsOn}.`,
  }
  await ports.bus.emit(tx, 'contract.reminder', { clientId, contractId: id, key: `renewed:${endsOn}`, words })
  await ports.bus.emit(tx, 'contract.changed', { clientId, contractId: id })
}
