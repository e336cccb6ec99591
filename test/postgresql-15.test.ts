import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const NUMBER = /\b0[xob][0-9a-f]+\b|\b\d+_\d+\b/i

const faultsIn = (text: string) =>
  text.split('\n').flatMap((line) => NUMBER.exec(line.replace(/'[^']*'|--.*$/g, '')) ?? [])

test('SQL writes numbers as PostgreSQL 15 reads them: neither in another base nor with underscores', () => {
  const migrations = globSync('database/migrations/*.sql', { cwd: ROOT })
  const sources = globSync('{apps,modules,platform}/**/*.ts', { cwd: ROOT, exclude: ['**/node_modules/**'] })
  expect(migrations.length).toBeGreaterThan(10)
  expect(sources.length).toBeGreaterThan(100)
  const faults = [
    ...migrations.map((path) => [path, faultsIn(readFileSync(join(ROOT, path), 'utf8'))] as const),
    ...sources.map((path) => [path, faultsIn(queriesOf(readFileSync(join(ROOT, path), 'utf8')))] as const),
  ].filter(([, found]) => found.length > 0)
  expect(faults).toEqual([])
})

test('a number of another base is seen in a migration and in a query', () => {
  expect(faultsIn('perform pg_advisory_xact_lock(0x7365616c);')).toHaveLength(1)
  expect(faultsIn(queriesOf('await tx`select pg_advisory_xact_lock(0x6f706f72)`'))).toHaveLength(1)
})

/** The text of tagged queries, without what is put into them. */
function queriesOf(source: string): string {
  const queries = source.matchAll(/\b(?:sql|tx|staff|worker|owner|pool|run|queryable)(?:<[^`]*?>)?`([^`]*)`/g)
  return [...queries].map(([, text = '']) => text.replace(/\$\{[^}]*\}/g, '')).join('\n')
}
