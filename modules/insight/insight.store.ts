import type { CivilMonth } from '@opora/core'
import type { Json, Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { RevenueLine } from './domain/revenue.ts'

export interface ProjectedMonth {
  contractId: number
  clientId: number
  period: CivilMonth
  package: string
  closeId: number | null
  stamp: string
}

const ROWS_AT_ONCE = 2_000

export const insightStore = {
  /** One projection at a time: two would write the same month twice. */
  async lockProjection(tx: Tx): Promise<void> {
    await tx`select pg_advisory_xact_lock(hashtext('insight.revenue'))`
  },
  async writeMonth(tx: Tx, month: ProjectedMonth, lines: readonly RevenueLine[]): Promise<void> {
    await tx`delete from revenue_line where contract_id = ${month.contractId} and period = ${month.period}`
    const { contractId, clientId, period, closeId } = month
    const rows = lines.map((line) => ({
      contractId,
      clientId,
      period,
      closeId,
      package: month.package,
      kind: line.kind,
      titleRu: line.title.ru,
      titleEn: line.title.en,
      activity: line.activity,
      ticketId: line.ticketId,
      timeEntryId: line.timeEntryId,
      netKopecks: line.netKopecks,
      grossKopecks: line.grossKopecks,
    }))
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
      await tx`insert into revenue_line ${tx(rows.slice(at, at + ROWS_AT_ONCE) as never)}`
    await tx`
      insert into revenue_month ${tx(month as never)}
      on conflict (contract_id, period) do update set package = excluded.package, close_id = excluded.close_id, stamp = excluded.stamp,
        made_at = app_now()`
  },
  /** Months that a contract no longer has, since it ends earlier. */
  async dropMonthsPastEnd(tx: Tx): Promise<void> {
    await tx`
      with gone as (delete from revenue_month r using contract k
        where k.id = r.contract_id and r.close_id is null and r.period > to_char(k.ends_on, 'YYYY-MM') returning r.contract_id, r.period)
      delete from revenue_line l using gone g where l.contract_id = g.contract_id and l.period = g.period`
  },
  async changeRule(
    tx: Tx,
    {
      code,
      enabled,
      threshold,
      version,
    }: { code: string; enabled: boolean; threshold: number; version: number | null },
  ): Promise<void> {
    const [row] = await tx<{ version: number }[]>`select version from risk_rule where code = ${code} for update`
    demandVersion(row?.version ?? 0, version)
    await tx`update risk_rule set enabled = ${enabled}, threshold = ${threshold}, version = version + 1 where code = ${code}`
  },
  async putCapacity(
    tx: Tx,
    {
      accountId,
      validFrom,
      minutesPerWeek,
      setBy,
    }: { accountId: number; validFrom: string; minutesPerWeek: number; setBy: number | null },
  ): Promise<void> {
    await tx`
      insert into staff_capacity (account_id, valid_from, minutes_per_week, set_by)
      values (${accountId}, ${validFrom}, ${minutesPerWeek}, ${setBy})
      on conflict (account_id, valid_from) do update set minutes_per_week = excluded.minutes_per_week, set_by = excluded.set_by,
        set_at = app_now()`
  },
  async putTeam(
    tx: Tx,
    { version, ...of }: { contractId: number; clientId: number; version: number | null },
    members: readonly { accountId: number; minutesPerMonth: number }[],
  ): Promise<void> {
    await tx`insert into contract_team_version ${tx({ ...of, version: 0 } as never)} on conflict do nothing`
    const [row] = await tx<{ version: number }[]>`
      select version from contract_team_version where contract_id = ${of.contractId} for update`
    demandVersion(row!.version, version)
    await tx`update contract_team_version set version = version + 1 where contract_id = ${of.contractId}`
    await tx`delete from contract_team where contract_id = ${of.contractId}`
    for (const member of members) await tx`insert into contract_team ${tx({ ...of, ...member } as never)}`
  },
  /** Which of these accounts are active people of the provider. */
  async knownStaff(tx: Tx, ids: readonly number[]): Promise<Set<number>> {
    const rows = await tx<{ id: number }[]>`
      select id from account where id = any(${[...ids]}::bigint[]) and side = 'staff' and active`
    return new Set(rows.map((row) => row.id))
  },
  /** A plan's next version; refuses when somebody has written one since `version`. */
  async addPlan(
    tx: Tx,
    plan: {
      clientId: number
      year: number
      lines: Json
      note: string
      createdBy: number | null
      version: number | null
    },
  ): Promise<void> {
    await tx`select pg_advisory_xact_lock(hashtext('insight.budget'), ${plan.clientId}::int)`
    const [row] = await tx<{ version: number }[]>`
      select coalesce(max(version), 0)::int as version from budget_plan where client_id = ${plan.clientId} and year = ${plan.year}`
    const present = row!.version
    demandVersion(present, plan.version)
    await tx`
      insert into budget_plan (client_id, year, version, lines, note, created_by)
      values (${plan.clientId}, ${plan.year}, ${present + 1}, ${tx.json(plan.lines)}, ${plan.note}, ${plan.createdBy})`
  },
}

function demandVersion(present: number, expected: number | null): void {
  if (expected !== null && expected !== present)
    throw refuseHttp('http.version_conflict', { details: { currentVersion: present } })
}
