import type { Instant } from '@opora/core'

export type ChangeKind = 'standard' | 'normal' | 'emergency'
export type Approval = 'none' | 'agenda' | 'voting' | 'approved' | 'rejected'
export type Stage = 'draft' | 'planned' | 'installing' | 'installed' | 'rolled_back' | 'cancelled'
export type WindowState = 'none' | 'asked' | 'agreed' | 'declined'

/** What the rules ask of a change. */
export interface Change {
  kind: ChangeKind
  approval: Approval
  stage: Stage
  rollbackPlan: string
  windowFrom: Instant | null
  windowUntil: Instant | null
  windowState: WindowState
  openConditions: number
  reviewDueAt: Instant | null
  boardReviewedAt: Instant | null
}

export type ChangeRefusal =
  | 'change.rollback_plan_missing'
  | 'change.not_approved'
  | 'change.conditions_open'
  | 'change.window_missing'
  | 'change.window_not_agreed'
  | 'change.not_planned'
  | 'change.not_installing'
  | 'change.not_installed'
  | 'change.review_missing'
  | 'change.under_way'

/** What the board votes on: a change of any of these is another change. */
export const SCOPE_FIELDS = ['description', 'buildPlan', 'testPlan', 'rollbackPlan', 'risk', 'portalId'] as const
export type Scope = Record<(typeof SCOPE_FIELDS)[number], string | number | null>

/** The fields that differ between what was put to the vote and what stands there now. */
export function scopeChanges(before: Scope, after: Scope): (typeof SCOPE_FIELDS)[number][] {
  return SCOPE_FIELDS.filter((field) => before[field] !== after[field])
}

/**
 * Why an installation may not leave the plan; `null` when it may. No plan for the way back: never. A standard change is approved by its
 * template and an emergency afterwards; every other needs the board's word, the conditions met and a window that the client has not refused.
 */
export function whyNotStart(change: Change): ChangeRefusal | null {
  if (change.stage !== 'draft' && change.stage !== 'planned') return 'change.not_planned'
  if (change.rollbackPlan.trim() === '') return 'change.rollback_plan_missing'
  if (change.kind === 'emergency') return null
  if (change.kind === 'normal' && change.approval !== 'approved') return 'change.not_approved'
  if (change.openConditions > 0) return 'change.conditions_open'
  if (change.windowFrom === null) return 'change.window_missing'
  if (change.windowState === 'asked' || change.windowState === 'declined') return 'change.window_not_agreed'
  return null
}

export function whyNotFinish(change: Change): ChangeRefusal | null {
  return change.stage === 'installing' ? null : 'change.not_installing'
}

export function whyNotReview(change: Change): ChangeRefusal | null {
  return change.stage === 'installed' || change.stage === 'rolled_back' ? null : 'change.not_installed'
}

/** Plans may change until the installation begins. */
export function whyNotPlan(change: Change): ChangeRefusal | null {
  return change.stage === 'draft' || change.stage === 'planned' || change.stage === 'rolled_back'
    ? null
    : 'change.under_way'
}

/** An emergency is approved afterwards: until the board has reviewed it, it cannot be closed. */
export function whyNotClose(change: Pick<Change, 'kind' | 'boardReviewedAt'>): ChangeRefusal | null {
  return change.kind === 'emergency' && change.boardReviewedAt === null ? 'change.review_missing' : null
}

/** An emergency that was installed without the board: by another name it would escape its review. */
export function owesReview(change: Pick<Change, 'kind' | 'reviewDueAt' | 'boardReviewedAt'>): boolean {
  return change.kind === 'emergency' && change.reviewDueAt !== null && change.boardReviewedAt === null
}

/** Working days within which the board reviews an emergency change, counted from its installation. */
export const REVIEW_WORKING_DAYS = 2

/** The review is late: it is still held, but whoever closes it says why it was not held in time. */
export function isReviewLate(change: Pick<Change, 'reviewDueAt' | 'boardReviewedAt'>, now: Instant): boolean {
  return change.reviewDueAt !== null && (change.boardReviewedAt ?? now) > change.reviewDueAt
}
