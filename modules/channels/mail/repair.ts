import { isUtf8 } from 'node:buffer'
import { decodeGuessed, guessCharset } from './charset.ts'

/** Charset labels that say nothing about the bytes. */
const NO_CHARSET = /^(?:us-ascii|ascii|unknown|unknown-8bit|x-unknown|8bit|default|_iso-2022-jp|none|)$/i
const WESTERN = /^(?:iso-8859-1|latin1|windows-1252|cp1252|iso-8859-15)$/i
const MAX_SAMPLE_BYTES = 65_536
const MAX_PARTS = 500

/**
 * Rewrites a letter whose bytes do not fit what it declares, so that the parser reads it right: raw 8-bit headers
 * become UTF-8, and a text part without a charset, or with one that its bytes contradict, gets a guessed one.
 * Everything else is copied as it is.
 */
export function repairRaw(raw: Uint8Array): Uint8Array {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const pieces: Uint8Array[] = []
  const boundaries = new Set<string>()
  let position = 0
  for (let part = 0; part < MAX_PARTS && position < bytes.length; part += 1) {
    const bodyStart = endOfHeaders(bytes, position)
    const bodyEnd = nextBoundary(bytes, bodyStart, boundaries)
    const header = repairHeaderBlock(bytes.subarray(position, bodyStart))
    const facts = partFacts(header.toString('latin1'))
    if (facts.boundary !== null) boundaries.add(facts.boundary)
    const resumeAt = facts.boundary === null ? bodyEnd : nextBoundary(bytes, bodyStart, boundaries)
    const body = bytes.subarray(bodyStart, resumeAt)
    pieces.push(facts.isText ? withRightCharset(header, facts, body) : header, body)
    position = resumeAt
    const lineEnd = bytes.indexOf(0x0a, position)
    if (position >= bytes.length || lineEnd < 0) break
    pieces.push(bytes.subarray(position, lineEnd + 1))
    position = lineEnd + 1
  }
  pieces.push(bytes.subarray(position))
  return Buffer.concat(pieces)
}

/** The index after the blank line that ends a header block. */
function endOfHeaders(bytes: Buffer, from: number): number {
  let lineStart = from
  while (lineStart < bytes.length) {
    const lineEnd = bytes.indexOf(0x0a, lineStart)
    if (lineEnd < 0) return bytes.length
    const length = lineEnd - lineStart
    if (length === 0 || (length === 1 && bytes[lineStart] === 0x0d)) return lineEnd + 1
    lineStart = lineEnd + 1
  }
  return bytes.length
}

/** The index of the next line that begins with `--` and a known boundary, or the end. */
function nextBoundary(bytes: Buffer, from: number, boundaries: ReadonlySet<string>): number {
  let lineStart = from
  while (boundaries.size > 0 && lineStart < bytes.length) {
    const lineEnd = bytes.indexOf(0x0a, lineStart)
    const end = lineEnd < 0 ? bytes.length : lineEnd
    if (bytes[lineStart] === 0x2d && bytes[lineStart + 1] === 0x2d) {
      const line = bytes.toString('latin1', lineStart + 2, Math.min(end, lineStart + 202)).trimEnd()
      if (boundaries.has(line) || (line.endsWith('--') && boundaries.has(line.slice(0, -2)))) return lineStart
    }
    lineStart = end + 1
  }
  return bytes.length
}

function repairHeaderBlock(block: Buffer): Buffer {
  if (isUtf8(block)) return block
  const charset = guessCharset(Buffer.concat(linesOf(block).filter((line) => !isUtf8(line))))
  const decoder = new TextDecoder(charset)
  return Buffer.concat(linesOf(block).map((line) => (isUtf8(line) ? line : Buffer.from(decoder.decode(line)))))
}

function linesOf(block: Buffer): Buffer[] {
  const lines: Buffer[] = []
  for (let start = 0; start < block.length; ) {
    const end = block.indexOf(0x0a, start)
    const next = end < 0 ? block.length : end + 1
    lines.push(block.subarray(start, next))
    start = next
  }
  return lines
}

interface PartFacts {
  isText: boolean
  boundary: string | null
  charset: string
  encoding: string
}

function partFacts(header: string): PartFacts {
  const unfolded = header.slice(0, MAX_SAMPLE_BYTES).replace(/\r?\n[ \t]/g, ' ')
  const type = /^content-type:[ \t]*([^\r\n]*)/im.exec(unfolded)?.[1] ?? ''
  const encoding = /^content-transfer-encoding:[ \t]*([\w-]*)/im.exec(unfolded)?.[1] ?? ''
  const boundary = /;[ \t]*boundary=(?:"([^"]*)"|([^\s;]*))/i.exec(type)
  const charset = /;[ \t]*charset=(?:"([^"]*)"|([^\s;]*))/i.exec(type)
  return {
    isText: type.trim() === '' || /^text\//i.test(type),
    boundary: /^multipart\//i.test(type) ? (boundary?.[1] ?? boundary?.[2] ?? null) : null,
    charset: (charset?.[1] ?? charset?.[2] ?? '').trim(),
    encoding: encoding.toLowerCase(),
  }
}

function withRightCharset(header: Buffer, facts: PartFacts, body: Buffer): Buffer {
  const sample = decodedSample(facts.encoding, body.subarray(0, MAX_SAMPLE_BYTES))
  if (!contradicts(facts.charset, sample)) return header
  const charset = guessCharset(sample)
  const text = header.toString('utf8')
  const withoutCharset = text.replace(/;[ \t]*(?:\r?\n[ \t]+)?charset=(?:"[^"]*"|[^\s;]*)/i, '')
  const declared = withoutCharset.replace(/^(content-type:[ \t]*[^\s;]+)/im, `$1; charset=${charset}`)
  const hasType = /^content-type:/im.test(text)
  return Buffer.from(hasType ? declared : `Content-Type: text/plain; charset=${charset}\r\n${text}`)
}

function contradicts(charset: string, sample: Uint8Array): boolean {
  if (!sample.some((byte) => byte >= 0x80)) return false
  if (NO_CHARSET.test(charset)) return true
  if (/^utf-?8$/i.test(charset)) return !isUtf8(sample)
  return WESTERN.test(charset) && /[А-яЁё]{4,}/.test(decodeGuessed(sample))
}

function decodedSample(encoding: string, body: Buffer): Buffer {
  if (encoding === 'base64') return Buffer.from(body.toString('latin1'), 'base64')
  if (encoding !== 'quoted-printable') return wholeCharacters(body)
  const text = body.toString('latin1').replace(/=\r?\n/g, '')
  const bytes = text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1')
}

/** A sample cut inside a UTF-8 character would look like broken UTF-8. */
function wholeCharacters(sample: Buffer): Buffer {
  if (sample.length < MAX_SAMPLE_BYTES) return sample
  const lastLine = sample.lastIndexOf(0x0a)
  return lastLine > 0 ? sample.subarray(0, lastLine) : sample
}
