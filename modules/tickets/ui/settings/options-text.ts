interface Option {
  value: string
  label: { ru: string; en: string }
}

/** Options as lines of text, `code | Russian | English`: quick to write and to reorder. */
export function optionsText(options: readonly Option[]): string {
  return options.map(({ value, label }) => [value, label.ru, label.en].join(' | ')).join('\n')
}

/** What is left out stands in from the left: a line of one word is code and both names. */
export function readOptions(text: string): Option[] {
  return text
    .split('\n')
    .map((line) => line.split('|').map((part) => part.trim()))
    .flatMap(([value = '', ru = '', en = '']) =>
      value === '' ? [] : [{ value, label: { ru: ru || value, en: en || ru || value } }],
    )
}
