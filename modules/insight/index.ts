export { insightCron, insightJobs } from './insight.jobs.ts'
export { insightRefusals } from './insight.refusals.ts'
export { insightRoutes } from './insight.routes.ts'
export { createInsight, type Insight } from './insight.service.ts'
