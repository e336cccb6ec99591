import type { Scope } from '@opora/access'
import type { CivilMonth, Instant } from '@opora/core'
import { isoInstant, monthSpan } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { z } from 'zod'
import { balanceOf, listEntries } from './balance.read-model.ts'
import type { cabinetContract, cabinetHours } from './contract.ts'
import { type ContractRow, contractCard, listContracts } from './contracts.read-model.ts'

export type CabinetHours = z.infer<typeof cabinetHours>
export type CabinetContract = z.infer<typeof cabinetContract>

const CONTRACTS_MAX = 50
const MOVEMENTS_MAX = 100

/** Hours left and how they went in a month, for each contract of the client that is or was in force then. */
export async function hoursOfClient(
  sql: Queryable,
  scope: Scope,
  ask: { clientId: number; month: CivilMonth | null; now: Instant },
): Promise<CabinetHours> {
  const contracts = await ownContracts(sql, scope, ask.clientId)
  const made: CabinetHours['contracts'] = []
  for (const contract of contracts) {
    const at = ask.month ? Math.min(ask.now, monthSpan(contract.zone, ask.month).to - 1) : ask.now
    const month =
      ask.month ??
      Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(contract.zone).toPlainDate().toString().slice(0, 7)
    if (contract.startsOn.slice(0, 7) > month || (contract.endsOn ?? month).slice(0, 7) < month) continue
    const balance = await balanceOf(sql, contract.id, at)
    if (!balance) continue
    const { items } = await listEntries(sql, contract.id, { month, limit: MOVEMENTS_MAX })
    const tickets = await ticketsOfEntries(
      sql,
      items.map((entry) => entry.id),
    )
    made.push({
      id: contract.id,
      number: contract.number,
      title: contract.title,
      leftMinutes: balance.leftMinutes,
      ofMinutes: balance.ofMinutes,
      carriedMinutes: balance.carriedMinutes,
      overMinutes: balance.overMinutes,
      words: balance.words,
      buckets: balance.buckets.map(({ entries: _e, earlierMinutes: _m, formCode: _f, ...bucket }) => bucket),
      movements: items
        .filter((entry) => entry.effectiveAt <= isoInstant(at))
        .map(({ id, kind, minutes, amountKopecks, effectiveAt, explanation }) => ({
          id,
          kind,
          minutes,
          amountKopecks,
          effectiveAt,
          explanation,
          ticket: tickets.get(id) ?? null,
        })),
    })
  }
  return { at: isoInstant(ask.now), contracts: made }
}

/** The requests that entries' work was done on; of an opposite entry, that of what it gives back. Work that the client does not see has none. */
async function ticketsOfEntries(
  sql: Queryable,
  entryIds: readonly number[],
): Promise<Map<number, { id: number; number: number }>> {
  if (entryIds.length === 0) return new Map()
  const rows = await sql<{ entryId: number; id: number; number: number }[]>`
    select e.id as entry_id, t.id, t.number from ledger_entry e left join ledger_entry o on o.key = e.reverses_key
      join time_entry w on w.id::text = coalesce(o.source_id, e.source_id) and coalesce(o.source_type, e.source_type) = 'time_entry'
      join ticket t on t.id = w.ticket_id
    where e.id in ${sql([...entryIds])}`
  return new Map(rows.map(({ entryId, ...ticket }) => [entryId, ticket]))
}

export async function contractsForCabinet(sql: Queryable, scope: Scope, clientId: number): Promise<CabinetContract[]> {
  const made: CabinetContract[] = []
  for (const { id } of await ownContracts(sql, scope, clientId)) {
    const card = await contractCard(sql, scope, id)
    if (!card) continue
    const { number, title, standing, startsOn, endsOn, packageCode, terms, portals } = card
    const { channels } = terms.entitlement
    made.push({ id, number, title, standing, startsOn, endsOn, packageCode, channels, portals })
  }
  return made
}

async function ownContracts(sql: Queryable, scope: Scope, clientId: number): Promise<ContractRow[]> {
  const page = await listContracts(sql, scope, { clientId, limit: CONTRACTS_MAX })
  return page.items.filter((contract) => contract.standing !== 'draft')
}
