import type { Instant } from '@opora/core'

export interface Span {
  from: Instant
  until: Instant
}

export interface PlannedWindow extends Span {
  changeId: number
  number: number
  clientId: number
  portalId: number | null
  implementerId: number | null
}

export interface Freeze extends Span {
  id: number
  /** Null: nobody's portals are touched. */
  clientId: number | null
  reason: string
  allowsEmergency: boolean
}

export type Conflict =
  | { kind: 'freeze'; freezeId: number; reason: string; from: Instant; until: Instant; stops: boolean }
  | {
      kind: 'same_portal' | 'same_person' | 'same_window'
      changeId: number
      number: number
      from: Instant
      until: Instant
    }

/** Half-open spans: one that ends when another begins does not meet it. */
export function overlaps(a: Span, b: Span): boolean {
  return a.from < b.until && b.from < a.until
}

/**
 * What stands in a window's way. A freeze stops it, unless the change is an emergency and the freeze lets those through; another change at
 * the same time is a warning: at the same portal, by the same hands, or at least at the same client. Each other change is named once, by
 * the gravest of these.
 */
export function conflictsOf(
  window: PlannedWindow,
  emergency: boolean,
  others: readonly PlannedWindow[],
  freezes: readonly Freeze[],
): Conflict[] {
  const frozen = freezes
    .filter((freeze) => overlaps(window, freeze) && (freeze.clientId === null || freeze.clientId === window.clientId))
    .map(
      ({ id, reason, from, until, allowsEmergency }): Conflict => ({
        kind: 'freeze',
        freezeId: id,
        reason,
        from,
        until,
        stops: !(emergency && allowsEmergency),
      }),
    )
  const met = others.flatMap((other): Conflict[] => {
    if (other.changeId === window.changeId || !overlaps(window, other)) return []
    const { changeId, number, from, until } = other
    const kind = kindOf(window, other)
    return kind === null ? [] : [{ kind, changeId, number, from, until }]
  })
  return [...frozen, ...met]
}

function kindOf(window: PlannedWindow, other: PlannedWindow): 'same_portal' | 'same_person' | 'same_window' | null {
  if (window.portalId !== null && window.portalId === other.portalId) return 'same_portal'
  if (window.implementerId !== null && window.implementerId === other.implementerId) return 'same_person'
  return window.clientId === other.clientId ? 'same_window' : null
}
