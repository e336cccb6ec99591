import { parseArgs } from 'node:util'
import { type Calendar, compileCalendar, week } from '@opora/calendar'
import { compareWithOracle } from '@opora/calendar/testkit'
import { INTERVALS, libraries, minuteByMinute, type Yardstick } from './calendar-yardsticks.ts'

/*
 * Working time: how many deadlines a second, beside what one would take instead, whose answers are compared too; then a million
 * random questions against the minute-by-minute oracle. `npm run bench -- calendar [--cases 1000000] [--seed 1] [--speed | --oracle]`.
 */

// The libraries count in the zone of their host.
process.env['TZ'] = 'Europe/Moscow'
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    speed: { type: 'boolean', default: false },
    oracle: { type: 'boolean', default: false },
  },
})
const MON_FRI = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
const SPANS = [
  { name: 'an hour', minutes: 60 },
  { name: 'a week, 40 h', minutes: 40 * 60 },
  { name: '160 h', minutes: 160 * 60 },
  { name: 'a year, 1 972 h', minutes: 1_972 * 60 },
]
const ADDS_A_SECOND = 10_000_000
const TIMES_FASTER = 5_000
const OWN_ADDS = 4_000_000
const YARD_MS = 1_500
const HALF_A_DAY = 240
const COMPARED = 400
const missed: string[] = []

if (!values.oracle) await speed()
if (!values.speed) oracle(Number(values.cases), Number(values.seed))
console.log(missed.length === 0 ? '\nEvery aim is met.' : `\nMissed: ${missed.join('; ')}`)

async function speed(): Promise<void> {
  const calendar = compileCalendar({
    zone: 'Europe/Moscow',
    week: week(MON_FRI, ...INTERVALS),
    dayRule: 'production',
  })
  const starts = randomStarts()
  const { found, missing } = await libraries()
  if (missing.length > 0) console.log(`not installed, so not measured: ${missing.join(', ')}\n`)
  for (const span of SPANS) {
    const own = addsPerSecond(calendar, starts, span.minutes)
    note(`${span.name}: ${round(own)} adds a second`, own >= ADDS_A_SECOND, `aim ${round(ADDS_A_SECOND)}`)
    const asked = [...found, minuteByMinute()].filter((yard) => !yard.daysOnly || span.minutes >= HALF_A_DAY)
    const rates: { yard: Yardstick; perSecond: number }[] = []
    for (const yard of asked) {
      yard.prepare?.()
      const perSecond = measured(yard, starts, span.minutes)
      const wrong = wrongAnswers(calendar, yard, starts, span.minutes)
      rates.push({ yard, perSecond })
      console.log(
        `    ${yard.name}: ${round(perSecond)}/s, ours ${round(own / perSecond)} times; ${wrong.count} of ${wrong.of} answers differ (lacks ${yard.lacks})`,
      )
      for (const line of wrong.examples) console.log(`      ${line}`)
    }
    // what knows days only answers another question, however fast
    const fastest = Math.max(...rates.filter(({ yard }) => !yard.daysOnly).map((rival) => rival.perSecond))
    if (span.minutes === 160 * 60) {
      const times = own / fastest
      note(
        `${round(times)} times the fastest that counts minutes, at 160 h`,
        times >= TIMES_FASTER,
        `aim ${round(TIMES_FASTER)}`,
      )
    }
  }
}

function oracle(cases: number, seed: number): void {
  const began = performance.now()
  const compared = compareWithOracle({ cases, seed, perCalendar: 400 })
  const seconds = Math.round((performance.now() - began) / 1000)
  const { disagreements } = compared
  note(
    `${round(compared.cases)} random questions to ${round(compared.calendars)} calendars (seed ${seed}), ${disagreements.length} disagree with the oracle, ${seconds} s`,
    disagreements.length === 0 && compared.cases === cases,
    'aim: none',
  )
  for (const one of disagreements.slice(0, 3)) console.log(JSON.stringify(one, null, 2))
}

/** Whole seconds of 2024 to 2026, inside hours and outside, the same in every run. */
function randomStarts(): Float64Array {
  const from = Date.UTC(2024, 0, 9)
  const seconds = (Date.UTC(2026, 0, 1) - from) / 1000
  let state = 42
  return Float64Array.from({ length: 65_536 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return from + (state % seconds) * 1000
  })
}

function addsPerSecond(calendar: Calendar, starts: Float64Array, minutes: number): number {
  const run = (times: number) => {
    let sum = 0
    for (let i = 0; i < times; i++) sum += calendar.add(starts[i & 65_535] as number, minutes)
    return sum
  }
  run(OWN_ADDS / 4)
  const began = cpuMs()
  const sum = run(OWN_ADDS)
  const perSecond = (OWN_ADDS / (cpuMs() - began)) * 1000
  if (!(sum > 0)) throw new Error('the sum keeps the loop from being left out')
  return perSecond
}

/** As many as fit into the time, at least three. */
function measured(yard: Yardstick, starts: Float64Array, minutes: number): number {
  yard.add(starts[0] as number, minutes)
  let done = 0
  const began = cpuMs()
  while (done < 3 || cpuMs() - began < YARD_MS) yard.add(starts[++done & 65_535] as number, minutes)
  return (done / (cpuMs() - began)) * 1000
}

/** Time of one core that this thread has used: a busy machine makes a second longer, not dearer. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

function wrongAnswers(calendar: Calendar, yard: Yardstick, starts: Float64Array, minutes: number) {
  const count = yard.name.startsWith('minute') ? 4 : COMPARED
  const differing: string[] = []
  for (const second of starts.subarray(0, count)) {
    // What steps by minutes is asked about whole ones.
    const start = second - (second % 60_000)
    const [ours, theirs] = [calendar.add(start, minutes), yard.add(start, minutes)]
    if (ours !== theirs) differing.push(`${told(start)} → ${told(theirs)}, right is ${told(ours)}`)
  }
  return { count: differing.length, of: count, examples: differing.slice(0, 2) }
}

function told(at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Europe/Moscow').toPlainDateTime().toString()
}

function round(value: number): string {
  const digits = value >= 100 ? 0 : 1
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}

function note(what: string, isMet: boolean, aim: string): void {
  if (!isMet) missed.push(what)
  console.log(`${isMet ? '✓' : '✗'} ${what} (${aim})`)
}
