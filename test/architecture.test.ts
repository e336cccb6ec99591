import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { banned, longFiles, longFunctions, shellingOut } from './architecture/measures.ts'
import { type Project, projectOf, readProject } from './architecture/project.ts'
import { RULES, type Violation } from './architecture/rules.ts'
import { blanked, importsOf } from './architecture/scan.ts'

const root = join(import.meta.dirname, '..')
const real = readProject(root)

/** As lines, so that a failing test reads like a list of things to do. */
function lines(violations: readonly Violation[]): string[] {
  return violations.map(({ where, advice }) => `${where} — ${advice}`)
}

function manifest(name: string, exports: Record<string, string>, dependencies: string[] = []): string {
  const wanted = Object.fromEntries(dependencies.map((dependency) => [dependency, '*']))
  return JSON.stringify({ name, exports, dependencies: wanted })
}

const MODULE_DOORS = { '.': './index.ts', './contract': './contract.ts', './ui': './ui/index.ts' }

/** A small sound house; each test plants one more file in it. */
function houseWith(planted: Record<string, string>): Project {
  return projectOf({
    'core/package.json': manifest('@opora/core', { '.': './index.ts' }),
    'core/index.ts': "export { minutes } from './minutes.ts'",
    'platform/package.json': manifest(
      '@opora/platform',
      { './database': './database/index.ts', './i18n': './i18n/index.ts' },
      ['@opora/core'],
    ),
    'ui-kit/package.json': manifest('@opora/ui-kit', { '.': './index.ts' }, ['@opora/core']),
    'modules/people/package.json': manifest('@opora/people', MODULE_DOORS, ['@opora/core', '@opora/platform']),
    'modules/people/index.ts': "export { openClient } from './people.service.ts'",
    'modules/people/people.service.ts':
      "import { saveClient } from './people.store.ts'\nexport const openClient = saveClient",
    'modules/tickets/package.json': manifest('@opora/tickets', MODULE_DOORS, [
      '@opora/core',
      '@opora/calendar',
      '@opora/people',
      '@opora/platform',
      '@opora/ui-kit',
      'zod',
    ]),
    'modules/tickets/domain/priority.ts':
      "import { minutes } from '@opora/core'\nimport { spans } from '@opora/calendar'\nimport { age } from './age.ts'",
    'modules/tickets/contract.ts': "import { z } from 'zod'\nimport { clientCard } from '@opora/people/contract'",
    'modules/tickets/ui/list.tsx':
      "import { Table } from '@opora/ui-kit'\nimport { ClientName } from '@opora/people/ui'\nimport { ticketList } from '../contract.ts'",
    'modules/billing/package.json': manifest('@opora/billing', MODULE_DOORS, ['@opora/tickets']),
    'apps/server/package.json': manifest('@opora/server', { '.': './app.ts' }, ['@opora/tickets']),
    'database/migrations/0003-people.sql': 'create table client (id bigint);',
    'database/migrations/0007-tickets.sql': 'create table ticket (id bigint);',
    ...planted,
  })
}

describe('the house', () => {
  for (const [sentence, rule] of Object.entries(RULES)) {
    test(sentence, () => {
      expect(lines(rule(real))).toEqual([])
    })
  }

  test('no file is longer than 400 lines, and no function longer than 70', () => {
    expect(lines([...longFiles(real), ...longFunctions(real)])).toEqual([])
  })

  test('no `any`; no clock, chance or environment where they do not belong; no bare fetch', () => {
    expect(lines(banned(real))).toEqual([])
  })

  test('only named places start other programs', () => {
    expect(lines(shellingOut(real))).toEqual([])
  })

  test('the lock file knows every workspace and the packages of every system, so that a clean install works', () => {
    const done = spawnSync(process.execPath, ['scripts/complete-lock.mjs', '--check'], { cwd: root, encoding: 'utf8' })
    expect(done.stderr + done.stdout).toContain('package-lock.json is complete')
  })
})

/** What all rules together say of the sound house plus these files. */
function saysOf(planted: Record<string, string>): string[] {
  const project = houseWith(planted)
  const rules = Object.values(RULES).flatMap((rule) => rule(project))
  return lines([
    ...rules,
    ...longFiles(project),
    ...longFunctions(project),
    ...banned(project),
    ...shellingOut(project),
  ])
}

