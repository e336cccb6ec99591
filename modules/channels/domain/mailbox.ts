import type { MailAddress } from './parsed-mail.ts'

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?'
const LOCAL = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`)
const DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`, 'u')
const MAX_ADDRESS_CHARS = 254
const MAX_HEADER_CHARS = 2_000

/**
 * An address as this product accepts it: dot-atom local part of at most 64 characters and a domain name, in its ASCII form.
 * Quoted local parts, comments, address literals and anything else that mail programs read differently are `null`.
 */
export function normaliseAddress(text: string): string | null {
  if (text.length > MAX_ADDRESS_CHARS) return null
  const at = text.indexOf('@')
  if (at < 1 || at !== text.lastIndexOf('@')) return null
  const local = text.slice(0, at)
  const domain = text.slice(at + 1)
  if (local.length > 64 || !LOCAL.test(local) || !DOMAIN.test(domain)) return null
  const ascii = asciiDomain(domain)
  return ascii === null ? null : `${local}@${ascii}`
}

/** `пример.рф` and `xn--e1afmkfd.xn--p1ai` are one domain: the second form is the one that is kept. */
function asciiDomain(domain: string): string | null {
  if (!/\P{ASCII}/u.test(domain)) return domain.toLowerCase()
  return URL.parse(`http://${domain}`)?.hostname ?? null
}

/** The same address for comparing: mail systems treat the local part as caseless in practice, and a domain has two forms. */
export function addressKey(address: string): string {
  return (normaliseAddress(address) ?? address).toLowerCase()
}

/** `support+tag@x` → `tag`; `null` without one. */
export function plusTagOf(address: string): string | null {
  const local = address.slice(0, address.lastIndexOf('@'))
  const plus = local.indexOf('+')
  return plus < 0 ? null : local.slice(plus + 1)
}

/** `support+tag@x` → `support@x`. */
export function withoutPlusTag(address: string): string {
  const at = address.lastIndexOf('@')
  const plus = address.indexOf('+')
  return plus < 0 || plus > at ? address : address.slice(0, plus) + address.slice(at)
}

/**
 * Exactly one mailbox, `addr`, `name <addr>` or `addr (name)`, where the name is plain words or one quoted string;
 * else `null`. Lists, groups, routes, nested comments, a second `<` or another address in the unquoted name are
 * refused, because the two sides of a forgery are two programs that read such a header differently.
 */
export function parseOneMailbox(header: string): MailAddress | null {
  const text = header.trim()
  if (text === '' || text.length > MAX_HEADER_CHARS || hasControls(text)) return null
  if (text.endsWith(')')) return addressWithComment(text)
  if (!text.endsWith('>')) {
    const address = normaliseAddress(text)
    return address === null ? null : { name: '', address }
  }
  const open = text.lastIndexOf('<')
  const address = open < 0 ? null : normaliseAddress(text.slice(open + 1, -1).trim())
  if (address === null) return null
  const name = displayName(text.slice(0, open).trim(), address)
  return name === null ? null : { name, address }
}

/**
 * The well-formed mailboxes of a list such as To or Cc, groups opened; whatever is not well-formed is left out.
 * At most `limit` entries are looked at.
 */
export function mailboxesIn(header: string, limit = 500): MailAddress[] {
  const entries = splitList(header.slice(0, 100_000)).slice(0, limit)
  return entries.flatMap((entry) => parseOneMailbox(entry) ?? parseOneMailbox(entry.replace(/^[^"<>@:]*:/, '')) ?? [])
}

/** Cuts at commas and semicolons outside quotes, angle brackets and comments. */
function splitList(text: string): string[] {
  const entries: string[] = []
  let start = 0
  let closing = ''
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] as string
    if (closing !== '') {
      if (char === '\\' && closing === '"') i += 1
      else if (char === closing) closing = ''
    } else if (char === '"') closing = '"'
    else if (char === '<') closing = '>'
    else if (char === '(') closing = ')'
    else if (char === ',' || char === ';') {
      entries.push(text.slice(start, i))
      start = i + 1
    }
  }
  return [...entries, text.slice(start)].filter((entry) => entry.trim() !== '')
}

function addressWithComment(text: string): MailAddress | null {
  const open = text.lastIndexOf(' (')
  const address = open < 0 ? null : normaliseAddress(text.slice(0, open).trim())
  const name = text.slice(open + 2, -1)
  return address === null || /[<>()[\]:;@\\,"]/.test(name) ? null : { name: name.trim(), address }
}

function hasControls(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return true
  }
  return false
}

function displayName(text: string, address: string): string | null {
  if (text === '') return ''
  if (text.startsWith('"')) return quotedName(text)
  if (addressKey(normaliseAddress(text) ?? '') === addressKey(address)) return text
  return /[<>[\]:;@\\,"]/.test(text) || text.split('(').length > 2 ? null : text
}

function quotedName(text: string): string | null {
  if (text.length < 2 || !text.endsWith('"')) return null
  let name = ''
  for (let i = 1; i < text.length - 1; i += 1) {
    const char = text[i] as string
    if (char === '"') return null
    if (char !== '\\') {
      name += char
      continue
    }
    i += 1
    if (i === text.length - 1) return null
    name += text[i] as string
  }
  return name.trim()
}
