import { posix } from 'node:path'
import {
  MODULE_ORDER,
  moduleOf,
  npmPackage,
  type Project,
  relativeTarget,
  type SourceFile,
  workspaceTarget,
} from './project.ts'
import { blanked, type Import, lineOf } from './scan.ts'

export interface Violation {
  rule: string
  /** path:line */
  where: string
  /** What is wrong and what to do instead. */
  advice: string
}

type Rule = (project: Project) => Violation[]

/** npm packages that are pure arithmetic or parsing, so that a domain may use them. */
const PURE_PACKAGES: Record<string, readonly string[]> = { 'modules/process': ['bpmn-moddle'] }
const TEST_TOOLS = new Set(['vitest', 'fast-check'])

function at(file: SourceFile, one: { line: number }): string {
  return `${file.path}:${one.line}`
}

function* everyImport(project: Project): Generator<[SourceFile, Import]> {
  for (const file of project.files) for (const one of file.imports) yield [file, one]
}

/** The calendar is pure as a whole; elsewhere `domain/` is. */
export function isDomain(file: SourceFile): boolean {
  if (file.home === 'modules/calendar') return !file.path.includes('/ui/')
  return /^modules\/[^/]+\/domain\//.test(file.path)
}

export function isUi(file: SourceFile): boolean {
  // What builds the page runs in Node.
  if (file.path.startsWith('apps/web/scripts/')) return false
  return /^modules\/[^/]+\/ui\//.test(file.path) || file.home === 'ui-kit' || file.home === 'apps/web'
}

/** `contract.ts` and the parts that a large one is made of. */
const isContract = (path: string) =>
  /^modules\/[^/]+\/(contract\.ts|contract\/.+\.ts|[\w.-]+\.(contract|schema)\.ts)$/.test(path)
const isStore = (path: string) => /\.store\.ts$/.test(path)

/** 1. core imports nothing; platform imports core. Neither knows a module. */
export const foundations: Rule = (project) => {
  const found: Violation[] = []
  for (const [file, one] of everyImport(project)) {
    if (file.home !== 'core' && file.home !== 'platform') continue
    if (file.isTest && TEST_TOOLS.has(one.specifier)) continue
    const target = workspaceTarget(project, one.specifier)
    if (target && file.home === 'platform' && target.name === '@opora/core') continue
    if (target && target.home !== file.home) {
      found.push({
        rule: '1 foundations',
        where: at(file, one),
        advice: `${file.home} must not know ${target.name}: pass what it needs as a parameter, or move the business word into the module.`,
      })
    } else if (file.home === 'core' && !target && !one.specifier.startsWith('.') && !file.isTest) {
      found.push({
        rule: '1 foundations',
        where: at(file, one),
        advice: `core imports nothing, not even ${one.specifier}: what needs it belongs into platform.`,
      })
    }
  }
  return found
}

/** 2. domain/ imports core, @opora/calendar and its own domain/ only; of a module above it may use the types. */
export const pureDomain: Rule = (project) => {
  const found: Violation[] = []
  for (const [file, one] of everyImport(project)) {
    if (!isDomain(file) || mayDomainImport(file, one)) continue
    found.push({
      rule: '2 pure domain',
      where: at(file, one),
      advice: `domain/ must not import ${one.specifier}: let the verb load the value and pass it in; core, @opora/calendar and its own domain/ are all it may import.`,
    })
  }
  return found
}

function mayDomainImport(file: SourceFile, one: Import): boolean {
  if (one.specifier === '@opora/core' || one.specifier === '@opora/calendar') return true
  if (one.typeOnly && /^@opora\/(?!platform)/.test(one.specifier)) return true
  const target = relativeTarget(file, one.specifier)
  if (target) {
    const own = file.home === 'modules/calendar' ? `${file.home}/` : `${file.home}/domain/`
    return target.startsWith(own) || (file.isTest && target.startsWith(`${file.home}/`))
  }
  if (file.isTest) return TEST_TOOLS.has(one.specifier) || one.specifier.startsWith('node:')
  return PURE_PACKAGES[file.home]?.includes(npmPackage(one.specifier)) ?? false
}

/** 3. Modules meet at their doors; relative imports stay inside; workspace imports are declared; no cycle. */
export const doors: Rule = (project) => {
  const found: Violation[] = []
  const add = (where: string, advice: string) => found.push({ rule: '3 doors', where, advice })
  for (const [file, one] of everyImport(project)) {
    const relative = relativeTarget(file, one.specifier)
    if (relative && !relative.startsWith(file.home === '' ? '' : `${file.home}/`)) {
      add(
        at(file, one),
        `a relative import must not leave its package (${relative}): import the package by its name, through its door.`,
      )
    }
    // an application has no door to come through: tests and benchmarks that start it reach into it
    if (relative && file.home === '' && /^(core|platform|modules|ui-kit)\//.test(relative)) {
      add(at(file, one), `import the package by its name, through its door, not by the path ${relative}.`)
    }
    const target = workspaceTarget(project, one.specifier)
    if (!target || file.home === '') continue
    const manifest = project.manifests.get(file.home)
    if (target.home === file.home)
      add(at(file, one), `a package imports its own files by relative paths, not as ${one.specifier}.`)
    else if (!manifest?.dependencies.has(target.name)) {
      add(at(file, one), `${target.name} is not declared in ${file.home}/package.json: add it to "dependencies" there.`)
    }
    if (target.home !== '?' && !project.manifests.get(target.home)?.doors.has(target.door)) {
      add(
        at(file, one),
        `${target.name} has no door "${target.door}": export what you need from its index.ts, or add the door to its package.json.`,
      )
    }
  }
  return [...found, ...cycles(project)]
}

