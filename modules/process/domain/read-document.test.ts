import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { rewriteDiagram } from './read-document.ts'

const folder = new URL('../testdata/bpmn/', import.meta.url)
const models = readdirSync(folder).filter((name) => name.endsWith('.bpmn'))
const text = (name: string) => readFileSync(new URL(name, folder), 'utf8')
const shipped = readFileSync(new URL('../processes/three-lines.bpmn', import.meta.url), 'utf8')
const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL'
const DRAWING = /^http:\/\/www\.omg\.org\/spec\/(BPMN\/20100524\/DI|DD\/20100524\/D[CI])$/

/** Counts what is in a file by namespace, without the reader: opening tags with their prefixes resolved. */
function inventory(xml: string) {
  const bare = xml.replaceAll(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>/g, '')
  const spaces = new Map(
    [...bare.matchAll(/\sxmlns(?::([\w.-]+))?="([^"]*)"/g)].map(([, prefix = '', uri = '']) => [prefix, uri]),
  )
  const elements: Record<string, number> = {}
  const ids: string[] = []
  let drawing = 0
  let foreign = 0
  for (const [, prefix = '', name = '', attributes = ''] of bare.matchAll(
    /<(?:([\w.-]+):)?([\w.-]+)((?:\s[^<>]*?)?)\/?>/g,
  )) {
    const uri = spaces.get(prefix) ?? ''
    if (uri === BPMN) elements[name] = (elements[name] ?? 0) + 1
    else if (DRAWING.test(uri)) drawing += 1
    else foreign += 1
    const id = /\sid="([^"]*)"/.exec(attributes)?.[1]
    if (id !== undefined) ids.push(id)
  }
  return { elements, drawing, foreign, ids: ids.sort() }
}

describe('a file that another tool wrote, read and written again', () => {
  it.each(models)('%s keeps its ids, elements, drawing and extensions', async (name) => {
    const before = inventory(text(name))
    const after = inventory(await rewriteDiagram(text(name)))
    // BPMN has no bare "expression": the one file with one gets its name, that of a timer's date.
    const { expression = 0, timeDate = 0, ...elements } = before.elements
    const dates = expression + timeDate > 0 ? { timeDate: expression + timeDate } : {}
    expect(after).toEqual({ ...before, elements: { ...elements, ...dates } })
  })

  it('is written the same the second time', async () => {
    for (const name of models) {
      const once = await rewriteDiagram(text(name))
      expect(await rewriteDiagram(once)).toBe(once)
    }
  })

  it('keeps our own elements too', async () => {
    expect(inventory(await rewriteDiagram(shipped))).toEqual(inventory(shipped))
  })

  it('counts what the index of the models counts', () => {
    const index = JSON.parse(readFileSync(new URL('../testdata/bpmn/index.json', import.meta.url), 'utf8')) as {
      file: string
      elements: Record<string, number>
      di_elements: number
      extension_elements: number
    }[]
    expect(index.map((entry) => entry.file).sort()).toEqual([...models].sort())
    for (const { file, elements, di_elements, extension_elements } of index) {
      const found = inventory(text(file))
      expect({ file, ...found, ids: undefined }).toEqual({
        ...{ file, elements, drawing: di_elements, foreign: extension_elements },
        ids: undefined,
      })
    }
  })
})
