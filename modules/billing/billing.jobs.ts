import type { JobTasks } from '@opora/platform/jobs'
import type { Billing } from './billing.service.ts'
import { MAKE_REPORT_TASK } from './verbs/close-month.ts'

export function billingJobs(billing: Billing): JobTasks {
  return { [MAKE_REPORT_TASK]: ({ reportId }: { reportId: number }) => billing.makeFiles(reportId) }
}
