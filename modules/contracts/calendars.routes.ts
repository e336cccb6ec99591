import { type Actor, read, refuseAccess, write } from '@opora/access'
import { type Calendar, compileCalendar } from '@opora/calendar'
import { isoInstant, isoInstantOrNull } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import type { CalendarPorts, ImaginedRules } from './calendars.ports.ts'
import { calendarsByCode, listCalendars, listProductionYears, productionYearsInForce } from './catalogue.read-model.ts'
import {
  calendarChange,
  calendarDays,
  calendarDraft,
  calendarMoves,
  calendarPreview,
  calendarsReply,
  calendarView,
  calendarYearReply,
  codeParams,
  monthQuery,
  movedDeadlines,
  newCalendar,
  productionYears,
  productionYearsImport,
  productionYearsPreview,
  yearQuery,
  yearsFile,
} from './contract.ts'
import type { Contracts } from './contracts.service.ts'
import { calendarYear, changedDays, changedKinds } from './domain/calendar-year.ts'

/** Calendars and production years: reading, changing, and what a change would do. */
export function calendarRoutes(contracts: Contracts, ports: CalendarPorts): AnyRoute<Actor>[] {
  return [
    ...readingRoutes(),
    ...changingRoutes(contracts),
    ...previewRoutes(contracts, ports),
    ...yearRoutes(contracts, ports),
  ]
}

function readingRoutes(): AnyRoute<Actor>[] {
  return [
    read({
      path: '/calendars',
      summary: 'Calendars of service hours',
      tag: 'calendars',
      policy: 'calendar.read',
      replies: calendarsReply,
      handle: ({ read }) => read(async (sql) => ({ items: (await listCalendars(sql)) as never })),
    }),
    read({
      path: '/calendars/:code/days',
      summary: 'The days of a month: open hours, and why each day is as it is',
      tag: 'calendars',
      policy: 'calendar.read',
      params: codeParams,
      query: monthQuery,
      replies: calendarDays,
      handle: async ({ params, query, read }) => {
        const calendar = await read((sql) => knownCalendar(sql, params.code))
        const first = Temporal.PlainYearMonth.from(query.month)
        const days = Array.from({ length: first.daysInMonth }, (_, index) => {
          const day = calendar.explainDay(first.toPlainDate({ day: index + 1 }).toString())
          return { ...day, open: day.open.map(({ from, to }) => ({ from: isoInstant(from), to: isoInstant(to) })) }
        })
        const openMinutes = days.reduce((sum, day) => sum + day.openMinutes, 0)
        return { code: params.code, month: query.month, zone: calendar.zone, openMinutes, days }
      },
    }),
    read({
      path: '/calendars/:code/year',
      summary: 'The days of a year: hours on the wall, and why each day is as it is',
      tag: 'calendars',
      policy: 'calendar.read',
      params: codeParams,
      query: yearQuery,
      replies: calendarYearReply,
      handle: async ({ params, query, read }) =>
        calendarYear(await read((sql) => knownCalendar(sql, params.code)), query.year),
    }),
  ]
}

function changingRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/calendars',
      summary: 'Add a calendar',
      tag: 'calendars',
      policy: 'calendar.change',
      body: newCalendar,
      replies: calendarView,
      status: 201,
      handle: async ({ tx, caller, body }) => {
        const version = await contracts.saveCalendar(tx, caller, { ...body, expectedVersion: null, isNew: true })
        return { ...body, version }
      },
    }),
    write({
      method: 'PUT',
      path: '/calendars/:code',
      summary: 'Change a calendar; what has passed stays counted by the version of its time',
      tag: 'calendars',
      policy: 'calendar.change',
      params: codeParams,
      body: calendarChange,
      replies: calendarView,
      versioned: true,
      handle: async ({ tx, caller, params, body, expectedVersion }) => {
        const { code } = params
        const version = await contracts.saveCalendar(tx, caller, { ...body, code, expectedVersion, isNew: false })
        return { ...body, code, version }
      },
    }),
  ]
}

