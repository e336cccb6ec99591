import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { answers } from './answers.fixture.ts'

const ZONES = ['UTC', 'Europe/Moscow', 'America/St_Johns', 'Pacific/Apia', 'Australia/Lord_Howe', 'Europe/Paris']

it('answers the same whatever zone its host lives in', { timeout: 60_000 }, () => {
  const here = JSON.parse(JSON.stringify(answers().answers)) as unknown[]
  const script = pathToFileURL(join(import.meta.dirname, 'answers.fixture.ts'))
  const code = `import { answers } from '${script}'; process.stdout.write(JSON.stringify(answers()))`
  const told = ZONES.map((zone) => {
    const env = { ...process.env, TZ: zone }
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', code], { env, encoding: 'utf8' })
    return JSON.parse(printed) as { zone: string; answers: unknown[] }
  })
  expect(told.map((one) => one.zone)).toEqual(ZONES)
  expect(here.length).toBeGreaterThan(200)
  for (const one of told) expect(one.answers).toEqual(here)
})
