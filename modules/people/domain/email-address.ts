const LOCAL_MAX = 64
const ADDRESS_MAX = 254
// dot-atom of RFC 5322; quoted local parts are refused because parsers disagree about them
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
const NATIONAL_LABEL = /^[\p{L}\p{N}-]+$/u

/**
 * The one well-formed mailbox that `text` is, with the domain in lower case and ASCII; `null` for anything else: quotes, comments,
 * groups, several addresses, display names, control characters.
 */
export function readEmailAddress(text: string): string | null {
  const trimmed = text.trim()
  const at = trimmed.indexOf('@')
  if (at < 1 || at !== trimmed.lastIndexOf('@')) return null
  const local = trimmed.slice(0, at)
  const domain = asciiDomain(trimmed.slice(at + 1))
  if (local.length > LOCAL_MAX || !LOCAL.test(local) || domain === null) return null
  const address = `${local}@${domain}`
  return address.length <= ADDRESS_MAX ? address : null
}

/** A mail domain in lower case and ASCII, `null` when it is none. */
export function asciiDomain(text: string): string | null {
  const labels = text.split('.')
  if (labels.length < 2 || labels.some((label) => !NATIONAL_LABEL.test(label))) return null
  const url = URL.parse(`http://${text}`)
  const ascii = url?.hostname ?? ''
  const made = ascii.split('.')
  // an address of digits would be a host, never a mail domain
  if (made.length !== labels.length || !made.every((label) => LABEL.test(label)) || /^\d+$/.test(made.at(-1) ?? '')) {
    return null
  }
  return ascii
}

export function domainOfEmail(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}

/** Where anybody may have a mailbox: such a domain says nothing about the company. */
const PUBLIC_DOMAINS = new Set(
  (
    'mail.ru bk.ru list.ru inbox.ru internet.ru vk.com yandex.ru ya.ru yandex.com yandex.by yandex.kz rambler.ru lenta.ru ' +
    'autorambler.ru myrambler.ru ro.ru gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com ' +
    'me.com mac.com aol.com gmx.com gmx.net proton.me protonmail.com pm.me mail.com zoho.com tutanota.com narod.ru ukr.net tut.by'
  ).split(' '),
)

export function isPublicMailDomain(domain: string): boolean {
  return PUBLIC_DOMAINS.has(domain.toLowerCase())
}