function cycles(project: Project): Violation[] {
  const arrows = new Map<string, Map<string, string>>()
  for (const [file, one] of everyImport(project)) {
    const target = workspaceTarget(project, one.specifier)
    if (!target || file.home === '' || target.home === file.home) continue
    const out = arrows.get(file.home) ?? new Map<string, string>()
    if (!out.has(target.home)) out.set(target.home, at(file, one))
    arrows.set(file.home, out)
  }
  const found: Violation[] = []
  const done = new Set<string>()
  const walk = (home: string, trail: string[]) => {
    if (trail.includes(home)) {
      const loop = [...trail.slice(trail.indexOf(home)), home]
      found.push({
        rule: '3 doors',
        where: arrows.get(loop.at(-2) ?? '')?.get(home) ?? home,
        advice: `packages import each other in a circle (${loop.join(' → ')}): let the lower one announce an event, or declare a port that apps/server fills.`,
      })
      return
    }
    if (done.has(home)) return
    for (const next of arrows.get(home)?.keys() ?? []) walk(next, [...trail, home])
    done.add(home)
  }
  for (const home of arrows.keys()) walk(home, [])
  return found
}

/** 4. A module imports only modules above it in the list. */
export const order: Rule = (project) => {
  const found: Violation[] = []
  const later = (home: string, other: string) => {
    const [mine, theirs] = [moduleOf(home), moduleOf(other)]
    return mine && theirs && mine !== theirs && MODULE_ORDER.indexOf(theirs) > MODULE_ORDER.indexOf(mine)
  }
  for (const [file, one] of everyImport(project)) {
    const target = workspaceTarget(project, one.specifier)
    if (!target || !later(file.home, target.home)) continue
    found.push({
      rule: '4 order',
      where: at(file, one),
      advice: `${moduleOf(file.home)} stands above ${moduleOf(target.home)} in the list: announce an event that ${moduleOf(target.home)} hears in apps/server/app.ts, or declare a port that it fills.`,
    })
  }
  for (const [home, manifest] of project.manifests) {
    const module = moduleOf(home)
    if (module && !MODULE_ORDER.includes(module)) {
      found.push({
        rule: '4 order',
        where: `${home}/package.json:1`,
        advice: `the module ${module} is not in the list: give it its place in architecture and in MODULE_ORDER.`,
      })
    }
    for (const name of manifest.dependencies) {
      const target = workspaceTarget(project, name)
      if (!target || !later(home, target.home)) continue
      found.push({
        rule: '4 order',
        where: `${home}/package.json:1`,
        advice: `${name} stands below ${module} in the list and must not be among its dependencies.`,
      })
    }
  }
  return found
}

/** 5. Other modules read through a read model, never through a store. */
export const readModels: Rule = (project) => {
  const found: Violation[] = []
  for (const [file, one] of everyImport(project)) {
    const relative = relativeTarget(file, one.specifier)
    const manifest = project.manifests.get(file.home)
    const isDoor = manifest && [...manifest.doors.values()].some((door) => posix.join(file.home, door) === file.path)
    if (!isDoor || file.isTest || !relative || !isStore(relative)) continue
    found.push({
      rule: '5 read models',
      where: at(file, one),
      advice: `a door must not lead to a store (${relative}): give other modules a query of the read model, or a verb of the service.`,
    })
  }
  return found
}

/** What a file is, by its name, that may not write: these call the service. */
const CALLS_THE_SERVICE =
  /(\.(routes?|jobs?|read-model|contract|schema|config|refusals|events)\.tsx?$)|\/(ui|domain|routes)\/|\/contract\.ts$/

/** 6. A store is imported by its own service, which may be a folder of verbs, and tests only. */
export const stores: Rule = (project) => {
  const found: Violation[] = []
  for (const [file, one] of everyImport(project)) {
    const relative = relativeTarget(file, one.specifier)
    if (!relative || !isStore(relative) || file.isTest) continue
    if (relative.startsWith(`${file.home}/`) && !CALLS_THE_SERVICE.test(file.path)) continue
    found.push({
      rule: '6 stores',
      where: at(file, one),
      advice: `only the module's service and its verbs write through ${posix.basename(relative)}: call the verb instead; for reading use the read model.`,
    })
  }
  return found
}

