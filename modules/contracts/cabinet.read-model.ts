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
        })),
    })
  }
  return { at: isoInstant(ask.now), contracts: made }
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
