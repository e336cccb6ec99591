// Where things are, and words for the person who started us.
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const modules = join(root, 'node_modules')
export const cache = join(root, '.cache')
export const runtime = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')

const russian = /^ru/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '')

export function say(ru, en) {
  console.error(russian ? ru : en)
}

export function fail(ru, en) {
  say(ru, en)
  process.exit(1)
}

export function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** The PATH without this project's own programs. */
export function outsidePath() {
  const own = join(modules, '.bin')
  return (process.env.PATH ?? '').split(delimiter).filter((entry) => entry !== own && !entry.startsWith(modules + sep))
}

export function runtimeEnvironment() {
  const { OPORA_SKIP_WEB: _, ...inherited } = process.env
  const env = { ...inherited, PATH: [join(modules, '.bin'), ...outsidePath()].join(delimiter) }
  try {
    mkdirSync(join(cache, 'node'), { recursive: true })
    accessSync(join(cache, 'node'), constants.W_OK)
    env.NODE_COMPILE_CACHE ??= join(cache, 'node')
  } catch {
    // A checkout that may not be written to starts a little slower.
  }
  return env
}

/** The script of a package's command, run by the pinned runtime instead of whatever `node` the system has. */
export function bin(name) {
  const manifest = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'))
  const script = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[name]
  return join(modules, name, script)
}
