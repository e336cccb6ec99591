import iconv from 'iconv-lite'

/**
 * The text of a statement file. Real files are windows-1251, cp866 or UTF-8, and what they say of it is often wrong: bytes that are valid
 * UTF-8 are taken as such, else the charset in which the format's own keys can be read.
 */
export function decodeStatement(bytes: Buffer): string {
  const asUtf8 = utf8(bytes)
  if (asUtf8 !== null) return asUtf8
  const dos = iconv.decode(bytes, 'cp866')
  return KNOWN_KEY.test(dos) ? dos : iconv.decode(bytes, 'win1251')
}

/** What a statement cannot be without, whatever its head says of its charset. */
const KNOWN_KEY = /^(ВерсияФормата=|Кодировка=|РасчСчет=|СекцияДокумент=|КонецФайла)/m

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
