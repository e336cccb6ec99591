import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { type Import, importsOf } from './scan.ts'

/** The list of `architecture.md`: a module may import only modules above it. */
export const MODULE_ORDER: readonly string[] = [
  'calendar',
  'access',
  'people',
  'portals',
  'contracts',
  'process',
  'tickets',
  'sla',
  'channels',
  'knowledge',
  'work',
  'changes',
  'automation',
  'duty',
  'watch',
  'care',
  'surveys',
  'billing',
  'bitrix24',
  'notices',
  'insight',
]

export interface Manifest {
  name: string
  dependencies: ReadonlySet<string>
  /** What others may import: '.', './contract', './ui' … and the file behind each. */
  doors: ReadonlyMap<string, string>
}

export interface SourceFile {
  path: string
  text: string
  imports: readonly Import[]
  /** The package folder it lies in: 'core', 'modules/tickets' …; '' for test, bench, scripts, database. */
  home: string
  isTest: boolean
}

export interface Project {
  files: readonly SourceFile[]
  manifests: ReadonlyMap<string, Manifest>
  /** Which module owns a table, from the names of the migrations. */
  tableOwners: ReadonlyMap<string, string>
}

const SOURCE_FOLDERS = ['core', 'platform', 'modules', 'ui-kit', 'apps', 'test', 'bench', 'scripts', 'database']
const SKIPPED = new Set(['node_modules', 'dist', 'testdata', '.cache'])

export function readProject(root: string): Project {
  const texts: Record<string, string> = {}
  for (const folder of SOURCE_FOLDERS) collect(root, folder, texts)
  return projectOf(texts)
}

function collect(root: string, folder: string, texts: Record<string, string>): void {
  if (!existsSync(join(root, folder))) return
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) collect(root, path, texts)
    } else if (/\.(ts|tsx|mjs|sql)$/.test(entry.name) || entry.name === 'package.json') {
      texts[path] = readFileSync(join(root, path), 'utf8')
    }
  }
}

/** A project from texts by path, so that a test can plant a violation without touching the disk. */
export function projectOf(texts: Record<string, string>): Project {
  const manifests = new Map<string, Manifest>()
  const tableOwners = new Map<string, string>()
  const files: SourceFile[] = []
  for (const [path, text] of Object.entries(texts)) {
    if (path.endsWith('/package.json')) manifests.set(posix.dirname(path), manifestOf(text))
    else if (path.startsWith('database/migrations/')) addTables(path, text, tableOwners)
    else if (/\.(ts|tsx|mjs)$/.test(path) && !/\.(gen|d)\.ts$/.test(path)) files.push(sourceFile(path, text))
  }
  return { files, manifests, tableOwners }
}

function sourceFile(path: string, text: string): SourceFile {
  const isTest = /\.(test|fixture)\.tsx?$/.test(path) || /(^|\/)(test|testkit|bench|fakes)(\/|\.ts$)/.test(path)
  return { path, text, imports: importsOf(text), home: homeOf(path), isTest }
}

export function homeOf(path: string): string {
  const [first = '', second = ''] = path.split('/')
  if (first === 'modules' || first === 'apps') return `${first}/${second}`
  return ['core', 'platform', 'ui-kit'].includes(first) ? first : ''
}

/** 'tickets' for modules/tickets, else null. */
export function moduleOf(home: string): string | null {
  return home.startsWith('modules/') ? home.slice('modules/'.length) : null
}

function manifestOf(text: string): Manifest {
  const json = JSON.parse(text) as {
    name: string
    exports?: Record<string, string>
    dependencies?: Record<string, string>
    devDependencies?: Record<string, string>
    peerDependencies?: Record<string, string>
  }
  return {
    name: json.name,
    dependencies: new Set(Object.keys({ ...json.dependencies, ...json.devDependencies, ...json.peerDependencies })),
    doors: new Map(Object.entries(json.exports ?? {})),
  }
}

/** Tables whose foreign keys need a later migration than their owner's. */
const OWNED_APART: Record<string, string> = { account_client: 'access' }

/** `0007-tickets.sql` makes tables of the module tickets; migrations of the platform name no module. */
function addTables(path: string, text: string, owners: Map<string, string>): void {
  const words = posix.basename(path, '.sql').split('-')
  const owner = MODULE_ORDER.find((module) => words.includes(module))
  if (!owner) return
  for (const [, table] of text.matchAll(/create table (?:if not exists )?(?:public\.)?"?(\w+)"?/gi)) {
    if (table && !owners.has(table)) owners.set(table, OWNED_APART[table] ?? owner)
  }
}

/** `@opora/tickets/ui` → home 'modules/tickets', door './ui'. Null for what is no package of ours. */
export function workspaceTarget(
  project: Project,
  specifier: string,
): { home: string; name: string; door: string } | null {
  if (!specifier.startsWith('@opora/')) return null
  const [scope, short, ...rest] = specifier.split('/')
  const name = `${scope}/${short}`
  for (const [home, manifest] of project.manifests) {
    if (manifest.name === name) return { home, name, door: rest.length > 0 ? `./${rest.join('/')}` : '.' }
  }
  return { home: '?', name, door: '.' }
}

export function relativeTarget(file: SourceFile, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file.path), specifier)) : null
}

export function npmPackage(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}
