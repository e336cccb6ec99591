/** An element with its attributes, and either elements or a text inside. */
export interface XmlElement {
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
  text: string | null
}

type Given = Record<string, string | null | undefined>

/** An element; attributes that are absent or empty are left out, as the formats of the tax service ask. */
export function element(name: string, attributes: Given = {}, children: (XmlElement | null)[] = []): XmlElement {
  const kept = Object.entries(attributes).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return {
    name,
    attributes: Object.fromEntries(kept),
    children: children.filter((child): child is XmlElement => child !== null),
    text: null,
  }
}

export function textElement(name: string, text: string): XmlElement {
  return { name, attributes: {}, children: [], text }
}
