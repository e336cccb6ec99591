import { isUtf8 } from 'node:buffer'

export type GuessedCharset = 'utf-8' | 'windows-1251' | 'koi8-r' | 'windows-1252'

/**
 * Share of each letter in Russian text, per mille, from `а` to `я`
 * (frequencies of the Russian National Corpus, rounded).
 */
const RUSSIAN_PER_MILLE = [
  80, 16, 45, 17, 30, 85, 9, 16, 74, 12, 35, 44, 32, 67, 110, 28, 47, 55, 63, 26, 3, 10, 5, 14, 7, 4, 1, 19, 17, 3, 6,
  20,
]
const SAMPLE_BYTES = 4_096

/** Which of the encodings that Russian mail uses the bytes are written in, when nothing says so. */
export function guessCharset(bytes: Uint8Array): GuessedCharset {
  if (isUtf8(bytes)) return 'utf-8'
  const sample = bytes.subarray(0, SAMPLE_BYTES)
  if (looksWestern(sample)) return 'windows-1252'
  const koi = russianScore(new TextDecoder('koi8-r').decode(sample))
  const win = russianScore(new TextDecoder('windows-1251').decode(sample))
  return koi > win ? 'koi8-r' : 'windows-1251'
}

export function decodeGuessed(bytes: Uint8Array): string {
  return new TextDecoder(guessCharset(bytes)).decode(bytes)
}

/** In French or German a high byte stands alone inside an ASCII word; in Russian the whole word is high bytes. */
function looksWestern(bytes: Uint8Array): boolean {
  let inAsciiWords = 0
  let inRuns = 0
  for (let i = 0; i < bytes.length; i += 1) {
    if ((bytes[i] as number) < 0x80) continue
    const before = bytes[i - 1] ?? 0x20
    const after = bytes[i + 1] ?? 0x20
    if (before >= 0x80 || after >= 0x80) inRuns += 1
    else if (isAsciiLetter(before) || isAsciiLetter(after)) inAsciiWords += 1
  }
  return inAsciiWords > inRuns
}

function isAsciiLetter(byte: number): boolean {
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x7a
}

/** Higher is more like Russian: common letters count for, an upper-case letter after a lower-case one against. */
function russianScore(text: string): number {
  let score = 0
  let previousIsLower = false
  for (const char of text) {
    const code = char.charCodeAt(0)
    const lower = code >= 0x430 && code <= 0x44f
    const upper = code >= 0x410 && code <= 0x42f
    if (lower || upper) score += (RUSSIAN_PER_MILLE[lower ? code - 0x430 : code - 0x410] as number) - 20
    else if (code >= 0x80 && code !== 0x401 && code !== 0x451) score -= 40
    if (upper && previousIsLower) score -= 60
    previousIsLower = lower
  }
  return score
}

/** Text that Postgres and JSON can keep: well-formed UTF-16 without NUL. */
export function cleanText(text: string): string {
  return (text.includes('\0') ? text.replaceAll('\0', '') : text).toWellFormed()
}
