import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Sentence } from './setting.ts'

export interface Fault extends Sentence {
  /** The setting or file at fault. */
  name: string
}

export interface ConfigFile {
  path: string | null
  values: Record<string, string>
  faults: Fault[]
}

/** The file named by OPORA_CONFIG, else `opora.env` in the data folder, else nothing. */
export function readConfigFile(env: Record<string, string | undefined>, dataDir: string, cwd: string): ConfigFile {
  const named = env['OPORA_CONFIG']
  const path = named ? resolve(cwd, named) : join(dataDir, 'opora.env')
  if (!named && !existsSync(path)) return { path: null, values: {}, faults: [] }
  try {
    const text = readFileSync(path, 'utf8')
    return { path, ...(text.trimStart().startsWith('{') ? parseJson(path, text) : parseLines(path, text)) }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error'
    const fault = {
      name: path,
      ru: `файл настроек не читается (${code})`,
      en: `the settings file cannot be read (${code})`,
    }
    return { path, values: {}, faults: [fault] }
  }
}

type Parsed = Pick<ConfigFile, 'values' | 'faults'>

/** `{"OPORA_PORT": 8420}`: the same names as in the environment. */
function parseJson(path: string, text: string): Parsed {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return {
      values: {},
      faults: [{ name: path, ru: 'файл не является верным JSON', en: 'the file is not valid JSON' }],
    }
  }
  const parsed: Parsed = { values: {}, faults: [] }
  for (const [name, value] of Object.entries(json as Record<string, unknown>)) {
    if (value === null) continue
    if (['string', 'number', 'boolean'].includes(typeof value)) parsed.values[name] = String(value)
    else
      parsed.faults.push({
        name,
        ru: 'нужна строка, число или true/false',
        en: 'must be a string, a number or true/false',
      })
  }
  return parsed
}

/** `NAME=value` lines, `#` comments, quotes around a value if wished. A bad line is named by number only: it may hold a secret. */
function parseLines(path: string, text: string): Parsed {
  const parsed: Parsed = { values: {}, faults: [] }
  text.split(/\r?\n/).forEach((line, index) => {
    const bare = line.trim()
    if (bare === '' || bare.startsWith('#')) return
    const [, name, value = ''] = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/.exec(bare) ?? []
    if (name) parsed.values[name] = unquoted(value)
    else
      parsed.faults.push({
        name: `${path}:${index + 1}`,
        ru: 'строка не вида ИМЯ=значение',
        en: 'the line is not NAME=value',
      })
  })
  return parsed
}

function unquoted(value: string): string {
  const first = value[0]
  const quotes = (first === '"' || first === "'") && value.length >= 2 && value.endsWith(first)
  return quotes ? value.slice(1, -1) : value
}
