import type { InsightPorts } from './insight.ports.ts'
import { planBudget } from './verbs/plan-budget.ts'
import { refreshRevenue } from './verbs/project-revenue.ts'
import { changeRiskRule, setCapacity, setTeam } from './verbs/settings.ts'

export type Insight = ReturnType<typeof createInsight>

export function createInsight(ports: InsightPorts) {
  return {
    ports,
    refreshRevenue: () => refreshRevenue(ports.database),
    planBudget,
    changeRiskRule,
    setCapacity,
    setTeam,
  }
}
