import type { JobTasks } from '@opora/platform/jobs'
import type { Billing } from './billing.service.ts'
import { MAKE_REPORT_TASK } from './verbs/close-months.ts'
import { MAKE_DOCUMENT_TASK } from './verbs/issue-documents.ts'
import { MONTH_RUN_TASK } from './verbs/month-runs.ts'

const PENALTIES_TASK = 'billing.proposePenalties'
const SILENCE_TASK = 'billing.acceptSilent'

export function billingJobs(billing: Billing): JobTasks {
  return {
    [MAKE_REPORT_TASK]: ({ reportId }: { reportId: number }) => billing.makeFiles(reportId),
    [MAKE_DOCUMENT_TASK]: ({ documentId }: { documentId: number }) => billing.makeDocument(documentId),
    [MONTH_RUN_TASK]: ({ runId }: { runId: number }) => billing.workRun(runId),
    [PENALTIES_TASK]: async () => void (await billing.proposeEnded()),
    [SILENCE_TASK]: async () => void (await billing.acceptSilent()),
  }
}

/** Terms for objections end at a working day's close: looking every quarter of an hour is soon enough. Penalties: once an hour. */
export const billingCron = [`*/15 * * * * ${SILENCE_TASK}`, `25 * * * * ${PENALTIES_TASK}`].join('\n')
