import type { Locale } from '@opora/core'
import { type Say, speak } from '@opora/platform/i18n'
import { noticeWords } from './notices.words.ts'

const KINDS = [
  'assigned',
  'client_wrote',
  'mentioned',
  'warn',
  'breach',
  'page',
  'page_asked',
  'page_late',
  'page_duty',
  'page_unanswered',
  'coupon_used',
  'mail_lost',
  'glass_asked',
  'glass_opened',
  'vote_asked',
  'vote_again',
  'vote_reminder',
  'board_approved',
  'board_rejected',
  'board_lapsed',
  'review_late',
  'partner_wrote',
  'vendor_silent',
  'vendor_late',
  'partner_soon',
  'partner_over',
] as const

/** What brings its own sentence along, in both languages. */
const TOLD = ['contract_date', 'ledger_broken', 'money', 'rule_stopped', 'estimate_wanted']

/** By when a vote is awaited; a meeting has its own hour. */
function deadlineOf(say: Say<typeof noticeWords>, at: string): string {
  return at === '' ? say('vote_at_meeting') : say('vote_until', { at })
}

/** One sentence of a notice in the reader's language. */
export function noticeSentence(kind: string, data: Record<string, string | number>, locale: Locale): string {
  if (TOLD.includes(kind)) return String(data[locale] ?? '')
  const percent = /^warn(\d+)$/.exec(kind)?.[1]
  const known = KINDS.find((candidate) => candidate === (percent ? 'warn' : kind))
  if (!known) return kind
  const say = speak(noticeWords, locale)
  const metric = data['metric']
  const words =
    metric === 'reaction' || metric === 'next_answer' || metric === 'resolution' ? say(`metric_${metric}`) : ''
  return say(known, {
    percent: percent ?? '',
    number: String(data['number'] ?? ''),
    subject: String(data['subject'] ?? ''),
    error: String(data['error'] ?? ''),
    name: String(data['name'] ?? ''),
    vendorNumber: String(data['vendorNumber'] ?? ''),
    at: String(data['at'] ?? ''),
    reader: String(data['reader'] ?? ''),
    reason: String(data['reason'] ?? ''),
    deadline: deadlineOf(say, String(data['deadline'] ?? '')),
    metric: words,
  } as never)
}
