/** Control characters but tab and line feed, and halves of surrogate pairs: no document format can hold them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be taken out.
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]|\p{Surrogate}/gu

/** The same data with every text made fit for a document; people write descriptions, and mail brings anything. */
export function printable<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === 'string' ? part.replace(UNPRINTABLE, '') : part,
  ) as Value
}
