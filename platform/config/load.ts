import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Locale } from '@opora/core'
import { type Fault, readConfigFile } from './config-file.ts'
import type { Setting } from './setting.ts'

type Settings = Record<string, Setting<unknown>>

export interface ModuleConfig<S extends Settings = Settings> {
  module: string
  settings: S
}

export type Values<M extends ModuleConfig> = {
  readonly [K in keyof M['settings']]: M['settings'][K] extends Setting<infer T> ? T : never
}

/** A module's settings, in one place with a sentence for each. */
export function defineConfig<S extends Settings>(module: string, settings: S): ModuleConfig<S> {
  return { module, settings }
}

/** Everything that is wrong with the settings, told at once. */
export class ConfigError extends Error {
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super(faultsText(faults, 'en'))
    this.name = 'ConfigError'
    this.faults = faults
  }

  text(locale: Locale): string {
    return faultsText(this.faults, locale)
  }
}

function faultsText(faults: readonly Fault[], locale: Locale): string {
  const head =
    locale === 'ru' ? 'Опора не запущена: ошибки в настройках' : 'Opora does not start: these settings are wrong'
  return [`${head}:`, ...faults.map((fault) => `  ${fault.name}: ${fault[locale]}`)].join('\n')
}

export interface LoadOptions {
  env: Record<string, string | undefined>
  /** Where relative paths count from. */
  cwd?: string
  /** Names that begin with OPORA_ and belong to no module, such as those of start scripts. */
  alsoKnown?: readonly string[]
}

const DATA_VARIABLE = 'OPORA_DATA'
const DATA_DEFAULT = './data'
const AMBIENT = ['OPORA_CONFIG', 'OPORA_TEST_DATABASE_URL']

/** Reads environment, then file, then defaults. Throws a ConfigError with the whole list of faults. */
export function loadConfig<M extends Record<string, ModuleConfig>>(
  modules: M,
  options: LoadOptions,
): { readonly [K in keyof M]: Values<M[K]> } {
  const { env, cwd = process.cwd() } = options
  const file = readConfigFile(env, resolve(cwd, env[DATA_VARIABLE] || DATA_DEFAULT), cwd)
  const faults = [...file.faults]
  const known = new Map<string, Setting<unknown>>()
  const loaded: Record<string, Record<string, unknown>> = {}
  for (const [key, config] of Object.entries(modules)) {
    const values: Record<string, unknown> = {}
    for (const [name, one] of Object.entries(config.settings)) {
      if (known.has(one.env)) throw new Error(`Two settings are called ${one.env}`)
      known.set(one.env, one)
      const answer = readOne(one, { env, file: file.values }, cwd)
      if ('fault' in answer) faults.push(answer.fault)
      else values[name] = answer.value
    }
    loaded[key] = Object.freeze(values)
  }
  const names = new Set([...known.keys(), ...secretFiles(known), ...AMBIENT, ...(options.alsoKnown ?? [])])
  faults.push(
    ...unknownNames(
      Object.keys(env).filter((name) => name.startsWith('OPORA_')),
      names,
    ),
  )
  faults.push(...unknownNames(Object.keys(file.values), names))
  if (faults.length > 0) throw new ConfigError(faults)
  return Object.freeze(loaded) as { [K in keyof M]: Values<M[K]> }
}

type Sources = { env: Record<string, string | undefined>; file: Record<string, string> }

function readOne(one: Setting<unknown>, sources: Sources, cwd: string): { value: unknown } | { fault: Fault } {
  const found = one.secret ? secretText(one, sources, cwd) : { text: sources.env[one.env] || sources.file[one.env] }
  if ('fault' in found) return found
  if (!found.text) return absent(one, cwd)
  const answer = one.read(found.text.trim(), cwd)
  if (!('fault' in answer)) return answer
  const shown = one.secret ? '' : ` («${found.text.slice(0, 60)}»)`
  return { fault: { name: one.env, ru: `${answer.fault.ru}${shown}`, en: `${answer.fault.en}${shown}` } }
}

function absent(one: Setting<unknown>, cwd: string): { value: unknown } | { fault: Fault } {
  if (one.default === undefined) {
    return { fault: { name: one.env, ru: `не задано: ${one.ru}`, en: `is not set: ${one.en}` } }
  }
  if (one.default === null || one.defaultText === null) return { value: null }
  // Defaults pass the same reader, so that a relative path comes out whole.
  return one.read(one.defaultText, cwd) as { value: unknown }
}

/** NAME itself, or the text of the file that NAME_FILE points at. A file that cannot be read is a fault, never "no secret". */
function secretText(
  one: Setting<unknown>,
  sources: Sources,
  cwd: string,
): { text: string | undefined } | { fault: Fault } {
  const direct = sources.env[one.env] || sources.file[one.env]
  const path = sources.env[`${one.env}_FILE`] || sources.file[`${one.env}_FILE`]
  if (direct || !path) return { text: direct }
  try {
    const text = readFileSync(resolve(cwd, path), 'utf8').trim()
    if (text) return { text }
  } catch {
    // Told below, together with an empty file.
  }
  return {
    fault: {
      name: `${one.env}_FILE`,
      ru: `файл ${path} пуст или не читается`,
      en: `the file ${path} is empty or cannot be read`,
    },
  }
}

function secretFiles(known: Map<string, Setting<unknown>>): string[] {
  return [...known.values()].filter((one) => one.secret).map((one) => `${one.env}_FILE`)
}

function unknownNames(given: readonly string[], known: ReadonlySet<string>): Fault[] {
  return given
    .filter((name) => !known.has(name))
    .map((name) => {
      const near = nearest(name, known)
      return {
        name,
        ru: `такой настройки нет${near ? `; может быть, ${near}?` : ''}`,
        en: `there is no such setting${near ? `; did you mean ${near}?` : ''}`,
      }
    })
}

const NEAR_EDITS_MAX = 3

function nearest(name: string, known: ReadonlySet<string>): string | null {
  const ranked = [...known].map((other) => ({ other, edits: edits(name, other) })).sort((a, b) => a.edits - b.edits)
  const best = ranked[0]
  return best && best.edits <= NEAR_EDITS_MAX ? best.other : null
}

/** How many letters must be put in, taken out or changed (Levenshtein). */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
