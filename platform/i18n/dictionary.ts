import type { Locale } from '@opora/core'

/**
 * A sentence that depends on a number `n`, by the plural rules of the language:
 * Russian one / few / many (1 час, 2 часа, 5 часов), English one / other.
 */
export interface Counted {
  ru: { one: string; few: string; many: string }
  en: { one: string; other: string }
}

/** A phrase in both languages; `{name}` marks a parameter, the same names in both. */
export interface Phrase {
  ru: string
  en: string
}

export type Entry = Phrase | Counted
export type Dictionary = Record<string, Entry>

type Marks<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Marks<Rest> : never

type ParamsOf<E extends Entry> = E extends { ru: { many: infer Many extends string } }
  ? { n: number } & Record<Exclude<Marks<Many>, 'n'>, string | number>
  : E extends { ru: infer Ru extends string }
    ? Record<Marks<Ru>, string | number>
    : never

/** Says a phrase of the dictionary; asks for exactly the parameters that the phrase has. */
export type Say<D extends Dictionary> = <Key extends keyof D & string>(
  key: Key,
  ...params: keyof ParamsOf<D[Key]> extends never ? [] : [ParamsOf<D[Key]>]
) => string

/** Declares a dictionary; keeps the literal types from which the parameters are read. */
export function dictionary<const D extends Dictionary>(entries: D): D {
  return entries
}

const pluralRules: Record<Locale, Intl.PluralRules> = {
  ru: new Intl.PluralRules('ru'),
  en: new Intl.PluralRules('en'),
}
const numbers: Record<Locale, Intl.NumberFormat> = {
  ru: new Intl.NumberFormat('ru'),
  en: new Intl.NumberFormat('en'),
}

/** The dictionary in one language. Numbers among the parameters are written in that language. */
export function speak<D extends Dictionary>(entries: D, locale: Locale): Say<D> {
  return (key, ...rest) => {
    const params: Record<string, string | number> = rest[0] ?? {}
    const entry: Entry | undefined = entries[key]
    if (!entry) return key
    return fill(templateOf(entry, locale, Number(params['n'] ?? 0)), params, locale)
  }
}

function templateOf(entry: Entry, locale: Locale, n: number): string {
  const text = entry[locale]
  if (typeof text === 'string') return text
  const forms: Partial<Record<Intl.LDMLPluralRule, string>> = text
  return forms[pluralRules[locale].select(n)] ?? forms.many ?? forms.other ?? ''
}

function fill(template: string, params: Record<string, string | number>, locale: Locale): string {
  return template.replace(/\{(\w+)\}/g, (mark, name: string) => {
    const value = params[name]
    if (value === undefined) return mark
    return typeof value === 'number' ? numbers[locale].format(value) : value
  })
}
