import type { Filter } from './filter.ts'
import { PASS } from './filter.ts'

/** Delivery and abuse reports are about letters of ours: they open no ticket and get no answer. */
export const bounceFilter: Filter = {
  name: 'bounce',
  decide: (mail) => (mail.bounce === null ? PASS : { verdict: 'report', reason: mail.bounce.kind }),
}
