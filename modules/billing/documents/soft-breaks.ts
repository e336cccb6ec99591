import type { PdfNode } from '@opora/platform/pdf'

/** Words of this length never occur in a language but in addresses, hashes and typed nonsense. */
const LONG_WORD = /\S{25,}/g
const PIECE = /.{12}/gsu
const MAY_BREAK = '\u200b'

/** The text with places, unseen, where a very long word may be parted: otherwise one word pushes a table off its page. */
export function withSoftBreaks(text: string): string {
  return text.replace(LONG_WORD, (word) => word.replace(PIECE, `$&${MAY_BREAK}`))
}

/** The same node with soft breaks in every text inside it. */
export function softened<Node extends PdfNode>(node: Node): Node {
  if (typeof node === 'string') return withSoftBreaks(node) as Node
  const changed = Object.entries(node).map(([key, value]) => [key, softenedPart(key, value)])
  return Object.fromEntries(changed) as Node
}

function softenedPart(key: string, value: unknown): unknown {
  if (key === 'text') return Array.isArray(value) ? value.map(softened) : softened(value as PdfNode)
  if (key === 'stack' || key === 'columns' || key === 'ul') return (value as PdfNode[]).map(softened)
  if (key !== 'table') return value
  const table = value as { body: PdfNode[][] }
  return { ...table, body: table.body.map((row) => row.map(softened)) }
}
