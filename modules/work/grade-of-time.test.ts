import { rates } from '@opora/contracts/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type WorkBench, workBench } from './work.bench.ts'

const LEAD_PER_HOUR = 350_000
let bench: WorkBench
beforeEach(async () => {
  const rows = [{ activity: null, grade: 'lead', perHourKopecks: LEAD_PER_HOUR }]
  const estimates = {
    rule: { kind: 'nothing' as const },
    diagnosisExemptMinutes: 0,
    tolerancePercent: 0,
    warnAtPercent: 80,
  }
  bench = await workBench({ forms: [{ kind: 'postpaid', code: 'postpaid' }], estimates, rates: rates({ rows }) })
})
afterEach(() => bench.close())

async function amount(entry: Record<string, unknown>) {
  const [row] = await bench.db.owner<{ amountKopecks: number }[]>`
    select amount_kopecks from time_entry where id = ${Number(entry['id'])}`
  return row!.amountKopecks
}
const regrade = (grade: string | null) => bench.db.staff`update account set grade = ${grade}`
const worked = { activity: 'configuration', note: 'Настроил', date: '2026-01-19', minutes: 60 }
const log = async () => {
  const id = await bench.openTicket()
  return (await bench.api.call(bench.works, 'POST', `/tickets/${id}/time`, worked)).body
}

it('charges work at the rate of the grade that the person had', async () => {
  const plain = await log()
  await regrade('lead')
  const lead = await log()
  expect(await amount(lead)).toBe(LEAD_PER_HOUR)
  expect(await amount(plain)).toBe(200_000)
})

it('keeps the grade of an entry that is corrected after the person has another', async () => {
  await regrade('lead')
  const entry = await log()
  await regrade('junior')
  const path = `/time/${entry['id']}`
  const fixed = await bench.api.call(
    bench.works,
    'PATCH',
    path,
    { minutes: 120, reason: 'забыл час' },
    Number(entry['version']),
  )
  expect(fixed.status).toBe(200)
  expect(await amount(fixed.body)).toBe(2 * LEAD_PER_HOUR)
})
