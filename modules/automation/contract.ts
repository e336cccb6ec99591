import { actionThings, actionView } from '@opora/process/contract'
import { z } from 'zod'
import { RULE_EVENTS, type RuleEventCode } from './domain/rule-events.ts'

const instant = z.iso.datetime()
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const words = z.object({ ru: z.string(), en: z.string() })
const CONDITION_MAX = 2_000
const ACTIONS_MAX = 10
const RULES_MAX = 200

export const ruleParams = z.object({ id })
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
})

const eventCode = z.enum(RULE_EVENTS.map((one) => one.code) as [RuleEventCode, ...RuleEventCode[]])
const name = z.object({ name: z.string(), ru: z.string(), en: z.string(), example: z.string() })

/** Everything that the editor of a rule offers. */
export const ruleWords = z.object({
  events: z.array(z.object({ code: eventCode, ru: z.string(), en: z.string(), names: z.array(name) })),
  names: z.array(name),
  actions: z.array(actionView),
  things: actionThings,
})

export const ruleAction = z.strictObject({
  name: z.string().min(1).max(60),
  params: z.record(z.string().max(60), z.string().max(4_000)).default({}),
})
export type RuleAction = z.infer<typeof ruleAction>

const ruleBody = {
  name: z.string().trim().min(1).max(120),
  event: eventCode,
  condition: z.string().trim().max(CONDITION_MAX).default(''),
  actions: z.array(ruleAction).min(1).max(ACTIONS_MAX),
  enabled: z.boolean().default(false),
}
export const newRule = z.strictObject(ruleBody)
export type NewRule = z.infer<typeof newRule>
/** The whole rule as it is to be: what is left out of a change would be guessed. */
export const ruleChange = z.strictObject({
  ...ruleBody,
  condition: z.string().trim().max(CONDITION_MAX),
  enabled: z.boolean(),
})
export const ruleOrder = z.strictObject({ ids: z.array(id).max(RULES_MAX) })

export const ruleView = z.object({
  id: z.number().int(),
  name: z.string(),
  event: eventCode,
  condition: z.string(),
  actions: z.array(z.object({ name: z.string(), params: z.record(z.string(), z.string()) })),
  /** The actions in words. */
  does: z.array(words),
  enabled: z.boolean(),
  /** The names of the rules in which this one met itself, in order; null while it has not. */
  looping: z
    .object({ chain: z.array(z.string()), at: instant, why: z.enum(['itself', 'too_long', 'too_often']) })
    .nullable(),
  /** How often it has acted in the last 30 days, and how often it could not. */
  runs: z.number().int(),
  faults: z.number().int(),
  lastRunAt: instant.nullable(),
  updatedAt: instant,
  updatedBy: z.string(),
  version: z.number().int(),
})
export type RuleView = z.infer<typeof ruleView>
export const ruleList = z.object({ items: z.array(ruleView) })

export const ruleVersionList = z.object({
  items: z.array(
    z.object({
      version: z.number().int(),
      name: z.string(),
      event: eventCode,
      condition: z.string(),
      does: z.array(words),
      enabled: z.boolean(),
      savedAt: instant,
      savedBy: z.string(),
    }),
  ),
})

export const conditionToCheck = z.strictObject({ event: eventCode, text: z.string().max(CONDITION_MAX) })
/** `fault`: null for a condition that reads and asks only what is known of the event; `names`: what it asks. */
export const conditionReply = z.object({ fault: words.nullable(), names: z.array(z.string()) })

/** What a rule would have done to the tickets of the last so many days. */
export const ruleTrial = z.strictObject({
  event: eventCode,
  condition: z.string().trim().max(CONDITION_MAX).default(''),
  actions: z.array(ruleAction).max(ACTIONS_MAX).default([]),
  days: z.number().int().min(1).max(92).default(31),
})
export const trialReply = z.object({
  from: instant,
  /** How often the event happened, how often the condition held, and to how many tickets. */
  events: z.number().int(),
  hits: z.number().int(),
  tickets: z.number().int(),
  /** There were more events than were looked at: the newest were. */
  more: z.boolean(),
  does: z.array(words),
  items: z.array(z.object({ ticketId: z.number().int(), number: z.number().int(), at: instant })),
})

export const runPage = z.object({
  items: z.array(
    z.object({
      id: z.number().int(),
      ticketId: z.number().int(),
      number: z.number().int(),
      ruleVersion: z.number().int(),
      at: instant,
      result: z.enum(['done', 'refused', 'failed', 'stopped']),
      reason: words.nullable(),
      steps: z.array(words),
      /** The names of the rules that led here, this one last; of what no rule led to only this one. */
      chain: z.array(z.string()),
    }),
  ),
  nextCursor: z.string().nullable(),
})

const url = z.string().trim().min(1).max(2_000)
const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/)
export const newWebhook = z.strictObject({ code, name: z.string().trim().min(1).max(120), url })
export const webhookChange = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  url: url.optional(),
  enabled: z.boolean().optional(),
})
export const webhookView = z.object({
  id: z.number().int(),
  code: z.string(),
  name: z.string(),
  url: z.string(),
  enabled: z.boolean(),
  version: z.number().int(),
  createdAt: instant,
  /** Deliveries of the last 30 days: arrived, given up, and those still under way. */
  delivered: z.number().int(),
  failed: z.number().int(),
  waiting: z.number().int(),
})
export const webhookList = z.object({ items: z.array(webhookView) })
/** The secret is shown when it is made and never again. */
export const webhookMade = webhookView.extend({ secret: z.string() })
export const webhookSecret = z.object({ secret: z.string(), version: z.number().int() })

const attempt = z.object({
  number: z.number().int(),
  at: instant,
  /** The receiver's answer; null where there was none, `fault` says why. */
  status: z.number().int().nullable(),
  fault: z
    .enum(['refused', 'timeout', 'tls', 'name', 'forbidden_host', 'redirect', 'network', 'switched_off', 'secret'])
    .nullable(),
  tookMs: z.number().int(),
})
export const deliveryView = z.object({
  id: z.number().int(),
  publicId: z.string(),
  ticketId: z.number().int(),
  number: z.number().int(),
  /** The name of the rule, or null where a process asked. */
  rule: z.string().nullable(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  createdAt: instant,
  settledAt: instant.nullable(),
  nextAt: instant.nullable(),
  attempts: z.array(attempt),
})
export const deliveryPage = z.object({ items: z.array(deliveryView), nextCursor: z.string().nullable() })
