export const PASSWORD_MIN = 12
export const PASSWORD_MAX = 256
const DISTINCT_MIN = 5

export type PasswordFault = 'short' | 'long' | 'common' | 'personal'

export interface PasswordFacts {
  /** Frequent passwords and the words that they are made of, in lower case. */
  common: ReadonlySet<string>
  /** What everybody knows of the person: address, name, company. */
  personal: readonly string[]
}

/** The form in which a password is judged and hashed, so that the same keys give the same password on every system. */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC')
}

/** What is wrong with a password that somebody wants to take; null: nothing. */
export function judgePassword(password: string, facts: PasswordFacts): PasswordFault | null {
  const chosen = normalisePassword(password)
  if ([...chosen].length < PASSWORD_MIN) return 'short'
  if (chosen.length > PASSWORD_MAX) return 'long'
  const lower = chosen.toLowerCase()
  if (new Set(lower).size < DISTINCT_MIN) return 'common'
  if (facts.common.has(lower) || isRun(lower)) return 'common'
  const stem = stemOf(lower)
  if (isCommon(stem, facts.common) || isOneWord(lower, facts.common)) return 'common'
  return personalWords(facts.personal).some((word) => stem === word || lower === word) ? 'personal' : null
}

/** The password without the digits and signs that people put around a word. */
function stemOf(lower: string): string {
  return lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
}

function isCommon(word: string, common: ReadonlySet<string>): boolean {
  return common.has(word) || common.has(halfOf(word))
}

/** `support-support-1` is one word, however often. */
function isOneWord(lower: string, common: ReadonlySet<string>): boolean {
  const words = new Set(lower.match(/\p{L}+/gu))
  return words.size === 1 && [...words].some((word) => isCommon(word, common))
}

/** `passwordpassword` is `password` written twice. */
function halfOf(stem: string): string {
  const half = stem.slice(0, stem.length / 2)
  return half + half === stem ? half : stem
}

/** Neighbours in the alphabet or among digits all the way: `abcdefghijkl`, `987654321098`. */
function isRun(lower: string): boolean {
  const codes = [...lower].map((char) => char.codePointAt(0) ?? 0)
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0))
  const same = steps.filter((step) => step === steps[0]).length
  return (steps[0] === 1 || steps[0] === -1) && same >= steps.length - 1
}

function personalWords(texts: readonly string[]): string[] {
  return texts.flatMap((text) => {
    const lower = text.toLowerCase()
    return [lower, lower.split('@')[0] ?? lower, lower.replace(/[\s.@_-]+/g, ''), stemOf(lower)]
  })
}
