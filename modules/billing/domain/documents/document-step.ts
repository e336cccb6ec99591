/** What can happen to a document, in the order in which it usually does. */
export const DOCUMENT_STEPS = [
  'issued',
  'sent',
  'opened',
  'opened_by_link',
  'accepted',
  'accepted_by_silence',
  'objected',
  'objection_answered',
  'paid',
  'voided',
  'links_revoked',
  'corrected',
  'amended',
] as const
export type DocumentStep = (typeof DOCUMENT_STEPS)[number]
