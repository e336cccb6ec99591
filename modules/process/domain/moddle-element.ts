/** A parsed BPMN element: `$type` and its properties, not yet trusted. */
export interface ModdleElement {
  readonly $type: string
  readonly id?: string
  readonly name?: string
  readonly [property: string]: unknown
}

/** One thing that keeps a diagram from being read: which element, where, and why, in both languages. */
export interface ReadProblem {
  element: string
  id: string | null
  name: string | null
  ru: string
  en: string
}

/** Collects what is wrong, so that a person who draws sees all of it at once. */
export class Problems {
  readonly list: ReadProblem[] = []

  add(element: ModdleElement, ru: string, en: string): void {
    const id = textOf(element, 'id')
    const name = textOf(element, 'name')
    const title = [element.$type, name ? `«${name}»` : '', id ? `(${id})` : ''].filter(Boolean).join(' ')
    this.list.push({ element: element.$type, id, name, ru: `${title}: ${ru}`, en: `${title}: ${en}` })
  }

  /** An element, attribute or nested part that the subset does not have. */
  outside(element: ModdleElement, part?: string): void {
    if (part) this.add(element, `«${part}» не поддерживается`, `"${part}" is not supported`)
    else this.add(element, 'такой элемент не поддерживается', 'this element is not supported')
  }
}

export function isElement(value: unknown): value is ModdleElement {
  return typeof value === 'object' && value !== null && typeof (value as { $type?: unknown }).$type === 'string'
}

export function elementOf(parent: ModdleElement, property: string): ModdleElement | null {
  const value = parent[property]
  return isElement(value) ? value : null
}

export function elementsOf(parent: ModdleElement, property: string): ModdleElement[] {
  const value = parent[property]
  return Array.isArray(value) ? value.filter(isElement) : []
}

/** A text property, trimmed; `null` when absent or empty. */
export function textOf(element: ModdleElement, property: string): string | null {
  const value = element[property]
  if (typeof value !== 'string') return null
  const text = value.trim()
  return text === '' ? null : text
}

/** Role codes and the like: words parted by spaces or commas. */
export function wordsOf(element: ModdleElement, property: string): string[] {
  return (textOf(element, property) ?? '').split(/[\s,]+/).filter((word) => word !== '')
}

/** The product's own extension elements of one type, for example `opora:Action`. */
export function extensionsOf(element: ModdleElement, type?: string): ModdleElement[] {
  const holder = elementOf(element, 'extensionElements')
  if (!holder) return []
  const own = elementsOf(holder, 'values').filter((value) => value.$type.startsWith('opora:'))
  return type ? own.filter((value) => value.$type === type) : own
}
