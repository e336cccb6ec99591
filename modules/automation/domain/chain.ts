/** Ids of the rules that led to an event, the first of them first; of what a person did it is empty. */
export type Chain = readonly number[]

/** A chain longer than this is no longer followed, whatever rules are in it. */
export const CHAIN_MAX = 10

/** So many runs of one rule on one ticket within an hour mean that it goes round through somebody outside. */
export const RUNS_AN_HOUR_MAX = 20

/** A ticket that an action opened may open others by actions, and those others, so many times: what opens tickets opens them not without end. */
export const LINKED_DEPTH_MAX = 3

export type Verdict =
  | { run: true; chain: Chain }
  | { run: false; why: 'itself' | 'too_long' | 'too_often'; chain: Chain }

/**
 * Whether a rule may act on an event that these rules have led to. It never acts when it is among them already: its own doing came back to
 * it, directly or through others. So a chain names each rule once and has an end. `runs`: how often it acted on this ticket within the hour.
 */
export function judge(chain: Chain, ruleId: number, runs = 0): Verdict {
  const next = [...chain, ruleId]
  if (chain.includes(ruleId)) return { run: false, why: 'itself', chain: next }
  if (next.length > CHAIN_MAX) return { run: false, why: 'too_long', chain: next }
  if (runs >= RUNS_AN_HOUR_MAX) return { run: false, why: 'too_often', chain: next }
  return { run: true, chain: next }
}
