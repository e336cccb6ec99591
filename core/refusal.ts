import type { Words } from './words.ts'

/** What can be refused, as data: the HTTP status and the sentence in each language. `{name}` marks a parameter. */
export interface RefusalSpec {
  status: number
  ru: string
  en: string
}

export interface RefusalOptions {
  /** Which field of the request is at fault, as a dotted path. */
  field?: string
  /** Values for the `{name}` marks of the sentence; words are taken in the reader's language. */
  params?: Record<string, string | number | Words>
  /** Machine-readable facts beside the sentence, for example the list of what is unfinished; words in them are said in the reader's language. */
  details?: unknown
}

export type Locale = 'ru' | 'en'

/** A clear "no": thrown by domain and verbs, turned into an HTTP answer or a mail once, at the edge. */
export class Refusal extends Error {
  readonly code: string
  readonly spec: RefusalSpec
  readonly options: RefusalOptions

  constructor(code: string, spec: RefusalSpec, options: RefusalOptions = {}) {
    super(`${code}: ${fill(spec.en, 'en', options.params)}`)
    this.name = 'Refusal'
    this.code = code
    this.spec = spec
    this.options = options
  }

  sentence(locale: Locale): string {
    return fill(this.spec[locale], locale, this.options.params)
  }

  /** The facts as this reader gets them: a sentence where words in both languages stood. */
  details(locale: Locale): unknown {
    return inLanguage(this.options.details, locale)
  }
}

function inLanguage(value: unknown, locale: Locale): unknown {
  if (Array.isArray(value)) return value.map((item) => inLanguage(item, locale))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  if (entries.length === 2 && 'ru' in value && 'en' in value) return value[locale]
  return Object.fromEntries(entries.map(([key, item]) => [key, inLanguage(item, locale)]))
}

function fill(sentence: string, locale: Locale, params: NonNullable<RefusalOptions['params']> = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (mark, name: string) => {
    const value = params[name] ?? mark
    return typeof value === 'object' ? value[locale] : String(value)
  })
}

/** Declares a module's refusals; `refuse(code, options)` makes one to throw. */
export function declareRefusals<const Specs extends Record<string, RefusalSpec>>(specs: Specs) {
  return {
    specs,
    refuse(code: keyof Specs & string, options?: RefusalOptions): Refusal {
      return new Refusal(code, specs[code] as RefusalSpec, options)
    },
  }
}
