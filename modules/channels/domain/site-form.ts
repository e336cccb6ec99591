import { addressKey, normaliseAddress } from './mailbox.ts'
import type { ParsedMail } from './parsed-mail.ts'

/** A mailbox bound to a site's own form: who may write into it, and which line of the text holds what. */
export interface SiteFormSettings {
  /** The only address that the form sends from. */
  trustedSender: string
  /** Labels as they stand in the letter, before the colon; `email` is required. */
  fields: { email: string; name?: string; phone?: string; subject?: string; text?: string }
}

export interface SiteFormLetter {
  email: string
  name: string
  phone: string | null
  subject: string | null
  /** The question itself, or the whole letter where the form has no such field. */
  text: string
}

export type SiteFormReading =
  | { read: true; letter: SiteFormLetter }
  | { read: false; reason: 'not_the_trusted_sender' | 'no_initiator' }

/** Who really wrote through a site's form. The sender must be the trusted one, and DMARC must not have failed. */
export function readSiteForm(
  mail: Pick<ParsedMail, 'from' | 'text'>,
  settings: SiteFormSettings,
  dmarcFailed: boolean,
): SiteFormReading {
  const sender = mail.from === 'unverified' ? null : addressKey(mail.from.address)
  if (dmarcFailed || sender !== addressKey(settings.trustedSender)) {
    return { read: false, reason: 'not_the_trusted_sender' }
  }
  const values = valuesOf(mail.text, settings)
  const email = normaliseAddress((values.get('email') ?? '').replace(/^mailto:/i, '').trim())
  if (email === null) return { read: false, reason: 'no_initiator' }
  return {
    read: true,
    letter: {
      email,
      name: values.get('name') ?? '',
      phone: values.get('phone') ?? null,
      subject: values.get('subject') ?? null,
      text: values.get('text') ?? mail.text.trim(),
    },
  }
}

/** `Label: value` lines; the lines after one belong to it until the next known label. */
function valuesOf(text: string, settings: SiteFormSettings): Map<string, string> {
  const byLabel = new Map(Object.entries(settings.fields).map(([field, label]) => [fold(label as string), field]))
  const values = new Map<string, string>()
  let current: string | null = null
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':')
    const field = colon > 0 ? byLabel.get(fold(line.slice(0, colon))) : undefined
    if (field !== undefined && !values.has(field)) {
      current = field
      values.set(field, line.slice(colon + 1).trim())
    } else if (current !== null) {
      values.set(current, `${values.get(current)}\n${line.trimEnd()}`)
    }
  }
  return new Map([...values].map(([field, value]) => [field, field === 'text' ? value.trim() : firstLine(value)]))
}

function fold(label: string): string {
  return label
    .replace(/[*\s]+/g, ' ')
    .trim()
    .toLowerCase()
}

function firstLine(value: string): string {
  return (value.trim().split('\n', 1)[0] ?? '').trim()
}
