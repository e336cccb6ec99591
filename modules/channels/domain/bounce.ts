import { bounceReason, isHardBounce } from './bounce-reason.ts'
import { normaliseAddress } from './mailbox.ts'
import type { AutomationMarks, BounceRecipient, MailBounce } from './parsed-mail.ts'
import { headerOf } from './parsed-mail.ts'

/** The parts of a letter by which a delivery report is known. */
export interface BounceEvidence {
  headers: ReadonlyMap<string, readonly string[]>
  fromText: string
  subject: string
  text: string
  automation: AutomationMarks
  /** Text of the `message/delivery-status` part (RFC 3464), `null` without one. */
  deliveryStatus: string | null
  /** The letter carries a `message/feedback-report` part (RFC 5965). */
  feedbackReport: boolean
  /** Headers of the returned letter as text, `null` when it is not attached. */
  returnedHeaders: string | null
}

const DAEMON_FROM =
  /mailer-?daemon|mail delivery (?:sub)?system|mail\.delivery\.system|post_?master|poostmaster|^\s*<>\s*$/i
const BOUNCE_SUBJECT =
  /undeliver|returned mail|failure notice|delivery (?:status|failure|has failed|delayed?|report)|mail (?:delivery )?(?:fail|system error)|could not be delivered|не доставлено|недоставленн|delivery incomplete|error sending your mail|returning (?:message|mail)|delayed \d+ hours|配信できません|not member|permanent delivery|notification message/i
const NOTICE_SENDER = /no-?reply@sns\.amazonaws\.com|-admin@/i
const NOTICE_TEXT =
  /"(?:notification|event)Type\\?"\s*:\s*\\?"(?:Bounce|Delivery|Complaint)|"bounceType"|are not (?:a )?member of this mailing list/
const FAILED_TEXT =
  /(?:could not|couldn't|can ?not|was not|not) (?:be )?deliver|delivery (?:to|of|has|attempts?).{0,80}fail|undeliver|unable to deliver|permanent (?:error|failure)|fatal errors|host unknown|user unknown|returned to (?:the )?sender|did not reach/i
const MAX_TEXT_CHARS = 20_000
const RETURNED_MARK =
  /^-{2,}.{0,40}(?:original message|copy of (?:the|your) message|message (?:header|text) follows|returned message|unsent message below).{0,40}$|^(?:-+ )?below this line is a copy|^Received: from |^Return-path: /im

/** The report inside a letter, or `null` when the letter is none. */
export function readBounce(evidence: BounceEvidence): MailBounce | null {
  if (evidence.feedbackReport || /^complaint about message from /i.test(evidence.subject)) {
    return { kind: 'feedback', recipients: [], originalMessageId: originalIdOf(evidence) }
  }
  if (evidence.deliveryStatus === null && !looksLikeBounce(evidence)) return null
  const reported = evidence.deliveryStatus === null ? [] : readDeliveryStatus(evidence.deliveryStatus, evidence.text)
  const recipients = reported.length > 0 ? reported : recipientsOfText(evidence)
  return { kind: kindOf(recipients), recipients, originalMessageId: originalIdOf(evidence) }
}

function kindOf(recipients: readonly BounceRecipient[]): MailBounce['kind'] {
  if (recipients.some((recipient) => recipient.action === 'failed')) return 'bounce'
  if (recipients.some((recipient) => recipient.action === 'delayed')) return 'delay'
  return recipients.length > 0 ? 'delivered' : 'bounce'
}

function looksLikeBounce(evidence: BounceEvidence): boolean {
  const type = headerOf(evidence.headers, 'content-type') ?? ''
  if (/^\s*multipart\/report\b[^\r\n]{0,200}delivery-status/i.test(type)) return true
  if (evidence.headers.has('x-failed-recipients')) return true
  const text = evidence.text.slice(0, MAX_TEXT_CHARS)
  const subject = BOUNCE_SUBJECT.test(evidence.subject)
  if (DAEMON_FROM.test(evidence.fromText)) {
    return (
      /mailer-?daemon/i.test(evidence.fromText) ||
      subject ||
      evidence.automation.nullReturnPath ||
      FAILED_TEXT.test(text)
    )
  }
  if (NOTICE_SENDER.test(evidence.fromText) && NOTICE_TEXT.test(text)) return true
  return evidence.automation.nullReturnPath && (subject || FAILED_TEXT.test(text))
}

/** The groups of a `message/delivery-status` part: the first is about the letter, each other about one recipient. */
function readDeliveryStatus(report: string, text: string): BounceRecipient[] {
  const groups = report
    .slice(0, MAX_TEXT_CHARS * 5)
    .replaceAll('\r\n', '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n{2,}/)
    .map(fieldsOf)
    .filter((fields) => fields.has('final-recipient') || fields.has('original-recipient') || fields.has('action'))
  return groups.map((fields) => recipientOf(fields, text))
}

function fieldsOf(group: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of group.split('\n')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim())
  }
  return fields
}

