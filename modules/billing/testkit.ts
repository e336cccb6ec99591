import { buildClientReport } from './domain/build-report.ts'
import type { ClientReport } from './domain/client-report.ts'
import { MARCH } from './domain/report.fixture.ts'

/** A whole report as a closed month keeps it, for tests that need one to stand in the table. */
export const sampleReport = (): ClientReport => buildClientReport(MARCH)
export { renderPaper } from './documents/papers.ts'
export { sampleDocument, untaxed } from './domain/documents/document.fixture.ts'
export { listPeriods } from './periods.read-model.ts'
