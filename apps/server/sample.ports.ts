import type { SamplePorts, SampleWork } from '@opora/contracts'
import type { CivilDate, CivilMonth, Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'

interface Row {
  ticketId: string
  personId: string
  activity: string
  grade: string | null
  service: string | null
  urgent: boolean
  onSite: boolean
  outOfHours: boolean
  timed: boolean
  from: Instant
  to: Instant
  date: CivilDate
  minutes: number
}

/** Real months for previews of prices. */
export const samplePorts: SamplePorts = { workOfMonth }

/** What was billed, and what a service of the package included; work that was taken back does not count. */
async function workOfMonth(sql: Queryable, contractId: number, month: CivilMonth): Promise<SampleWork[]> {
  const rows = await sql<Row[]>`
    select t.ticket_id::text, t.account_id::text as person_id, t.activity, t.grade, t.service, t.urgent, t.on_site, t.out_of_hours, t.timed,
      t.started_at as from, t.ended_at as to, (t.started_at at time zone k.zone)::date as date, t.minutes
    from time_entry t join contract k on k.id = t.contract_id
    where t.contract_id = ${contractId} and t.period = ${month} and t.reverses_id is null and t.reversed_by_id is null
      and (t.billable or t.service is not null)
    order by t.started_at, t.id`
  return rows.map(({ timed, from, to, date, minutes, outOfHours, ...work }) => ({
    ...work,
    when: timed ? { from, to } : { date, minutes, outOfHours },
  }))
}
