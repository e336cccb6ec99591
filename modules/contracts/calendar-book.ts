import { type Calendar, type CalendarSpec, compileCalendar, NoOpenTime, type ProductionYear } from '@opora/calendar'
import { DAY_MS, type Instant, MINUTE_MS, type Words } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { PROSPECT_CALENDAR } from './coverage.read-model.ts'

type Fragment = ReturnType<Queryable>

/**
 * How a calendar is named where it must stay what it was: `code@version`. Two joined by `+` are the hours of the first on the
 * working days of the second; `always` counts every minute.
 */
export type CalendarKey = string
export const ALWAYS_KEY: CalendarKey = 'always'
/** Whose days a term in working days counts unless it says otherwise. */
export const DEFAULT_DAY_CALENDAR = 'ru-working-days'

/** When something is due that runs in a contract's calendar. */
export type CalendarDue =
  | { unit: 'minutes'; minutes: number }
  | { unit: 'working_days'; days: number }
  | { unit: 'instant'; at: Instant }

interface Version {
  version: number
  from: Instant
}

interface Book {
  stamp: string
  years: string
  calendars: Map<CalendarKey, Calendar>
  versions: Map<string, Version[]>
  names: Map<string, Words>
}

export type CalendarBook = ReturnType<typeof createCalendarBook>

const ALWAYS = compileCalendar({
  zone: 'UTC',
  week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]])),
  dayRule: 'every_listed_day',
})
const LOOK_AGAIN_MS = 5_000
const DAY_MINUTES = 1_440
const AHEAD_MS = 4 * DAY_MS
const TURNS_MAX = 8

/** What is left of a deadline, and what its hours do from now on. */
export interface HoursAhead {
  /** Open minutes, begun ones counted whole; negative when it is past, `null` without a deadline. */
  remainingMinutes: number | null
  open: boolean
  /** After how many seconds the hours close or open, in turn, for some days. Beyond the last turn the hours stand as it left them: closed, unless there is none. */
  turnsIn: number[]
}

/** One expression that says whether calendars or production years have changed; to stand in another query's list. */
export function calendarsStamp(sql: Queryable): Fragment {
  return sql`(select count(*) || ':' || coalesce(sum(version), 0) || ':' || coalesce(max(updated_at)::text, '') from calendar)
    || '/' || (select count(*) || ':' || coalesce(max(loaded_at)::text, '') from production_year where country = 'RU')`
}

/**
 * The installation's calendars, all their versions, compiled and kept by this process. Answers at once from what was loaded last;
 * `refresh` looks whether that is still so. `read` opens a connection for the looks that nobody waits for.
 */
export function createCalendarBook(read?: <T>(body: (sql: Queryable) => Promise<T>) => Promise<T>) {
  let book: Book = { stamp: '', years: '', calendars: new Map(), versions: new Map(), names: new Map() }
  let lookedAt = -LOOK_AGAIN_MS
  const refresh = async (sql: Queryable, stamp?: string): Promise<void> => {
    lookedAt = performance.now()
    const present = stamp ?? (await readStamp(sql))
    if (present !== book.stamp) book = await loadBook(sql, present, book)
  }
  const lookAgainSoon = () => {
    if (!read || performance.now() - lookedAt < LOOK_AGAIN_MS) return
    lookedAt = performance.now()
    // what was loaded stays in use when the look fails; the next one tries again
    read((sql) => refresh(sql)).catch(() => {})
  }
  /** The key of the version that was in force at a moment; of the first one before that; `null` for an unknown code. */
  const keyAt = (code: string, at: Instant): CalendarKey | null => {
    const versions = book.versions.get(code)
    if (!versions) return null
    return `${code}@${(versions.findLast((one) => one.from <= at) ?? versions[0]!).version}`
  }
  const calendar = (key: CalendarKey): Calendar | null => {
    if (key === ALWAYS_KEY) return ALWAYS
    const [hours, days] = key
      .split('+')
      .map((part) => book.calendars.get(part.includes('@') ? part : (keyAt(part, Infinity) ?? part)))
    if (!hours || !key.includes('+')) return hours ?? null
    return days ? hours.onWorkingDaysOf(days) : null
  }
  // the rows of one page ask for the same hours at the same moment
  const turns = new WeakMap<Calendar, { now: Instant; ahead: ReturnType<typeof hoursAhead> }>()
  const turnsFrom = (found: Calendar, now: Instant) => {
    const last = turns.get(found)
    if (last?.now === now) return last.ahead
    const ahead = hoursAhead(found, now)
    turns.set(found, { now, ahead })
    return ahead
  }
  return {
    refresh,
    calendar,
    keyAt,
    /** Every version of every calendar by its key. */
    all: (): ReadonlyMap<CalendarKey, Calendar> => book.calendars,
    /** Changes with every change of a calendar or a production year. */
    stamp: () => book.stamp,
    /** When the later versions of a calendar came into force. */
    changesOf: (code: string): Instant[] => (book.versions.get(code) ?? []).slice(1).map((one) => one.from),
    nameOf: (key: CalendarKey): Words => {
      const code = codeOfKey(key)
      return book.names.get(code) ?? { ru: code, en: code }
    },
    /** Minutes of open time up to a deadline, begun ones counted whole; negative when it is past, `null` for an unknown calendar. */
    remainingMinutes(key: CalendarKey, now: Instant, dueAt: Instant): number | null {
      lookAgainSoon()
      const found = calendar(key)
      return found && minutesUntil(found, now, dueAt)
    },
    /** For a countdown that is looked at: it has to stand still outside the hours without asking again. `null` for an unknown calendar. */
    countdown(key: CalendarKey, now: Instant, dueAt: Instant | null): HoursAhead | null {
      lookAgainSoon()
      const found = calendar(key)
      return (
        found && {
          remainingMinutes: dueAt === null ? null : minutesUntil(found, now, dueAt),
          ...turnsFrom(found, now),
        }
      )
    },
    /** When a timer that began at `from` is due, in the calendar of the ticket's contract as it is now. */
    async dueAt(
      sql: Queryable,
      ticket: { contractId: number | null },
      due: CalendarDue,
      from: Instant,
    ): Promise<Instant> {
      if (due.unit === 'instant') return due.at
      const { stamp, code } = await calendarOfContract(sql, ticket.contractId)
      await refresh(sql, stamp)
      return dueIn(calendar(code), calendar(DEFAULT_DAY_CALENDAR), due, from)
    },
  }
}

