import { decodeWords } from 'postal-mime'
import { decodeGuessed } from './charset.ts'

const WORD = /=\?([^?\s]{1,60})\?([QqBb])\?([^?]*)\?=/g

/** RFC 2047 words to text; where the charset they declare does not fit their bytes, the charset is guessed. */
export function decodeHeaderWords(value: string): string {
  const decoded = decodeWords(value)
  if (!decoded.includes('\ufffd') && !/=\?(?:unknown|x-unknown|us-ascii|ascii)/i.test(value)) return decoded
  return value
    .replace(/\?=[ \t\r\n]{1,80}=\?/g, '?==?')
    .replace(WORD, (_, __, encoding: string, text: string) => decodeGuessed(bytesOf(encoding, text)))
}

function bytesOf(encoding: string, text: string): Uint8Array {
  if (encoding.toUpperCase() === 'B') return Buffer.from(text, 'base64')
  const spaced = text.replaceAll('_', ' ')
  const chars = spaced.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(chars, 'latin1')
}
