import type { Actor } from '@opora/access'

/** Which messages somebody may read: a client what is public, a partner also what was written for partners, staff all. */
export function visibilitiesOf(actor: Actor): readonly string[] {
  if (actor.side === 'client') return ['public']
  if (actor.side === 'partner') return ['public', 'partner']
  return ['public', 'note', 'partner']
}