function minutesUntil(hours: Calendar, now: Instant, dueAt: Instant): number | null {
  try {
    return Math.ceil(hours.betweenMs(now, dueAt) / MINUTE_MS) + 0
  } catch (error) {
    if (error instanceof NoOpenTime) return null
    throw error
  }
}

/** What hours do from a moment on. */
export function hoursAhead(hours: Calendar, now: Instant): Omit<HoursAhead, 'remainingMinutes'> {
  const end = now + AHEAD_MS
  const intervals = hours.openIntervals(now, end)
  const open = intervals[0]?.from === now
  // what never closes needs no turns; the end of what is known closes the rest
  if (open && intervals[0]?.to === end) return { open, turnsIn: [] }
  const turns = intervals.flatMap(({ from, to }) => [from, to]).filter((at) => at > now)
  const kept = turns.slice(0, TURNS_MAX)
  // whoever cannot ask again for days rather stands still than counts closed hours
  if (kept.length > 0 && open === (kept.length % 2 === 0)) kept.pop()
  return { open, turnsIn: kept.map((at) => Math.round((at - now) / 1_000)) }
}

export function codeOfKey(key: CalendarKey): string {
  return key.split('@')[0] ?? key
}

function dueIn(
  hours: Calendar | null,
  days: Calendar | null,
  due: Exclude<CalendarDue, { unit: 'instant' }>,
  from: Instant,
): Instant {
  const elapsed = due.unit === 'minutes' ? due.minutes : due.days * DAY_MINUTES
  try {
    if (due.unit === 'minutes') return hours ? hours.add(from, due.minutes) : from + elapsed * MINUTE_MS
    if (due.days > 0 && hours && days) return hours.addWorkingDays(from, due.days, days)
  } catch (error) {
    if (!(error instanceof NoOpenTime)) throw error
  }
  // Without hours to count in, a timer still has to fire.
  return from + elapsed * MINUTE_MS
}

async function readStamp(sql: Queryable): Promise<string> {
  const [row] = await sql<{ stamp: string }[]>`select ${calendarsStamp(sql)} as stamp`
  return row!.stamp
}

async function calendarOfContract(sql: Queryable, contractId: number | null): Promise<{ stamp: string; code: string }> {
  const [row] = await sql<{ stamp: string; code: string | null }[]>`
    select ${calendarsStamp(sql)} as stamp, (select v.terms ->> 'calendarCode'
      from contract_version v join contract k on k.id = v.contract_id
      where k.id = ${contractId} order by v.valid_from <= (app_now() at time zone k.zone)::date desc,
        case when v.valid_from <= (app_now() at time zone k.zone)::date then v.valid_from end desc, v.valid_from limit 1) as code`
  return { stamp: row!.stamp, code: row!.code ?? PROSPECT_CALENDAR }
}

async function loadBook(sql: Queryable, stamp: string, before: Book): Promise<Book> {
  const [row] = await sql<{ years: ProductionYear[] | null; calendars: Loaded[] | null }[]>`
    select (select jsonb_agg(data order by year) from production_year where country = 'RU') as years,
      (select jsonb_agg(jsonb_build_object('code', c.code, 'ru', c.name_ru, 'en', c.name_en, 'version', v.version, 'spec', v.spec,
          'from', (extract(epoch from v.created_at) * 1000)::bigint) order by c.code, v.version)
        from calendar c join calendar_version v on v.code = c.code) as calendars`
  const years = stamp.split('/')[1] ?? ''
  const book: Book = { stamp, years, calendars: new Map(), versions: new Map(), names: new Map() }
  for (const { code, ru, en, version, spec, from } of row?.calendars ?? []) {
    const key = `${code}@${version}`
    // a version never changes, so its year tables stay warm while the production years do
    const known = before.years === years ? before.calendars.get(key) : undefined
    book.calendars.set(key, known ?? compileCalendar(spec, row?.years ?? []))
    book.versions.set(code, [...(book.versions.get(code) ?? []), { version, from }])
    book.names.set(code, { ru, en })
  }
  return book
}

interface Loaded {
  code: string
  ru: string
  en: string
  version: number
  spec: CalendarSpec
  from: Instant
}
