// Completes package-lock.json after `npm install`: run `node scripts/complete-lock.mjs`, or with --check to be told only.
// npm leaves packages of other systems out of a lock file that it makes beside an existing node_modules (npm/cli 4828),
// and then `npm ci` refuses that lock file everywhere. What a workspace asks for is copied from its package.json as well.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './place.mjs'

const path = join(root, 'package-lock.json')
const lock = JSON.parse(readFileSync(path, 'utf8'))
const faults = []

const SYSTEMS = new Set([
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
])
const PROCESSORS = new Set(['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'])

/** A package for one system says in its name which: cli-linux-x64-musl, binding-win32-arm64-msvc. */
function entryFor(name, version, parent) {
  const words = name.split('/').at(-1).split('-')
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : null
  return {
    version,
    cpu: words.filter((word) => PROCESSORS.has(word)),
    ...(parent.dev ? { dev: true } : {}),
    ...(libc ? { libc } : {}),
    license: parent.license,
    optional: true,
    os: words.filter((word) => SYSTEMS.has(word)),
  }
}

function addOtherSystems() {
  for (const [key, parent] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      if (lock.packages[`node_modules/${name}`] || lock.packages[`${key}/node_modules/${name}`]) continue
      faults.push(`${name} ${version} (for ${key.replace('node_modules/', '')})`)
      lock.packages[`node_modules/${name}`] = entryFor(name, version, parent)
    }
  }
}

function workspaces() {
  const patterns = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).workspaces
  const folders = patterns.flatMap((pattern) =>
    pattern.endsWith('/*')
      ? readdirSync(join(root, pattern.slice(0, -2))).map((name) => pattern.replace('*', name))
      : [pattern],
  )
  return folders.filter((folder) => existsSync(join(root, folder, 'package.json')))
}

const FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']

function copyWorkspaces() {
  for (const folder of ['', ...workspaces()]) {
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    lock.packages[folder] ??= { name: manifest.name, version: manifest.version, license: manifest.license }
    const entry = lock.packages[folder]
    if (folder) lock.packages[`node_modules/${manifest.name}`] ??= { resolved: folder, link: true }
    for (const field of FIELDS) {
      const wanted = manifest[field] ?? {}
      const names = Object.keys(wanted).sort()
      if (JSON.stringify(wanted, names) === JSON.stringify(entry[field] ?? {}, Object.keys(entry[field] ?? {}).sort()))
        continue
      faults.push(`${field} of ${folder || 'the root'}`)
      if (names.length === 0) delete entry[field]
      else entry[field] = Object.fromEntries(names.map((name) => [name, wanted[name]]))
    }
  }
}

copyWorkspaces()
addOtherSystems()
if (faults.length > 0 && process.argv.includes('--check')) {
  console.error(`package-lock.json is not complete; run: node scripts/complete-lock.mjs\n  ${faults.join('\n  ')}`)
  process.exit(1)
}
if (faults.length > 0) {
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
}
console.log(
  faults.length > 0 ? `package-lock.json completed: ${faults.length} entries` : 'package-lock.json is complete',
)
