import { describeFlow, describeLane, describeNode, type NameOfRole, nameOf, type Traits } from './describe-element.ts'
import type { Bilingual, ProcessDefinition } from './process-definition.ts'

/** What has become of one element between two versions; elements are the same when their ids are. */
export interface Change {
  elementId: string
  what: 'node' | 'flow' | 'lane' | 'process'
  change: 'added' | 'removed' | 'changed'
  name: Bilingual
  /** Of a changed element: each property with what it was and what it is; empty for "nothing". */
  details: { label: Bilingual; before: Bilingual; after: Bilingual }[]
}

const NOTHING: Bilingual = { ru: '', en: '' }

interface Described {
  what: Change['what']
  name: Bilingual
  traits: Traits
}

/** The differences of two versions in words, as the diagrams go: what is new and changed in the later one, then what is gone. */
export function compareVersions(before: ProcessDefinition, after: ProcessDefinition, role: NameOfRole): Change[] {
  const [old, present] = [describeAll(before, role), describeAll(after, role)]
  const changes: Change[] = []
  for (const [elementId, { what, name, traits }] of present) {
    const was = old.get(elementId)
    if (!was) changes.push({ elementId, what, change: 'added', name, details: [] })
    else {
      const details = differences(was.traits, traits)
      if (details.length > 0) changes.push({ elementId, what, change: 'changed', name, details })
    }
  }
  for (const [elementId, { what, name }] of old) {
    if (!present.has(elementId)) changes.push({ elementId, what, change: 'removed', name, details: [] })
  }
  return changes
}

function differences(before: Traits, after: Traits): Change['details'] {
  const details: Change['details'] = []
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(key), after.get(key)]
    const [old, now] = [was?.value ?? NOTHING, is?.value ?? NOTHING]
    if (old.ru === now.ru && old.en === now.en) continue
    details.push({ label: (is ?? was)?.label ?? NOTHING, before: old, after: now })
  }
  return details
}

function describeAll(definition: ProcessDefinition, role: NameOfRole): Map<string, Described> {
  const all = new Map<string, Described>()
  const own = new Map([['name', { label: { ru: 'название', en: 'name' }, value: definition.name }]])
  const start = definition.nodes[definition.startId]
  if (start) own.set('start', { label: { ru: 'начало', en: 'start' }, value: nameOf(start) })
  all.set(definition.id, { what: 'process', name: definition.name, traits: own })
  for (const lane of definition.lanes) {
    all.set(lane.id, { what: 'lane', name: lane.name, traits: describeLane(lane, role) })
  }
  for (const node of Object.values(definition.nodes)) {
    all.set(node.id, { what: 'node', name: nameOf(node), traits: describeNode(definition, node, role) })
  }
  for (const flow of Object.values(definition.flows)) {
    all.set(flow.id, { what: 'flow', name: wayName(definition, flow), traits: describeFlow(definition, flow, role) })
  }
  return all
}

/** A way is known by the places that it joins. */
function wayName(definition: ProcessDefinition, flow: { name: Bilingual; from: string; to: string }): Bilingual {
  const [from, to] = [nameOf(definition.nodes[flow.from]), nameOf(definition.nodes[flow.to])]
  const label = (name: string) => (name ? ` (${name})` : '')
  return { ru: `${from.ru} → ${to.ru}${label(flow.name.ru)}`, en: `${from.en} → ${to.en}${label(flow.name.en)}` }
}
