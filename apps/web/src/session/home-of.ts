import type { Me } from '@opora/access/contract'

/** The shell in which a person works. */
export function homeOf(me: Pick<Me, 'side'>): '/desk' | '/cabinet' {
  return me.side === 'client' ? '/cabinet' : '/desk'
}

/** Opens that shell afresh, with the new session. */
export function goHome(me: Pick<Me, 'side'>): void {
  location.assign(homeOf(me))
}
