import iconv from 'iconv-lite'

/**
 * The text of a statement file. Real files are windows-1251, cp866 (they say `Кодировка=DOS`) or UTF-8 whatever they say, so bytes
 * that are valid UTF-8 with Cyrillic in it are taken as such first.
 */
export function decodeStatement(bytes: Buffer): string {
  const asUtf8 = utf8(bytes)
  if (asUtf8 !== null) return asUtf8
  const dos = iconv.decode(bytes, 'cp866')
  return /^Кодировка=DOS\s*$/m.test(dos) ? dos : iconv.decode(bytes, 'win1251')
}

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