function previewRoutes(contracts: Contracts, ports: CalendarPorts): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/calendars/preview',
      summary: 'A year of a calendar as it would be, and the days that differ from the saved one; nothing is changed',
      tag: 'calendars',
      policy: 'calendar.change',
      body: calendarDraft,
      replies: calendarPreview,
      handle: async ({ tx, caller, body }) => {
        const spec = contracts.requireUsableCalendar(caller, body.spec)
        const after = calendarYear(compileCalendar(spec, await productionYearsInForce(tx)), body.year)
        const before = body.code === undefined ? null : calendarYear(await knownCalendar(tx, body.code), body.year)
        return { ...after, changed: before ? changedDays(before, after) : [] }
      },
    }),
    write({
      method: 'POST',
      path: '/calendars/:code/moves',
      summary:
        'The open tickets whose deadlines a change of the calendar would move, and by how much; nothing is changed',
      tag: 'calendars',
      policy: 'calendar.change',
      params: codeParams,
      body: calendarMoves,
      replies: movedDeadlines,
      handle: async ({ tx, caller, params, body }) => {
        const spec = contracts.requireUsableCalendar(caller, body.spec)
        await knownCalendar(tx, params.code)
        return await movesOf(tx, ports, { calendar: { code: params.code, spec } })
      },
    }),
  ]
}

function yearRoutes(contracts: Contracts, ports: CalendarPorts): AnyRoute<Actor>[] {
  const listed = async (sql: Queryable) => ({
    items: (await listProductionYears(sql)).map((row) => ({ ...row, loadedAt: isoInstant(row.loadedAt) })),
  })
  return [
    read({
      path: '/production-years',
      summary: 'Years of the production calendar that are loaded',
      tag: 'calendars',
      policy: 'calendar.read',
      replies: productionYears,
      handle: ({ read }) => read(listed),
    }),
    write({
      method: 'POST',
      path: '/production-years/preview',
      summary:
        'Read a file of production years: counted, compared with the law and with what is in force; nothing is changed',
      tag: 'calendars',
      policy: 'calendar.change',
      body: yearsFile,
      replies: productionYearsPreview,
      handle: async ({ tx, caller, body }) => {
        const known = new Map((await productionYearsInForce(tx)).map((year) => [year.year, year]))
        const years = await contracts.readYearsFile(tx, body)
        const items = years.map(({ year, counts, notes }) => ({
          year: year.year,
          status: year.status,
          source: year.source,
          replaces: known.has(year.year),
          counts,
          notes: notes.map(({ code, path, value, ...words }) => ({ code, path, value, message: words[caller.locale] })),
          changed: changedKinds(known.get(year.year) ?? null, year),
        }))
        return { items, moves: await movesOf(tx, ports, { productionYears: years.map(({ year }) => year) }) }
      },
    }),
    write({
      method: 'POST',
      path: '/production-years',
      summary: 'Import years of the production calendar: the own form, xmlcalendar’s JSON, or lists of days',
      tag: 'calendars',
      policy: 'calendar.change',
      body: productionYearsImport,
      replies: productionYears,
      status: 201,
      handle: async ({ tx, caller, body }) => {
        await contracts.importProductionYears(tx, caller, body)
        return await listed(tx)
      },
    }),
  ]
}

async function knownCalendar(sql: Queryable, code: string): Promise<Calendar> {
  const calendar = (await calendarsByCode(sql, [{ code }])).get(code)
  if (!calendar) throw refuseAccess('access.not_found')
  return calendar
}

async function movesOf(sql: Queryable, ports: CalendarPorts, rules: ImaginedRules) {
  const { looked, moved, items } = await ports.whatMoves(sql, rules)
  return {
    looked,
    moved,
    items: items.map((item) => ({
      ...item,
      dueBefore: isoInstantOrNull(item.dueBefore),
      dueAfter: isoInstantOrNull(item.dueAfter),
    })),
  }
}
