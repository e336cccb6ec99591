export { SCENARIOS, type Scenario } from './domain/three-lines.scenarios.ts'
