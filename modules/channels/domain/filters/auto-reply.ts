import type { ParsedMail } from '../parsed-mail.ts'
import { headerOf } from '../parsed-mail.ts'
import type { Filter } from './filter.ts'
import { PASS } from './filter.ts'

const ABSENCE_SUBJECT =
  /^\s*(?:auto(?:matic|mated)?[ -]?(?:reply|response|answer)|autoreply|out of (?:the )?office|i am away|away from|vacation|автоответ|автоматический ответ|автоматическое уведомление об отсутствии|вне офиса|нет на месте|отсутствую|в отпуске)/i
const ROBOT_NAME =
  /^(?:mailer-?daemon|postmaster|no-?reply|do-?not-?reply|autoreply|auto-?responder|bounces?)(?:[+._-]|@)/i

/**
 * Answers of absence programs are put aside: they would open a ticket or pretend that the client answered.
 * Letters that programs wrote of their own accord (monitoring, site forms) go on, but nobody answers them.
 */
export const autoReplyFilter: Filter = {
  name: 'auto_reply',
  decide(mail, facts) {
    const marks = mail.automation
    if (marks.autoSubmitted === 'auto-replied') return { verdict: 'set_aside', reason: 'auto_replied' }
    if (marks.autoReplyHeader !== null) return { verdict: 'set_aside', reason: marks.autoReplyHeader }
    if (marks.precedence === 'auto_reply') return { verdict: 'set_aside', reason: 'precedence_auto_reply' }
    if (answersSomething(mail) && ABSENCE_SUBJECT.test(mail.subject)) {
      return { verdict: 'set_aside', reason: 'absence_subject' }
    }
    if (marks.autoSubmitted !== null && marks.autoSubmitted !== 'no')
      return { verdict: 'mute', reason: 'auto_submitted' }
    if (marks.nullReturnPath || facts.envelopeFrom === '') return { verdict: 'mute', reason: 'null_return_path' }
    if (/\b(?:all|autoreply)\b/i.test(headerOf(mail.headers, 'x-auto-response-suppress') ?? '')) {
      return { verdict: 'mute', reason: 'answers_suppressed' }
    }
    const sender = mail.from === 'unverified' ? '' : mail.from.address
    return ROBOT_NAME.test(sender) ? { verdict: 'mute', reason: 'robot_address' } : PASS
  },
}

function answersSomething(mail: ParsedMail): boolean {
  return mail.inReplyTo.length > 0 || mail.references.length > 0 || mail.automation.nullReturnPath
}
