import { describe, expect, it } from 'vitest'
import {
  type Change,
  isReviewLate,
  scopeChanges,
  whyNotClose,
  whyNotPlan,
  whyNotReview,
  whyNotStart,
} from './change.ts'

const ready: Change = {
  kind: 'normal',
  approval: 'approved',
  stage: 'planned',
  rollbackPlan: 'Вернуть копию',
  windowFrom: 10,
  windowUntil: 20,
  windowState: 'agreed',
  openConditions: 0,
  reviewDueAt: null,
  boardReviewedAt: null,
}

describe('an installation', () => {
  it.each<[string, Partial<Change>, string | null]>([
    ['begins when all is said', {}, null],
    ['does not leave the plan without a way back', { rollbackPlan: ' ' }, 'change.rollback_plan_missing'],
    ['not even of an emergency', { kind: 'emergency', rollbackPlan: '' }, 'change.rollback_plan_missing'],
    ['not even of a standard change', { kind: 'standard', rollbackPlan: '' }, 'change.rollback_plan_missing'],
    ['waits for the board', { approval: 'voting' }, 'change.not_approved'],
    ['is not begun after a rejection', { approval: 'rejected' }, 'change.not_approved'],
    ['waits for the conditions', { openConditions: 1 }, 'change.conditions_open'],
    ['needs a window', { windowFrom: null, windowUntil: null }, 'change.window_missing'],
    ['waits for the client’s word on the window', { windowState: 'asked' }, 'change.window_not_agreed'],
    ['is not begun against the client’s word', { windowState: 'declined' }, 'change.window_not_agreed'],
    ['of an emergency needs neither board nor window', { kind: 'emergency', approval: 'none', windowFrom: null }, null],
    ['of a standard change is approved by its template', { kind: 'standard', approval: 'none' }, null],
    ['is begun once', { stage: 'installing' }, 'change.not_planned'],
  ])('%s', (_name, given, refused) => {
    expect(whyNotStart({ ...ready, ...given })).toBe(refused)
  })

  it('is reviewed when it is over, and its plan changes only before it begins', () => {
    expect(whyNotReview(ready)).toBe('change.not_installed')
    expect(whyNotReview({ ...ready, stage: 'rolled_back' })).toBeNull()
    expect(whyNotPlan({ ...ready, stage: 'installing' })).toBe('change.under_way')
    expect(whyNotPlan({ ...ready, stage: 'rolled_back' })).toBeNull()
  })
})

describe('an emergency', () => {
  it('is not closed before the board has reviewed it', () => {
    expect(whyNotClose({ kind: 'emergency', boardReviewedAt: null })).toBe('change.review_missing')
    expect(whyNotClose({ kind: 'emergency', boardReviewedAt: 5 })).toBeNull()
    expect(whyNotClose({ kind: 'normal', boardReviewedAt: null })).toBeNull()
  })

  it('is reviewed late when its term has passed, to the moment', () => {
    expect(isReviewLate({ reviewDueAt: 100, boardReviewedAt: null }, 100)).toBe(false)
    expect(isReviewLate({ reviewDueAt: 100, boardReviewedAt: null }, 101)).toBe(true)
    expect(isReviewLate({ reviewDueAt: 100, boardReviewedAt: 90 }, 500)).toBe(false)
  })
})

it('the scope is what is done and how it is undone; a window is not part of it', () => {
  const scope = { description: 'а', buildPlan: '', testPlan: '', rollbackPlan: 'б', risk: 'low', portalId: 1 }
  expect(scopeChanges(scope, { ...scope })).toEqual([])
  expect(scopeChanges(scope, { ...scope, rollbackPlan: 'в', portalId: null })).toEqual(['rollbackPlan', 'portalId'])
})
