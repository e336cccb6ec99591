import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ZONES = ['UTC', 'Europe/Moscow', 'America/St_Johns', 'Pacific/Apia', 'Australia/Lord_Howe', 'Europe/Paris']

it('answers the same whatever zone its host lives in', { timeout: 60_000 }, () => {
  const told = ZONES.map((zone) => {
    const script = join(import.meta.dirname, 'answers.fixture.ts')
    const printed = execFileSync(process.execPath, [script], { env: { ...process.env, TZ: zone }, encoding: 'utf8' })
    return JSON.parse(printed) as { zone: string; answers: unknown[] }
  })
  expect(told.map((one) => one.zone)).toEqual(ZONES)
  expect(told[0]?.answers.length).toBeGreaterThan(200)
  for (const one of told) expect(one.answers).toEqual(told[0]?.answers)
})
