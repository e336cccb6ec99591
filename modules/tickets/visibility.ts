import type { Actor } from '@opora/access'

/** Which messages somebody may read: a client what is public, a partner also what was written for partners, staff all. */
export function visibilitiesOf(actor: Actor): readonly string[] {
  if (actor.side === 'client') return ['public']
  if (actor.side === 'partner') return ['public', 'partner']
  return ['public', 'note', 'partner']
}

/** Addresses of the client's people are no business of a partner: they see who wrote, and where to is the provider's to know. */
export function withoutAddresses<Row extends { authorEmail: string | null; recipients: string[] }>(
  actor: Actor,
  rows: Row[],
): Row[] {
  return actor.side === 'partner' ? rows.map((row) => ({ ...row, authorEmail: null, recipients: [] })) : rows
}
