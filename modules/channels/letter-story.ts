import type { Locale } from '@opora/core'
import { speak } from '@opora/platform/i18n'
import { channelsWords } from './channels.words.ts'
import type { LetterState } from './contract.ts'

/** What the intake kept about a letter's way, as it lies in `raw_message.outcome`. */
export interface KeptOutcome {
  filters?: { filter: string; verdict: string; reason: string }[]
  sender?: { dmarc: string; spf: string; dkim: string; by: 'server' | 'us' | 'nobody' }
  match?: { act: string; ticketId?: number; linkedTo?: number | null; reason: string }
  flood?: { filter: string; verdict: string; reason: string }
  bounce?: { kind: string }
  accepted?: { as: 'open' | 'join' }
  reason?: string
}

export interface Step {
  what: string
  said: string
  stopped: boolean
}

const STOPPING = new Set(['set_aside', 'quarantine', 'report'])

/** Every step of a letter's way, in its order. */
export function stepsOf(outcome: KeptOutcome, locale: Locale): Step[] {
  const say = speak(channelsWords, locale)
  const steps: Step[] = []
  for (const one of [...(outcome.filters ?? []), ...(outcome.flood ? [outcome.flood] : [])]) {
    const stopped = STOPPING.has(one.verdict) && outcome.accepted === undefined
    steps.push({ what: phrase(locale, `step_${one.filter}`) ?? one.filter, said: saidBy(one, locale), stopped })
  }
  if (outcome.sender) {
    const { sender } = outcome
    const verdict = (word: string) => phrase(locale, `verdict_${word}`) ?? word
    const { dmarc, spf, dkim } = sender
    const words = { dmarc: verdict(dmarc), spf: verdict(spf), dkim: verdict(dkim), by: say(`by_${sender.by}`) }
    steps.push({ what: say('step_sender'), said: say('said_sender', words), stopped: false })
  }
  if (outcome.accepted)
    steps.push({ what: say('step_person'), said: say(`person_${outcome.accepted.as}`), stopped: false })
  if (outcome.match) {
    const stopped = outcome.match.act === 'quarantine' || outcome.match.act === 'refuse'
    const said = phrase(locale, `match_${outcome.match.reason}`) ?? outcome.match.reason
    steps.push({ what: say('step_match'), said, stopped })
  }
  if (outcome.reason !== undefined) {
    const said = phrase(locale, `why_${outcome.reason}`) ?? outcome.reason
    steps.push({ what: say('step_result'), said, stopped: true })
  }
  return steps
}

/** The one sentence that says why a letter is where it is. */
export function whyOf(state: LetterState, outcome: KeptOutcome, error: string | null, locale: Locale): string {
  const say = speak(channelsWords, locale)
  if (state === 'new') return say('why_new')
  if (state === 'failed') return say(failureOf(error))
  const steps = stepsOf(outcome, locale)
  const stopped = steps.findLast((step) => step.stopped)
  if (stopped) return sentence(stopped.what, stopped.said)
  const matched = steps.findLast((step) => step.what === say('step_match'))
  return matched ? capital(matched.said) : say('why_done')
}

function failureOf(error: string | null): 'why_unreadable' | 'why_too_hard' | 'why_internal' {
  if (error?.startsWith('unreadable')) return 'why_unreadable'
  return error?.startsWith('too_hard') ? 'why_too_hard' : 'why_internal'
}

function saidBy(one: { verdict: string; reason: string }, locale: Locale): string {
  const known = phrase(locale, `said_${one.reason}`) ?? phrase(locale, `said_${one.verdict}`)
  return known ?? one.reason
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function sentence(what: string, said: string): string {
  return `${what}: ${said}`
}

/** A phrase whose key is made of a stored word; null where the dictionary has none. */
export function phrase(locale: Locale, key: string): string | null {
  const entries: Record<string, { ru: string; en: string }> = channelsWords
  return Object.hasOwn(entries, key) ? (entries[key]?.[locale] ?? null) : null
}