function recipientOf(fields: ReadonlyMap<string, string>, text: string): BounceRecipient {
  const diagnostic = (fields.get('diagnostic-code') ?? '').replace(/^[\w-]+\s*;\s*/, '')
  const own = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0] ?? null
  const said = statusIn(diagnostic)
  const status = own === null || said?.[0] === own[0] ? (said ?? own) : own
  const action = actionOf(fields.get('action') ?? '', status)
  const words = `${diagnostic} ${/^[45]\.0\.0$|^5\.(?:3|4|5)\.0$/.test(own ?? '5.0.0') ? beforeReturned(text) : ''}`
  return finish(
    addressIn(fields.get('final-recipient') ?? fields.get('original-recipient') ?? ''),
    action,
    status,
    words,
    diagnostic,
  )
}

function finish(
  address: string | null,
  action: BounceRecipient['action'],
  status: string | null,
  words: string,
  diagnostic: string,
): BounceRecipient {
  if (action === 'delivered' || action === 'relayed' || action === 'expanded') {
    return { address, action, status, diagnostic, reason: 'delivered', hard: false }
  }
  const reason = bounceReason(status, words)
  return { address, action, status, diagnostic, reason, hard: action === 'failed' && isHardBounce(reason, status) }
}

function actionOf(value: string, status: string | null): BounceRecipient['action'] {
  const word = /[a-z]+/i.exec(value)?.[0]?.toLowerCase() ?? ''
  if (word === 'failure' || word === 'failed') return 'failed'
  if (word === 'delayed' || word === 'delivered' || word === 'relayed' || word === 'expanded') return word
  return status?.startsWith('4.') ? 'delayed' : 'failed'
}

function statusIn(text: string): string | null {
  return /(?:^|[\s#(;:[])([245]\.[0-7]\.\d{1,3})(?=[\s):;,.\]]|$)/.exec(text)?.[1] ?? null
}

/** An old-style report is prose: the words before the returned letter, an address and perhaps a code. */
function recipientsOfText(evidence: BounceEvidence): BounceRecipient[] {
  const words = beforeReturned(evidence.text)
  const named = headerOf(evidence.headers, 'x-failed-recipients')
  const addresses = new Set((named ?? '').split(',').flatMap((part) => addressIn(part) ?? []))
  if (addresses.size === 0) {
    const first = addressesIn(words).find((address) => !DAEMON_FROM.test(address))
    if (first !== undefined) addresses.add(first)
  }
  const status = statusIn(words)
  const delayed = /\bdelay(?:ed)?\b|warning: message|will be retried|still trying/i.test(
    `${evidence.subject}\n${words.slice(0, 2_000)}`,
  )
  const action = delayed && !/fail|giving up|returned/i.test(evidence.subject) ? 'delayed' : 'failed'
  const list = addresses.size > 0 ? [...addresses] : [null]
  return list.map((address) =>
    finish(address, action, status, `${evidence.subject} ${words}`, words.trim().slice(0, 500)),
  )
}

function beforeReturned(text: string): string {
  const head = text.slice(0, MAX_TEXT_CHARS)
  const mark = RETURNED_MARK.exec(head)
  return mark && mark.index > 0 ? head.slice(0, mark.index) : head
}

function addressIn(text: string): string | null {
  return addressesIn(text.slice(0, 1_000))[0] ?? null
}

function addressesIn(text: string): string[] {
  const found: string[] = []
  for (const token of text.split(/[\s<>"'(),;:[\]]+/)) {
    const address = token.includes('@') ? normaliseAddress(token.replace(/\.$/, '')) : null
    if (address !== null) found.push(address)
  }
  return found
}

function originalIdOf(evidence: BounceEvidence): string | null {
  const source = evidence.returnedHeaders ?? evidence.text.slice(0, MAX_TEXT_CHARS * 2)
  const id = /^message-id:\s*<([^<>\s]{1,998})>/im.exec(source)?.[1]
  return id ?? null
}
