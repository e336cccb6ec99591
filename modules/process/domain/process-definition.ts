import type { Instant } from '@opora/core'
import type { ClockEffect, FieldDictionary, FieldType, Phase } from './catalogue.ts'
import type { Expression } from './feel/expression.ts'

export interface Bilingual {
  ru: string
  en: string
}

/** A diagram that has been read: what the engine and the screens need and nothing of the drawing. Plain data, safe to cache. */
export interface ProcessDefinition {
  id: string
  name: Bilingual
  lanes: Lane[]
  /** In the order of the file, the inside of a sub-process after the sub-process itself: states refer to them by this order. */
  nodes: Record<string, ProcessNode>
  flows: Record<string, Flow>
  /** The start event that a ticket begins at unless another one is named. */
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

export interface NodeBase {
  id: string
  name: Bilingual
  laneId: string | null
  /** The sub-process or call activity that it stands in, `null` on the top level. */
  scopeId: string | null
  incoming: string[]
  outgoing: string[]
  /** Carried out when a token comes to the node. */
  effects: Effect[]
}

export interface StartNode extends NodeBase {
  kind: 'start'
  /** What starts the process here, `null` for a plain start. */
  trigger: Trigger | null
}
export interface EndNode extends NodeBase {
  kind: 'end'
  result: EndResult
}
/** Where a ticket waits for a person or for something to happen. */
export interface PlaceNode extends NodeBase {
  kind: 'place'
  /**
   * `user`, `manual`: a person chooses an outcome. `receive`, `catch`: waits for its trigger. `choice`: an event-based
   * gateway, waits for the first of `choiceIds`. `service`: waits until the rest of the product says that it is done.
   */
  task: 'user' | 'manual' | 'receive' | 'catch' | 'choice' | 'service'
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
  /** What a catching event or a receive task waits for. */
  trigger: Trigger | null
  /** The catching events behind an event-based gateway. */
  choiceIds: string[]
  loop: Loop | null
}
/** A service, send or business-rule task that is done at once. */
export interface ActionNode extends NodeBase {
  kind: 'action'
  task: 'service' | 'send' | 'rule'
  throws: Throw | null
  boundaryIds: string[]
  loop: Loop | null
}
export interface SubProcessNode extends NodeBase {
  kind: 'subProcess'
  /** The start event of its inside. */
  startId: string
  /** The id of the called process, `null` for an embedded sub-process. */
  called: string | null
  boundaryIds: string[]
  loop: Loop | null
}
export interface ExclusiveNode extends NodeBase {
  kind: 'exclusive' | 'inclusive'
  defaultFlowId: string | null
}
export interface ParallelNode extends NodeBase {
  kind: 'parallel'
}
export interface BoundaryNode extends NodeBase {
  kind: 'boundary'
  /** The activity on whose border it sits. */
  placeId: string
  interrupting: boolean
  trigger: Trigger
}
export interface ThrowNode extends NodeBase {
  kind: 'throw'
  /** `null`: a plain intermediate event, a milestone. */
  throws: Throw | null
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
  | SubProcessNode
  | ExclusiveNode
  | ParallelNode
  | BoundaryNode
  | ThrowNode
  | LinkNode
  | ReturnNode

export type ActivityNode = PlaceNode | ActionNode | SubProcessNode

export type Trigger =
  | { type: 'message'; name: string }
  | { type: 'signal'; name: string }
  /** `times`: how often it fires during one visit, `null` = again and again. */
  | { type: 'timer'; due: TimerRule; times: number | null }
  /** `code` null catches every error, or every escalation. */
  | { type: 'error' | 'escalation'; code: string | null }

export type Throw = { type: 'message' | 'signal'; name: string } | { type: 'escalation'; code: string }
export type EndResult = { type: 'none' } | { type: 'terminate' } | { type: 'error'; code: string } | Throw

/** When a timer fires after its place was entered; `fact` names a fact that holds the moment itself. */
export type TimerRule =
  | { unit: 'clock_minutes'; minutes: number }
  | { unit: 'working_minutes'; minutes: number }
  | { unit: 'working_days'; days: number }
  | { unit: 'instant'; at: Instant }
  | { unit: 'fact'; fact: string }

/** An activity that is done more than once. */
export type Loop =
  /** Again while the condition holds, at most `most` times. */
  | { type: 'standard'; condition: Expression | null; testBefore: boolean; most: number }
  /** So many times, side by side or one after another; ends early once `until` holds. */
  | { type: 'multiple'; sequential: boolean; times: Expression; until: Expression | null }

export interface Flow {
  id: string
  name: Bilingual
  from: string
  to: string
  condition: Expression | null
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
  /** A choice out of a dictionary of the product instead, by its name; the options stand in where there is none. */
  dictionary?: FieldDictionary
}

export type Effect =
  | { type: 'action'; name: string; params: ActionParam[] }
  | { type: 'set'; fact: string; value: FactValue }
  /** Copies a field of the outcome's data. */
  | { type: 'set'; fact: string; from: string }
  | { type: 'set'; fact: string; expression: Expression }
  | { type: 'remember'; as: string }

/** A parameter is either a value written in the diagram or taken from a field of the outcome's data. */
export type ActionParam = { name: string; value: string } | { name: string; from: string }

export type FactValue = string | number | boolean | null
export type Facts = Readonly<Record<string, FactValue>>
