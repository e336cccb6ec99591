import { resolve } from 'node:path'
import { isNetwork } from '../network/index.ts'
import { Secret } from './secret.ts'

export interface Sentence {
  ru: string
  en: string
}

/** One setting: its name in the environment, its type, its default and what it is for. */
export interface Setting<T> extends Sentence {
  env: string
  /** The type in words, for the page of settings. */
  kind: Sentence
  /** undefined: must be set. null: may be left out. */
  default: T | null | undefined
  /** How the default looks when written in a file. */
  defaultText: string | null
  secret: boolean
  /** Answers the value, or the fault as a sentence that goes on after "NAME: ". */
  read(text: string, cwd: string): { value: T } | { fault: Sentence }
}

interface Wish<D> extends Sentence {
  env: string
  default?: D
}

type Made<T, D> = Setting<T | Extract<D, null>>
type Reader<T> = (text: string, cwd: string) => { value: T } | { fault: Sentence }

function make<T, D extends T | null | undefined>(
  wish: Wish<D>,
  kind: Sentence,
  read: Reader<T>,
  options: { secret?: boolean; show?: (value: T) => string } = {},
): Made<T, D> {
  const show = options.show ?? String
  const { default: given } = wish
  const defaultText = given === undefined || given === null ? null : show(given as T)
  return { ...wish, default: given, defaultText, kind, secret: options.secret ?? false, read } as Made<T, D>
}

function text<const D extends string | null | undefined = undefined>(wish: Wish<D>): Made<string, D> {
  return make<string, D>(wish, { ru: 'текст', en: 'text' }, (value) => ({ value }))
}

function integer<const D extends number | null | undefined = undefined>(
  wish: Wish<D> & { min?: number; max?: number },
): Made<number, D> {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = wish
  const range = max === Number.MAX_SAFE_INTEGER ? `≥ ${min}` : `${min}–${max}`
  const kind = { ru: `целое ${range}`, en: `integer ${range}` }
  return make<number, D>(wish, kind, (given) => {
    const value = /^-?\d{1,15}$/.test(given) ? Number(given) : Number.NaN
    if (value >= min && value <= max) return { value }
    return { fault: { ru: `нужно целое число ${range}`, en: `must be a whole number ${range}` } }
  })
}

const PORT_MAX = 65_535

/** 0 takes a free port. */
function port<const D extends number | null | undefined = undefined>(wish: Wish<D>): Made<number, D> {
  return make<number, D>(wish, { ru: 'порт', en: 'port' }, (given) => {
    const value = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN
    if (value <= PORT_MAX) return { value }
    return {
      fault: {
        ru: 'нужен порт от 0 до 65535 (0 — любой свободный)',
        en: 'must be a port from 0 to 65535 (0 takes a free one)',
      },
    }
  })
}

const BOOLEANS: Record<string, boolean> = {
  true: true,
  yes: true,
  on: true,
  1: true,
  false: false,
  no: false,
  off: false,
  0: false,
}

function bool<const D extends boolean | null | undefined = undefined>(wish: Wish<D>): Made<boolean, D> {
  return make<boolean, D>(wish, { ru: 'да или нет', en: 'yes or no' }, (given) => {
    const value = BOOLEANS[given.toLowerCase()]
    if (value !== undefined) return { value }
    return { fault: { ru: 'нужно true или false', en: 'must be true or false' } }
  })
}

function oneOf<const C extends readonly string[], const D extends C[number] | null | undefined = undefined>(
  choices: C,
  wish: Wish<D>,
): Made<C[number], D> {
  const list = choices.join(', ')
  return make<C[number], D>(wish, { ru: `одно из: ${list}`, en: `one of: ${list}` }, (given) => {
    if (choices.includes(given)) return { value: given }
    return { fault: { ru: `нужно одно из: ${list}`, en: `must be one of: ${list}` } }
  })
}

/** Relative paths count from the folder that Opora was started in. */
function path<const D extends string | null | undefined = undefined>(wish: Wish<D>): Made<string, D> {
  return make<string, D>(wish, { ru: 'путь', en: 'path' }, (given, cwd) => ({ value: resolve(cwd, given) }))
}

function readUrl(given: string, schemes: readonly string[]): { value: string } | { fault: Sentence } {
  const parsed = URL.canParse(given) ? new URL(given) : null
  if (parsed && schemes.includes(parsed.protocol.slice(0, -1))) return { value: given }
  const list = schemes.map((scheme) => `${scheme}://…`).join(', ')
  return { fault: { ru: `нужен адрес вида ${list}`, en: `must be an address like ${list}` } }
}

