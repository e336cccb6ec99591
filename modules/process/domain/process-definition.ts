import type { ClockEffect, FieldType, Phase } from './catalogue.ts'
import type { Condition } from './condition.ts'

export interface Bilingual {
  ru: string
  en: string
}

/** A diagram that has been read: what the interpreter needs and nothing of the drawing. Plain data, safe to cache. */
export interface ProcessDefinition {
  id: string
  name: Bilingual
  lanes: Lane[]
  /** In the order of the file. */
  nodes: Record<string, ProcessNode>
  flows: Record<string, Flow>
  startId: string
}

export interface Lane {
  id: string
  name: Bilingual
  /** Role code, `null` when the lane does not name one. */
  role: string | null
  /** The lane's work instruction, `null` when it has none. */
  instruction: Bilingual | null
}

interface NodeBase {
  id: string
  name: Bilingual
  laneId: string | null
  incoming: string[]
  outgoing: string[]
  /** Carried out when a token comes to the node. */
  effects: Effect[]
}

export interface StartNode extends NodeBase {
  kind: 'start'
}
export interface EndNode extends NodeBase {
  kind: 'end'
  /** A terminate end event removes every other token as well. */
  terminates: boolean
}
/** Where a ticket waits: a user task, or an intermediate event that catches a timer or a message. */
export interface PlaceNode extends NodeBase {
  kind: 'place'
  role: string | null
  /** Roles that may choose an outcome here, unless the outcome names its own. */
  takers: string[]
  statusStaff: Bilingual
  statusClient: Bilingual
  clockEffect: ClockEffect
  phase: Phase
  instruction: Bilingual | null
  outcomes: Outcome[]
  boundaryIds: string[]
  /** What an intermediate event waits for; `null` for a user task. */
  trigger: Trigger | null
}
export interface ActionNode extends NodeBase {
  kind: 'action'
}
export interface ExclusiveNode extends NodeBase {
  kind: 'exclusive'
  defaultFlowId: string | null
}
export interface ParallelNode extends NodeBase {
  kind: 'parallel'
}
export interface BoundaryNode extends NodeBase {
  kind: 'boundary'
  placeId: string
  interrupting: boolean
  trigger: Trigger
}
export interface LinkNode extends NodeBase {
  kind: 'linkThrow' | 'linkCatch'
  link: string
}
/** Sends the token back to the place that it remembers under `memory`, or to `otherwise` when it remembers none. */
export interface ReturnNode extends NodeBase {
  kind: 'return'
  memory: string
  otherwise: string | null
}

export type ProcessNode =
  | StartNode
  | EndNode
  | PlaceNode
  | ActionNode
  | ExclusiveNode
  | ParallelNode
  | BoundaryNode
  | LinkNode
  | ReturnNode

export type Trigger = { type: 'message'; message: string } | { type: 'timer'; due: TimerRule }

/** When a timer fires after its place was entered; `fact` names a fact that holds the moment itself. */
export type TimerRule =
  | { unit: 'minutes'; minutes: number }
  | { unit: 'working_days'; days: number }
  | { unit: 'fact'; fact: string }

export interface Flow {
  id: string
  name: Bilingual
  from: string
  to: string
  condition: Condition | null
  effects: Effect[]
}

/** An outcome of a place: one button, one outgoing flow. */
export interface Outcome {
  id: string
  flowId: string
  label: Bilingual
  style: 'primary' | 'danger' | 'default'
  /** Which message has to go with it: a public reply, an internal note, or none. */
  needs: 'reply' | 'note' | null
  /** Roles that may choose it, `null` = the takers of the place. */
  by: string[] | null
  fields: Field[]
}

export interface Field {
  name: string
  type: FieldType
  label: Bilingual
  required: boolean
  /** Only for `choice`. */
  options: { value: string; label: Bilingual }[]
}

export type Effect =
  | { type: 'action'; name: string; params: ActionParam[] }
  | { type: 'set'; fact: string; value: FactValue }
  /** Copies a field of the outcome's data. */
  | { type: 'set'; fact: string; from: string }
  | { type: 'remember'; as: string }

/** A parameter is either a value written in the diagram or taken from a field of the outcome's data. */
export type ActionParam = { name: string; value: string } | { name: string; from: string }

export type FactValue = string | number | boolean | null
export type Facts = Readonly<Record<string, FactValue>>
