import { execFileSync } from 'node:child_process'
import { inflateRawSync } from 'node:zlib'

/** The words of a PDF as a reader sees them, by pdftotext; null where this machine has none. */
export function pdfText(bytes: Buffer): string | null {
  try {
    return execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes }).toString().replaceAll('\u00a0', ' ')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** All words of a workbook: its sheets and shared strings without their marks. */
export function xlsxText(bytes: Buffer): string {
  return filesOf(bytes)
    .filter(({ name }) => /^xl\/(worksheets\/|sharedStrings|workbook)/.test(name))
    .map(({ content }) => content.toString().replaceAll(/<[^>]+>/g, ' '))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
}

const CENTRAL = 0x02014b50

/** Files of a ZIP archive, found by its central directory. */
function filesOf(zip: Buffer): { name: string; content: Buffer }[] {
  const files: { name: string; content: Buffer }[] = []
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\x05\x06')) + 16)
  while (zip.readUInt32LE(at) === CENTRAL) {
    const [packed, nameLength, extra, comment, local] = [
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
      zip.readUInt32LE(at + 42),
    ] as const
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const data = zip.subarray(begin, begin + packed)
    const content = zip.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data)
    files.push({ name: zip.subarray(at + 46, at + 46 + nameLength).toString(), content })
    at += 46 + nameLength + extra + comment
  }
  return files
}
