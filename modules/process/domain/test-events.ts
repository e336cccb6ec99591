import type { Refusal } from '@opora/core'
import { advance } from './advance.ts'
import type { ProcessDefinition } from './process-definition.ts'
import { type Command, initialState, type ProcessEvent, type ProcessState } from './process-state.ts'
import { programOf } from './program.ts'

export const started: ProcessEvent = { type: 'started' }
export const outcome = (taskId: string, outcomeId: string, data = {}): ProcessEvent => ({
  type: 'outcome',
  taskId,
  outcomeId,
  data,
})

export function after(definition: ProcessDefinition, events: ProcessEvent[], facts = {}): ProcessState {
  return events.reduce((state, event) => advance(definition, state, event, facts).state, initialState())
}
/** The elements where tokens rest, in the order of the tokens. */
export const at = (definition: ProcessDefinition, state: ProcessState) =>
  state.tokens.map((token) => programOf(definition).nodes[token.at]?.id)
export const brief = (commands: Command[]) =>
  commands.map((command) => {
    if (command.type === 'action') return `action ${command.name} ${JSON.stringify(command.params)}`
    if (command.type === 'completed') return `completed ${command.endId}`
    if (command.type === 'send') return `send ${command.as} ${command.name}`
    if (command.type === 'raised') return `raised ${command.as} ${command.code}${command.caught ? '' : ' uncaught'}`
    const id = 'elementId' in command ? command.elementId : command.taskId
    return `${command.type} ${id} #${command.entry}`
  })
export function refusalOf(act: () => unknown): Refusal | null {
  try {
    act()
  } catch (error) {
    return error as Refusal
  }
  return null
}

export function codeOf(act: () => unknown): string {
  return refusalOf(act)?.code ?? 'nothing was refused'
}
