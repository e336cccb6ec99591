import type { Instant } from '@opora/core'
import type { Approval, Change, ChangeKind, Scope, Stage, WindowState } from './domain/change.ts'

export interface ChangeRecord {
  id: number
  clientId: number
  ticketId: number
  portalId: number | null
  kind: ChangeKind
  templateId: number | null
  risk: string
  description: string
  buildPlan: string
  testPlan: string
  rollbackPlan: string
  authorId: number | null
  implementerId: number | null
  approval: Approval
  boardPlace: string | null
  needsVote: boolean
  stage: Stage
  windowFrom: Instant | null
  windowUntil: Instant | null
  windowState: WindowState
  reviewDueAt: Instant | null
  boardReviewedAt: Instant | null
  openConditions: number
  version: number
}

export function ruleOf(change: ChangeRecord): Change {
  const { kind, approval, stage, rollbackPlan, windowFrom, windowUntil, windowState } = change
  const { openConditions, reviewDueAt, boardReviewedAt } = change
  return {
    kind,
    approval,
    stage,
    rollbackPlan,
    windowFrom,
    windowUntil,
    windowState,
    openConditions,
    reviewDueAt,
    boardReviewedAt,
  }
}

/** What the board votes on, as it stands. */
export function scopeOfChange(change: ChangeRecord): Scope {
  const { description, buildPlan, testPlan, rollbackPlan, risk, portalId } = change
  return { description, buildPlan, testPlan, rollbackPlan, risk, portalId }
}
