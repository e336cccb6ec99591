import { printable } from '@opora/platform/pdf'
import XMLBuilder from 'fast-xml-builder'
import iconv from 'iconv-lite'
import type { ClosingDocument } from '../domain/documents/closing-document.ts'
import { type FormatFault, formatFaults } from '../domain/documents/upd-format.ts'
import { type UpdFileNames, updTree } from '../domain/documents/upd-tree.ts'
import type { XmlElement } from '../domain/documents/xml-tree.ts'

/** The bytes of the seller's file in windows-1251, or what in the paper's data does not fit the format. */
export function renderUpdXml(
  document: ClosingDocument,
  names: UpdFileNames,
): { bytes: Buffer } | { faults: FormatFault[] } {
  const tree = updTree(printable(document), names)
  const faults = formatFaults(tree)
  if (faults.length > 0) return { faults }
  const text = `<?xml version="1.0" encoding="windows-1251"?>\n${writeXml(tree)}`
  return { bytes: iconv.encode(withReferences(text), 'windows-1251') }
}

/** Signs that windows-1251 lacks (₽, ×, a foreign name) stand by their numbers, as XML allows: nothing becomes a question mark. */
function withReferences(text: string): string {
  return text.replaceAll(/[^\p{ASCII}А-яЁё«»№–—]/gu, (sign) =>
    iconv.decode(iconv.encode(sign, 'windows-1251'), 'windows-1251') === sign ? sign : `&#${sign.codePointAt(0)};`,
  )
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  preserveOrder: true,
  attributeNamePrefix: '@',
  suppressEmptyNode: true,
  format: true,
})

function writeXml(root: XmlElement): string {
  return builder.build([ordered(root)]).trim()
}

/** The builder's own form of an element: one key with what is inside, attributes beside it. */
function ordered({ name, attributes, children, text }: XmlElement): Record<string, unknown> {
  const inside = text === null ? children.map(ordered) : [{ '#text': text }]
  const marked = Object.entries(attributes).map(([key, value]) => [`@${key}`, value])
  return { [name]: inside, ':@': Object.fromEntries(marked) }
}
