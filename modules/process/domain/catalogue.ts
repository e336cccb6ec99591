/** The words that a diagram may use and that the rest of the product gives meaning to. */

/** Codes of the roles that may stand on a lane or take a place; their names and rights belong to the access module. */
export const ROLE_CODES = [
  'cu',
  'cr',
  'pa',
  'l1',
  'im',
  'qa',
  'it',
  'dev',
  'an',
  'rb',
  'in',
  'am',
  'fi',
  'di',
  'ad',
] as const

/** What a place does to a ticket's clocks while the ticket waits there. */
export const CLOCK_EFFECTS = [
  'run',
  'wait:client',
  'wait:vendor',
  'wait:partner',
  'wait:approval',
  'wait:payment',
  'wait:date',
  'stop',
] as const
export type ClockEffect = (typeof CLOCK_EFFECTS)[number]

/** The stage of the work that a place belongs to: views and the client's progress line group by it. */
export const PHASES = [
  'new',
  'routing',
  'work',
  'waiting',
  'approval',
  'testing',
  'confirming',
  'review',
  'rating',
  'closed',
] as const
export type Phase = (typeof PHASES)[number]

/** Messages that the rest of the product sends into a process. */
export const MESSAGE_NAMES = [
  'client.wrote',
  'client.rated',
  'estimate.approved',
  'estimate.declined',
  'estimate.asked',
  'vendor.answered',
  'partner.answered',
  'deployment.done',
  'change.approved',
  'change.rejected',
  // the last open part of a parent was closed
  'children.closed',
] as const

/** Facts about the ticket that conditions may compare, beside those that the diagram itself sets or remembers. */
export const FACT_NAMES = ['kind', 'priority', 'vendor_eligible', 'estimate', 'emergency', 'window_at'] as const

/** Dictionaries of the product that an outcome's choice may be taken from. */
export const FIELD_DICTIONARIES = ['rejection_reason', 'category'] as const
export type FieldDictionary = (typeof FIELD_DICTIONARIES)[number]

/** How a field of an outcome is filled in. */
export const FIELD_TYPES = [
  'text',
  'longtext',
  'number',
  'choice',
  'boolean',
  'date',
  'datetime',
  'file',
  // the ticket's checklists are finished; where none was begun, the person's own word
  'checklist',
] as const
export type FieldType = (typeof FIELD_TYPES)[number]
