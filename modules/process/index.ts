export { createDesigner, type Designer } from './designer.service.ts'
export { actionFaults, actionSpec } from './domain/actions.ts'
export { advance } from './domain/advance.ts'
export type { ClockEffect, Phase } from './domain/catalogue.ts'
export { compileExpression, type Known } from './domain/feel/compile.ts'
export { type Expression, type FeelValue, factsOf } from './domain/feel/expression.ts'
export { parseExpression } from './domain/feel/parse.ts'
export {
  type AvailableOutcome,
  describePlace,
  outcomesOf,
  type PlaceSummary,
  places,
  presentPlaces,
} from './domain/outcomes.ts'
export type { Bilingual, Facts, FactValue, ProcessDefinition } from './domain/process-definition.ts'
export {
  type Advance,
  type Command,
  initialState,
  type ProcessEvent,
  type ProcessState,
  type TimerDue,
} from './domain/process-state.ts'
export { readProcess } from './domain/read-process.ts'
export { createHeat, type Heat, type MeasuredStay } from './heat.service.ts'
export { processRoutes } from './process.routes.ts'
export {
  createProcessService,
  type OpenMinutes,
  type ProcessPicture,
  type ProcessPorts,
  type ProcessService,
  SHIPPED_PROCESS,
} from './process.service.ts'
export { createPublishing, type Publishing } from './publishing.service.ts'
export type { InstanceRow, RunningProcess } from './running-process.ts'
export { type ActionThings, actionThings, namesOfThings, presentActions } from './things.read-model.ts'