/** 7. ui imports contracts, ui-kit and ./ui of modules above; contracts stay fit for a browser; nobody imports apps. */
export const ui: Rule = (project) => {
  const found: Violation[] = []
  const add = (where: string, advice: string) => found.push({ rule: '7 ui', where, advice })
  for (const [file, one] of everyImport(project)) {
    const target = workspaceTarget(project, one.specifier)
    const relative = relativeTarget(file, one.specifier)
    if (target?.home.startsWith('apps/') && file.home !== '') {
      add(at(file, one), `nobody imports ${target.name}: what two packages share belongs into the lower one.`)
    }
    if (file.isTest || (!isUi(file) && !isContract(file.path))) continue
    if (isContract(file.path)) {
      if (!mayContractImport(file, one, relative, target)) {
        add(
          at(file, one),
          `a contract goes to the browser and must not import ${one.specifier}: core, zod, other contracts and its own domain/ are all it may import.`,
        )
      }
    } else if (!mayUiImport(file, one, relative, target)) {
      add(
        at(file, one),
        `ui must not import ${one.specifier}: take its types from the contract and its data from the API; server code stays on the server.`,
      )
    }
  }
  return found
}

type Target = ReturnType<typeof workspaceTarget>

const BROWSER_DOORS = new Set(['./contract', './ui'])
const BROWSER_PACKAGES = new Set(['@opora/core', '@opora/calendar', '@opora/ui-kit'])

function mayUiImport(file: SourceFile, one: Import, relative: string | null, target: Target): boolean {
  if (one.specifier.startsWith('node:')) return /\.config\.ts$/.test(file.path)
  if (relative) {
    if (moduleOf(file.home) === null) return true
    return (
      relative.startsWith(`${file.home}/ui/`) || relative.startsWith(`${file.home}/domain/`) || isContract(relative)
    )
  }
  if (!target) return true
  if (target.name === '@opora/platform') return target.door === './i18n'
  return BROWSER_PACKAGES.has(target.name) || BROWSER_DOORS.has(target.door)
}

function mayContractImport(file: SourceFile, one: Import, relative: string | null, target: Target): boolean {
  if (one.specifier === 'zod') return true
  if (relative) return isContract(relative) || relative.startsWith(`${file.home}/domain/`)
  return (
    target !== null &&
    (target.name === '@opora/core' || target.name === '@opora/calendar' || target.door === './contract')
  )
}

const VAGUE_NAMES = /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.tsx?$)/
const CONFIG_FILE = /(^|\/)(vite|vitest)\.config\.ts$/

/** 8. No barrels but the door, no default exports, no `utils`; writing queries stay with the tables of the module. */
export const plainness: Rule = (project) => {
  const found: Violation[] = []
  const add = (where: string, advice: string) => found.push({ rule: '8 plainness', where, advice })
  const doorPaths = new Set<string>()
  for (const [home, manifest] of project.manifests) {
    for (const door of manifest.doors.values()) doorPaths.add(posix.join(home, door))
  }
  for (const file of project.files) {
    const barrel = file.imports.find((one) => one.kind === 'export')
    if (barrel && !doorPaths.has(file.path)) {
      add(at(file, barrel), 'only a door passes on what others export: import from the file that has it.')
    }
    if (VAGUE_NAMES.test(file.path))
      add(`${file.path}:1`, 'a name that says nothing: name the file after what it holds.')
    const code = blanked(file.text)
    const byDefault = /^export\s+default\b|\bas\s+default\b/m.exec(code)
    if (byDefault && !CONFIG_FILE.test(file.path)) {
      add(
        at(file, { line: lineOf(file.text, byDefault.index) }),
        'export by name, so that it is called the same everywhere.',
      )
    }
    for (const { table, owner, line } of foreignWrites(project, file)) {
      add(
        at(file, { line }),
        `${table} belongs to ${owner}: call a verb of ${owner}, or announce an event; foreign keys may cross modules, writing queries may not.`,
      )
    }
  }
  return found
}

const WRITE =
  /\b(?:insert\s+into|delete\s+from|update(?=\s+\w+\s+(?:as\s+\w+\s+|\w+\s+)?set\b)|merge\s+into|truncate(?:\s+table)?)\s+"?(\w+)"?/gi

function* foreignWrites(project: Project, file: SourceFile): Generator<{ table: string; owner: string; line: number }> {
  const module = moduleOf(file.home)
  if (!module || file.isTest) return
  for (const match of file.text.matchAll(WRITE)) {
    const table = match[1] ?? ''
    const owner = project.tableOwners.get(table)
    if (owner && owner !== module) yield { table, owner, line: lineOf(file.text, match.index) }
  }
}

export const RULES: Record<string, Rule> = {
  '1. core imports nothing, platform imports core, and neither knows a module': foundations,
  '2. domain is pure': pureDomain,
  '3. modules meet at their doors': doors,
  '4. a module imports only modules above it': order,
  '5. other modules read through a read model': readModels,
  '6. a store is imported by its own service and tests only': stores,
  '7. ui imports contracts, ui-kit and the ui of modules above': ui,
  '8. no barrels, no default exports, no utils, no writing into other modules': plainness,
}