describe('a planted violation is found, and told with what to do instead', () => {
  test('the sound house has none', () => {
    expect(saysOf({})).toEqual([])
  })

  test('1: core imports something', () => {
    expect(saysOf({ 'core/page.ts': "import { z } from 'zod'" })).toEqual([
      'core/page.ts:1 — core imports nothing, not even zod: what needs it belongs into platform.',
    ])
  })

  test('1: platform knows a module', () => {
    expect(saysOf({ 'platform/database/index.ts': "\nimport { openClient } from '@opora/people'" })[0]).toBe(
      'platform/database/index.ts:2 — platform must not know @opora/people: pass what it needs as a parameter, or move the business word into the module.',
    )
  })

  test('2: a rule asks the database, the system or another module', () => {
    const planted =
      "import { sql } from '@opora/platform/database'\nimport { readFileSync } from 'node:fs'\nimport { openClient } from '@opora/people'\nimport { load } from '../tickets.store.ts'"
    const said = saysOf({ 'modules/tickets/domain/close.ts': planted }).filter((line) =>
      line.includes('domain/ must not'),
    )
    expect(said.map((line) => line.split(' — ')[0])).toEqual(
      [1, 2, 3, 4].map((line) => `modules/tickets/domain/close.ts:${line}`),
    )
    expect(said[0]).toContain('let the verb load the value and pass it in')
  })

  test('2: a pure parser is allowed to the module that it is named for, and to no other', () => {
    const planted = "import { BpmnModdle } from 'bpmn-moddle'"
    expect(saysOf({ 'modules/process/domain/read.ts': planted })).toEqual([])
    expect(saysOf({ 'modules/tickets/domain/read.ts': planted })).toHaveLength(1)
  })

  test('3: a relative import leaves its package', () => {
    expect(
      saysOf({ 'modules/tickets/verbs/open.ts': "import { openClient } from '../../people/people.service.ts'" }),
    ).toEqual([
      'modules/tickets/verbs/open.ts:1 — a relative import must not leave its package (modules/people/people.service.ts): import the package by its name, through its door.',
    ])
  })

  test('3: an import passes by the door', () => {
    expect(
      saysOf({ 'modules/tickets/verbs/open.ts': "import { saveClient } from '@opora/people/people.store.ts'" }),
    ).toEqual([
      'modules/tickets/verbs/open.ts:1 — @opora/people has no door "./people.store.ts": export what you need from its index.ts, or add the door to its package.json.',
    ])
  })

  test('3: a package is not declared', () => {
    expect(saysOf({ 'modules/billing/close.ts': "import { openClient } from '@opora/people'" })).toEqual([
      'modules/billing/close.ts:1 — @opora/people is not declared in modules/billing/package.json: add it to "dependencies" there.',
    ])
  })

  test('3: packages import each other in a circle', () => {
    const said = saysOf({
      'core/money.ts': "import { Table } from '@opora/ui-kit'",
      'ui-kit/table.tsx': "import { minutes } from '@opora/core'",
    })
    expect(said.join('\n')).toContain('packages import each other in a circle (core → ui-kit → core)')
  })

  test('4: a module imports one below it, in code or in its package.json', () => {
    const said = saysOf({
      'modules/people/people.jobs.ts': "import type { Ticket } from '@opora/tickets'",
      'modules/people/package.json': manifest('@opora/people', MODULE_DOORS, ['@opora/tickets']),
    })
    expect(said).toContain(
      'modules/people/people.jobs.ts:1 — people stands above tickets in the list: announce an event that tickets hears in apps/server/app.ts, or declare a port that it fills.',
    )
    expect(said).toContain(
      'modules/people/package.json:1 — @opora/tickets stands below people in the list and must not be among its dependencies.',
    )
  })

  test('4: a module without a place in the list', () => {
    expect(saysOf({ 'modules/crm/package.json': manifest('@opora/crm', {}) })[0]).toContain(
      'the module crm is not in the list',
    )
  })

  test('5: a door leads to a store', () => {
    expect(saysOf({ 'modules/people/index.ts': "export { saveClient } from './people.store.ts'" })).toEqual([
      'modules/people/index.ts:1 — a door must not lead to a store (modules/people/people.store.ts): give other modules a query of the read model, or a verb of the service.',
    ])
  })

  test('6: a route, a job or a read model imports a store', () => {
    for (const part of ['routes', 'jobs', 'read-model']) {
      expect(
        saysOf({ [`modules/people/people.${part}.ts`]: "import { saveClient } from './people.store.ts'" }),
      ).toEqual([
        `modules/people/people.${part}.ts:1 — only the module's service and its verbs write through people.store.ts: call the verb instead; for reading use the read model.`,
      ])
    }
  })

  test('7: a page imports server code', () => {
    const planted =
      "import { openTicket } from '../tickets.service.ts'\nimport { sql } from '@opora/platform/database'\nimport { openClient } from '@opora/people'\nimport { t } from '@opora/platform/i18n'"
    const said = saysOf({ 'modules/tickets/ui/page.tsx': planted })
    expect(said.map((line) => line.split(' — ')[0])).toEqual(
      [1, 2, 3].map((line) => `modules/tickets/ui/page.tsx:${line}`),
    )
    expect(said[0]).toContain('take its types from the contract and its data from the API')
  })

  test('7: a contract imports what a browser cannot have', () => {
    expect(saysOf({ 'modules/tickets/contract.ts': "import { sql } from '@opora/platform/database'" })[0]).toContain(
      'a contract goes to the browser',
    )
  })

  test('7: somebody imports an app', () => {
    const planted = {
      'modules/billing/close.ts': "import { app } from '@opora/server'",
      'modules/billing/package.json': manifest('@opora/billing', {}, ['@opora/server']),
    }
    expect(saysOf(planted)).toEqual([
      'modules/billing/close.ts:1 — nobody imports @opora/server: what two packages share belongs into the lower one.',
    ])
  })

  test('8: a barrel, a default export, a file called utils', () => {
    expect(saysOf({ 'modules/tickets/domain/index.ts': "export * from './priority.ts'" })[0]).toContain(
      'only a door passes on what others export',
    )
    expect(saysOf({ 'modules/tickets/open.ts': 'export default 1' })[0]).toContain('export by name')
    expect(saysOf({ 'modules/tickets/utils.ts': '' })[0]).toContain('name the file after what it holds')
  })

  test('8: a query writes into the table of another module', () => {
    const planted = {
      'modules/tickets/tickets.store.ts':
        'sql`\n  update client set name = 1`\nsql`insert into ticket select * from client`',
    }
    expect(saysOf(planted)).toEqual([
      'modules/tickets/tickets.store.ts:2 — client belongs to people: call a verb of people, or announce an event; foreign keys may cross modules, writing queries may not.',
    ])
  })

  test('measures: long files and functions, any, clock and chance in a rule, environment, fetch, child processes', () => {
    const long = `export function long() {\n${'  step()\n'.repeat(80)}}`
    expect(saysOf({ 'core/long.ts': long })).toEqual([
      'core/long.ts:1 — a function of 82 lines (at most 70): take a step with a name out of it.',
    ])
    expect(saysOf({ 'core/long.ts': '\n'.repeat(500).concat('x') })[0]).toContain('501 lines')
    const cases: Record<string, string> = {
      'let x: any': '`any` turns the checker off',
      'const t = Date.now()': 'a rule has no clock',
      'const d = new Date()': 'a rule has no clock',
      'const n = Math.random()': 'a rule draws no lots',
      'const k = process.env.KEY': 'only the start reads the environment',
      'await fetch(url)': 'a bare fetch goes wherever it is told',
      "import { exec } from 'node:child_process'": 'nothing here starts other programs',
    }
    for (const [text, advice] of Object.entries(cases)) {
      expect(saysOf({ 'modules/tickets/domain/x.ts': text }).join('\n')).toContain(advice)
    }
    expect(
      saysOf({ 'modules/tickets/domain/x.ts': 'const d = new Date(instant) // not Date.now(), and any text' }),
    ).toEqual([])
  })
})

