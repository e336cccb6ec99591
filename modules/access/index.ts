export { type AuditFault, type AuditVerdict, verifyAudit } from './access.audit.read-model.ts'
export { readSeal, sealAudit } from './access.audit.seals.ts'
export { type AuditEntry, writeAudit } from './access.audit.ts'
export { type AccessSettings, accessConfig } from './access.config.ts'
export {
  issueLink,
  type LinkPurpose,
  type Links,
  type LinkWish,
  linkPurposes,
  liveLinks,
  type OpenedLink,
  openLink,
  peekLink,
  revokeLinks,
} from './access.links.ts'
export type { AccessMail, AccessMailKind } from './access.ports.ts'
export { accessRefusals, refuseAccess } from './access.refusals.ts'
export { forSides, read, write } from './access.route.ts'
export { type Access, type AccessOptions, createAccess } from './access.service.ts'
export { holdsRole, type ScopeColumns, scopeCondition, servesClient } from './access.sql.ts'
export { actorOfJob } from './actor-of-job.ts'
export { authorise, demandFresh, demandSession, isKnownPolicy, openPolicies } from './authorise.ts'
export type { Actor, ContactScope } from './domain/actor.ts'
export { systemActor } from './domain/actor.ts'
export { readEmail } from './domain/email.ts'
export type { Action, Reach, Scope, Subject } from './domain/policy.ts'
export { actions, can, inScope, mayEver, policy, scopeOf } from './domain/policy.ts'
export { type Role, roleCodes, roles, secondFactorRoles, staffRoles } from './domain/roles.ts'
export type { PartnerAccount, PartnerLinks } from './verbs/partner-accounts.ts'
export { setServingStaff } from './verbs/serving.ts'
