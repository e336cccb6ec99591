export { agreementRoutes } from './agreements.routes.ts'
export { balanceOf, listEntries, staffCoverage } from './balance.read-model.ts'
export { cabinetContractRoutes } from './cabinet.routes.ts'
export {
  ALWAYS_KEY,
  type CalendarBook,
  type CalendarDue,
  type CalendarKey,
  calendarsStamp,
  codeOfKey,
  createCalendarBook,
  DEFAULT_DAY_CALENDAR,
  hoursAhead,
} from './calendar-book.ts'
export type { CalendarPorts, ImaginedRules, MovedDeadline, MovedDeadlines } from './calendars.ports.ts'
export { calendarRoutes } from './calendars.routes.ts'
export type { SlaPolicyData, SlaRow, SlaTarget } from './catalogue/sla-policies.ts'
export { termsOfPackage } from './catalogue/terms-of-package.ts'
export {
  calendarsByCode,
  listActivities,
  listServices,
  packageByCode,
  type SlaPolicyRow,
  slaPolicyAt,
} from './catalogue.read-model.ts'
export { catalogueRoutes } from './catalogue.routes.ts'

export { contractsCron, contractsJobs, GRANT_TASK, grantAll } from './contracts.jobs.ts'
export type { ContractsEvents, ContractsPorts, SamplePorts } from './contracts.ports.ts'
export {
  contractById,
  contractCard,
  contractsOfClient,
  type KnownContract,
  versionsOf,
} from './contracts.read-model.ts'
export { contractsRefusals } from './contracts.refusals.ts'
export { contractRoutes } from './contracts.routes.ts'
export { type Contracts, createContracts } from './contracts.service.ts'
export {
  type CoverageAnswer,
  type CoverageAsk,
  type CoverageFlag,
  type CoverageReason,
  coverageOf,
  PROSPECT_CALENDAR,
  PROSPECT_SLA_POLICY,
} from './coverage.read-model.ts'
export type { Span } from './domain/borders.ts'
export { type CloseLine, linesOf, sumOfLines } from './domain/close-lines.ts'
export type { BucketStatement } from './domain/close-statement.ts'
export type { CouponEffect } from './domain/coupon.ts'
export { NOTHING_RETURNED, type Returned } from './domain/late-draw.ts'
export type { Bucket, Ledger, LedgerEntry, PlannedEntry } from './domain/ledger.ts'
export { monthlyFeeOf } from './domain/money-of-terms.ts'
export {
  type BreachFact,
  type MonthFacts,
  type PenaltyLine,
  type PenaltyProposal,
  proposePenalties,
} from './domain/penalties.ts'
export {
  type CloseCredit,
  type CloseInput,
  type CloseStatement,
  canonicalJson,
  closeMonth,
  closeSourceId,
  type MonthClose,
  undoClose,
} from './domain/period-close.ts'
export { rateFor } from './domain/rates.ts'
export { type Remaining, remainingInWords } from './domain/remaining.ts'
export type { SampleWork } from './domain/sample-month.ts'
export { type ProposedService, proposeService, type ServiceContext } from './domain/service-proposal.ts'
export {
  allowanceOf,
  CHANNEL_CODES,
  type ChannelCode,
  type ContractTerms,
  type ContractVersion,
  type EngagementForm,
  type EstimateRule,
  type EstimateTerms,
  includedServices,
  type MonthlyFigure,
  type PenaltyRule,
  type PromiseTerms,
  type RateTerms,
  type ServiceAllowance,
  versionOn,
} from './domain/terms.ts'
export type { TimeCharge, WorkCharge, WorkedTime } from './domain/time-charge.ts'
export { type MonthState, type Unfinished, unfinishedOf } from './domain/unfinished.ts'
export { chargesOf, ledgerOf, openHours } from './ledger.read-model.ts'
export { ledgerRoutes } from './ledger.routes.ts'
export { type MonthGround, monthGroundsOf } from './months.read-model.ts'
export { openMinutesOf } from './open-minutes.read-model.ts'
export { policyFaults } from './policy-faults.ts'
export { priceListRoutes } from './price-lists.routes.ts'
export { contractServiceRefusals, refuseContractService } from './service.refusals.ts'
export { usedUnitsOf } from './unit-use.read-model.ts'
export type { UsedCoupon } from './verbs/coupons.ts'
export { type DrawnTime, previewTime, type TimeToDraw } from './verbs/draws.ts'
export { loadCatalogue } from './verbs/load-catalogue.ts'
export type { LateWork } from './verbs/plan-draw.ts'
export type { PlannedPosting } from './verbs/postings.ts'
