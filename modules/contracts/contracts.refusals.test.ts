import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contractsRefusals } from './contracts.refusals.ts'

const domain = new URL('./domain/', import.meta.url)
const sources = readdirSync(domain)
  .filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
  .map((name) => readFileSync(new URL(name, domain), 'utf8'))

test('every refusal that the domain names is declared with its sentences', () => {
  const named = sources
    .flatMap((source) => source.match(/'contracts\.[a-z_]+'/g) ?? [])
    .map((code) => code.slice(1, -1))
  expect(named.length).toBeGreaterThan(3)
  for (const code of named) expect(contractsRefusals.specs).toHaveProperty([code])
})

test('both sentences of a refusal carry the same marks, and the Russian one is Russian', () => {
  const marks = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map((match) => match[0]).sort()
  for (const spec of Object.values(contractsRefusals.specs)) {
    expect(marks(spec.ru)).toEqual(marks(spec.en))
    expect(spec.ru).toMatch(/[а-яё]/i)
    expect(spec.status).toBeGreaterThanOrEqual(400)
  }
})