describe('the scanner', () => {
  test('reads every form of import, and none out of comments, strings and templates', () => {
    const text = [
      "import a from 'one'",
      "import type { B } from 'two'",
      "import { type C, type D } from 'three'",
      'import {',
      '  e,',
      "} from 'four'",
      "import 'five'",
      "export { f } from 'six'",
      "// import x from 'no'",
      "/* import x from 'no' */",
      'const s = "import x from \'no\'"',
      `const t = \`import x from 'no' \${await import('seven')}\``,
      "export const from = 'no'",
      "export type Kind = 'no' | 'never'",
    ].join('\n')
    expect(importsOf(text).map(({ specifier, line, typeOnly }) => [specifier, line, typeOnly])).toEqual([
      ['one', 1, false],
      ['two', 2, true],
      ['three', 3, true],
      ['four', 6, false],
      ['five', 7, false],
      ['six', 8, false],
      ['seven', 12, false],
    ])
  })

  test('keeps places while it blanks strings, regular expressions and the apostrophes of pages', () => {
    const text = [
      `const q = /['\`"]/ // it's`,
      "const page = <p>don't</p>",
      `const t = \`\${a ? \`\${{ b: 1 }}\` : '}'}\``,
      'rest()',
    ].join('\n')
    const code = blanked(text)
    expect(code).toHaveLength(text.length)
    expect(code.split('\n').at(-1)).toBe('rest()')
    expect(code).not.toContain('it')
  })
})