function url<const D extends string | null | undefined = undefined>(
  wish: Wish<D> & { schemes?: readonly string[] },
): Made<string, D> {
  return make<string, D>(wish, { ru: 'адрес', en: 'URL' }, (given) => readUrl(given, wish.schemes ?? ['http', 'https']))
}

const DURATION_UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Written as `30s`, `15m`, `2h` or `7d`; the value is in milliseconds, and so is the default. */
function duration<const D extends number | null | undefined = undefined>(wish: Wish<D>): Made<number, D> {
  const kind = { ru: 'время (30s, 15m, 2h, 7d)', en: 'time (30s, 15m, 2h, 7d)' }
  const read: Reader<number> = (given) => {
    const [, count, unit = ''] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(given) ?? []
    if (count !== undefined) return { value: Number(count) * (DURATION_UNITS[unit] ?? 0) }
    return {
      fault: {
        ru: 'нужно время: число и ms, s, m, h или d, например 30s',
        en: 'must be a time: a number and ms, s, m, h or d, such as 30s',
      },
    }
  }
  return make<number, D>(wish, kind, read, { show: showDuration })
}

function showDuration(value: number): string {
  const units = Object.entries(DURATION_UNITS).reverse()
  const [unit, size] = units.find(([, size]) => value % size === 0) ?? ['ms', 1]
  return `${value / size}${unit}`
}

function email<const D extends string | null | undefined = undefined>(wish: Wish<D>): Made<string, D> {
  return make<string, D>(wish, { ru: 'адрес почты', en: 'e-mail address' }, (given) => {
    if (/^[^\s@<>,;]{1,64}@[^\s@<>,;]{1,255}$/.test(given)) return { value: given }
    return {
      fault: {
        ru: 'нужен адрес почты, например support@example.ru',
        en: 'must be an e-mail address, such as support@example.com',
      },
    }
  })
}

/** Values with commas between them; an empty list is the usual default. */
function list<const D extends readonly string[] | null | undefined = undefined>(
  wish: Wish<D>,
): Made<readonly string[], D> {
  const kind = { ru: 'список через запятую', en: 'list with commas' }
  const read: Reader<readonly string[]> = (given) => ({
    value: given
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  })
  return make<readonly string[], D>(wish, kind, read, { show: (items) => items.join(', ') })
}

/** IP addresses and networks (`10.0.0.0/8`) with commas between them. */
function networks<const D extends readonly string[] | null | undefined = undefined>(
  wish: Wish<D>,
): Made<readonly string[], D> {
  const kind = { ru: 'адреса IP и подсети через запятую', en: 'IP addresses and networks, with commas' }
  const read: Reader<readonly string[]> = (given) => {
    const items = given
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean)
    if (items.every(isNetwork)) return { value: items }
    return {
      fault: {
        ru: 'нужны адреса IP или подсети вида 10.0.0.0/8 через запятую',
        en: 'must be IP addresses or networks like 10.0.0.0/8, with commas',
      },
    }
  }
  return make<readonly string[], D>(wish, kind, read, { show: (items) => items.join(', ') })
}

/** Never shown. Instead of NAME one may set NAME_FILE to a file that holds it. */
function secret<const D extends null | undefined = undefined>(wish: Wish<D> & { minLength?: number }): Made<Secret, D> {
  const { minLength = 1 } = wish
  const read: Reader<Secret> = (given) => {
    if (given.length >= minLength) return { value: new Secret(given) }
    return { fault: { ru: `нужно не меньше ${minLength} знаков`, en: `must have at least ${minLength} characters` } }
  }
  return make<Secret, D>(wish, { ru: 'тайна', en: 'secret' }, read, { secret: true })
}

/** An address that may carry a password, so the whole of it is a secret. */
function secretUrl<const D extends null | undefined = undefined>(
  wish: Wish<D> & { schemes: readonly string[] },
): Made<Secret, D> {
  const read: Reader<Secret> = (given) => {
    const answer = readUrl(given, wish.schemes)
    return 'fault' in answer ? answer : { value: new Secret(answer.value) }
  }
  return make<Secret, D>(wish, { ru: 'адрес с паролем', en: 'URL with a password' }, read, { secret: true })
}

export const setting = {
  bool,
  duration,
  email,
  integer,
  list,
  networks,
  oneOf,
  path,
  port,
  secret,
  secretUrl,
  text,
  url,
}
