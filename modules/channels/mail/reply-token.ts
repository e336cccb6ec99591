import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a token proves: we sent something about this ticket to this recipient. */
export interface ReplyTokenFacts {
  ticketId: string
  recipientId: string
  keyId: string
}

/** Keys by their id; the one used for signing is chosen by the caller, old ones stay until their tokens are void. */
export type ReplyTokenKeys = ReadonlyMap<string, Uint8Array>

const ID = '[0-9a-z]{1,40}(?:-[0-9a-z]{1,40}){0,5}'
const TOKEN = new RegExp(`^rpl_([0-9a-z]{1,8})_(${ID})_(${ID})_([a-z2-7]{26})$`)
const TOKEN_WITHIN = new RegExp(`(?:^|[^0-9a-z_])(rpl_[0-9a-z]{1,8}_${ID}_${ID}_[a-z2-7]{26})(?![a-z0-9_])`, 'g')
const PLAIN_ID = new RegExp(`^${ID}$`)
const MIN_KEY_BYTES = 32
const MAC_BYTES = 16
const MAX_LOCAL_PART = 64

/**
 * `rpl_{key}_{ticket}_{recipient}_{mac}`: 128 bits of HMAC-SHA256 over version, ticket, recipient and key.
 * Lower case only, so that it survives address books. Ids are lower-case letters, digits and inner dashes
 * (`RangeError` otherwise); integers keep the token short enough for a plus-address.
 */
export function signReplyToken(
  key: Uint8Array,
  keyId: string,
  ticketId: string | number,
  recipientId: string | number,
): string {
  const ids = [String(ticketId), String(recipientId)]
  if (key.byteLength < MIN_KEY_BYTES)
    throw new RangeError(`the key of reply tokens is shorter than ${MIN_KEY_BYTES} bytes`)
  if (!/^[0-9a-z]{1,8}$/.test(keyId) || !ids.every((id) => PLAIN_ID.test(id)))
    throw new RangeError('not an id a token can carry')
  return `rpl_${keyId}_${ids[0]}_${ids[1]}_${macOf(key, keyId, ids[0] as string, ids[1] as string)}`
}

/** The facts of a token that one of our keys signed, else `null`. */
export function verifyReplyToken(keys: ReplyTokenKeys, token: string): ReplyTokenFacts | null {
  const parts = token.length > 300 ? null : TOKEN.exec(token)
  if (!parts) return null
  const [, keyId, ticketId, recipientId, mac] = parts as unknown as [string, string, string, string, string]
  const key = keys.get(keyId)
  if (!key) return null
  const expected = Buffer.from(macOf(key, keyId, ticketId, recipientId))
  return timingSafeEqual(expected, Buffer.from(mac)) ? { ticketId, recipientId, keyId } : null
}

/** Everything in a header or an address that has the form of a token, in its order. */
export function replyTokensIn(text: string): string[] {
  return [...text.slice(0, 100_000).matchAll(TOKEN_WITHIN)].map((match) => match[1] as string)
}

/** `support@x` → `support+rpl_…@x`. Throws `RangeError` when the local part would exceed 64 characters (RFC 5321). */
export function replyAddress(mailbox: string, token: string): string {
  const at = mailbox.lastIndexOf('@')
  const local = `${mailbox.slice(0, at)}+${token}`
  if (local.length > MAX_LOCAL_PART) throw new RangeError('the reply address would be too long')
  return `${local}${mailbox.slice(at)}`
}

/** A Message-ID without angle brackets that carries the token: `{token}.{random}@{domain}`. */
export function messageIdWithToken(token: string, random: string, domain: string): string {
  return `${token}.${random}@${domain}`
}

function macOf(key: Uint8Array, keyId: string, ticketId: string, recipientId: string): string {
  const mac = createHmac('sha256', key).update(`opora-reply-1|${keyId}|${ticketId}|${recipientId}`).digest()
  return base32(mac.subarray(0, MAC_BYTES))
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    for (; bits >= 5; bits -= 5) text += ALPHABET[(value >>> (bits - 5)) & 31]
    value &= (1 << bits) - 1
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text
}
