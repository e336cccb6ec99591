import fc from 'fast-check'
import { type Calendar, type CalendarSpec, compileCalendar, NoOpenTime } from './index.ts'
import { type MinuteOracle, minuteOracle } from './minute-oracle.fixture.ts'
import { calendars } from './random-calendars.fixture.ts'

/** What disagreed, to be run again by hand. */
export interface Disagreement {
  spec: CalendarSpec
  question: string
  oracle: unknown
  calendar: unknown
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const WINDOW_DAYS = 150
const FIRST_YEAR = 1985
const LAST_YEAR = 2037

/** A generator of numbers that gives the same ones for the same seed. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/**
 * Asks calendar and oracle the same random questions until `cases` answers have been compared.
 * Years from 1985 to 2037, so that most have no decree; questions whose answer lies outside the oracle's window do not count.
 */
export function compareWithOracle(options: { cases: number; seed: number; perCalendar: number }): {
  cases: number
  calendars: number
  disagreements: Disagreement[]
} {
  const random = numbersFrom(options.seed)
  const found: Disagreement[] = []
  let compared = 0
  let made = 0
  for (let batch = 0; compared < options.cases && found.length < 20; batch++) {
    // Half of the windows lie in the decreed years, where moved and shortened days are.
    const year = batch % 2 === 0 ? 2024 + random(4) : FIRST_YEAR + random(LAST_YEAR - FIRST_YEAR)
    const from = Date.UTC(year, random(12), 1 + random(28))
    const until = new Date(from + WINDOW_DAYS * DAY_MS).toISOString().slice(0, 10)
    const shape = { from: new Date(from).toISOString().slice(0, 10), to: until, step: [15, 5, 1][random(3)] as number }
    const specs = fc.sample(calendars(shape), { numRuns: 8, seed: options.seed + batch })
    for (const spec of specs) {
      const [to, start] = [(from + WINDOW_DAYS * DAY_MS) / MINUTE_MS, from / MINUTE_MS]
      const pair = { spec, calendar: compileCalendar(spec), oracle: minuteOracle(spec, start, to) }
      made++
      for (let i = 0; i < options.perCalendar && compared < options.cases; i++) {
        const verdict = ask(pair, specs[0] as CalendarSpec, random, from)
        if (verdict === 'outside') continue
        compared++
        if (verdict) found.push(verdict)
      }
    }
  }
  return { cases: compared, calendars: made, disagreements: found }
}

interface Pair {
  spec: CalendarSpec
  calendar: Calendar
  oracle: MinuteOracle
}

/** One question; `null` when both say the same. */
function ask(
  pair: Pair,
  other: CalendarSpec,
  random: (below: number) => number,
  from: number,
): Disagreement | 'outside' | null {
  const { calendar, oracle } = pair
  // The middle of the window: a third of it remains on either side.
  const moment = () => {
    const minute = from + ((WINDOW_DAYS / 3) * 1440 + random((WINDOW_DAYS / 3) * 1440)) * MINUTE_MS
    return random(3) === 0 ? minute + random(MINUTE_MS) : minute
  }
  const at = moment()
  const n = random(4) === 0 ? random(5) : random(9_000)
  const say = (question: string, expected: unknown, actual: () => unknown): Disagreement | 'outside' | null => {
    if (expected === null) return 'outside'
    const answer = orReason(actual)
    return answer === expected ? null : { spec: pair.spec, question, oracle: expected, calendar: answer }
  }
  switch (random(8)) {
    case 0:
      return say(`isOpen ${at}`, oracle.isOpen(Math.floor(at / MINUTE_MS)), () => calendar.isOpen(at))
    case 1:
      return say(`add ${at} ${n}`, oracle.add(at, n), () => calendar.add(at, n))
    case 2:
      return say(`subtract ${at} ${n}`, oracle.subtract(at, n), () => calendar.subtract(at, n))
    case 3: {
      const to = moment()
      return say(`between ${at} ${to}`, oracle.between(at, to), () => calendar.betweenMs(at, to))
    }
    case 4:
      return say(`nextOpening ${at}`, oracle.nextOpening(at), () => calendar.nextOpening(at))
    case 5:
      return say(`nextClosing ${at}`, oracle.nextClosing(at), () => calendar.nextClosing(at))
    case 6:
      return say(`previousClosing ${at}`, oracle.previousClosing(at), () => calendar.previousClosing(at))
    default: {
      const days = random(2) === 0 ? pair : companionOf(pair, other)
      const count = 1 + random(6)
      return say(`addWorkingDays ${at} ${count}`, oracle.addWorkingDays(at, count, days.oracle), () =>
        calendar.addWorkingDays(at, count, days.calendar),
      )
    }
  }
}

const companions = new WeakMap<Pair, { calendar: Calendar; oracle: MinuteOracle }>()

/** Another calendar of the same zone, which says what a working day is. */
function companionOf(pair: Pair, other: CalendarSpec): { calendar: Calendar; oracle: MinuteOracle } {
  const known = companions.get(pair)
  if (known) return known
  const spec = { ...other, zone: pair.spec.zone }
  const made = { calendar: compileCalendar(spec), oracle: minuteOracle(spec, pair.oracle.from, pair.oracle.to) }
  companions.set(pair, made)
  return made
}

function orReason(answer: () => unknown): unknown {
  try {
    return answer()
  } catch (error) {
    if (error instanceof NoOpenTime) return error.message
    throw error
  }
}
