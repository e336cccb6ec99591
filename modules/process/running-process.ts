import type { ProcessDefinition } from './domain/process-definition.ts'
import type { ProcessState } from './domain/process-state.ts'

/** The tokens of one ticket's process, as they are kept. */
export interface InstanceRow {
  id: number
  clientId: number
  ticketId: number
  definitionId: number
  state: ProcessState
  trail: string[]
}

export interface RunningProcess {
  instance: InstanceRow
  definition: ProcessDefinition
}
