import type { Actor } from '@opora/access'
import type { Locale } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import type { BillingPorts } from './billing.ports.ts'
import { billingStore } from './billing.store.ts'
import { documentVerbs } from './documents.service.ts'
import type { NewRun } from './month-runs.contract.ts'
import { type ReportFormatCode, renderReport, type StoredReport, storedFile, storeReport } from './report-files.ts'
import { type MonthOfContract, sendReport, undoPeriod } from './verbs/close-month.ts'
import { closePeriod } from './verbs/close-months.ts'
import { startRun, workRun } from './verbs/month-runs.ts'

export type Billing = ReturnType<typeof createBilling>

export function createBilling(ports: BillingPorts) {
  return {
    ...documentVerbs(ports),
    /** Returns the id of the close. */
    close: (tx: Tx, actor: Actor, given: MonthOfContract & { recommendations: readonly string[] }) =>
      closePeriod(ports, tx, actor, given),
    /** Asks for an act on a month of many contracts; returns the run's id. */
    startRun: (tx: Tx, actor: Actor, given: NewRun) => startRun(tx, actor, given),
    workRun: (runId: number) => workRun(ports, runId),
    undo: (tx: Tx, actor: Actor, given: MonthOfContract & { reason: string }) => undoPeriod(ports, tx, actor, given),
    send: (tx: Tx, actor: Actor, given: MonthOfContract) => sendReport(ports, tx, actor, given),
    /** Renders and stores a report's files; making them again gives the same bytes. A withdrawn report is passed over. */
    async makeFiles(reportId: number): Promise<void> {
      const report = await billingStore.report(ports.database.worker, reportId)
      if (!report || report.withdrawnAt !== null) return
      const stored = await storeReport(ports.files, report.data)
      await ports.database.begin({ as: 'worker' }, (tx) => billingStore.keepFiles(tx, reportId, stored))
    },
    /** The bytes of a report's file: those kept, else made anew from its data. */
    async bytesOf(
      report: StoredReport & { data: Parameters<typeof renderReport>[0] },
      format: ReportFormatCode,
      locale: Locale,
    ): Promise<Buffer> {
      const sha256 = storedFile(report, format, locale)
      if (sha256 !== '' && (await ports.files.has(sha256))) return ports.files.read(sha256)
      return renderReport(report.data, format, locale)
    },
  }
}
