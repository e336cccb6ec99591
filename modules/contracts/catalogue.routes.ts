import { type Actor, read, refuseAccess, write } from '@opora/access'
import { isoInstant } from '@opora/core'
import type { AnyRoute } from '@opora/platform/http'
import { termsOfPackage } from './catalogue/terms-of-package.ts'
import {
  calendarsByCode,
  listActivities,
  listCalendars,
  listPackages,
  listProductionYears,
  listServices,
  listSlaPolicies,
  packageByCode,
} from './catalogue.read-model.ts'
import {
  activitiesReply,
  calendarChange,
  calendarDays,
  calendarsReply,
  calendarView,
  codeParams,
  contractTerms,
  monthQuery,
  newCalendar,
  newSlaPolicy,
  packageChange,
  packagesReply,
  packageTermsQuery,
  packageView,
  productionYears,
  productionYearsImport,
  servicesReply,
  slaPoliciesReply,
  slaPolicyChange,
  slaPolicyView,
} from './contract.ts'
import type { Contracts } from './contracts.service.ts'

export function catalogueRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [...dictionaryRoutes(), ...packageRoutes(contracts), ...calendarRoutes(contracts), ...policyRoutes(contracts)]
}

function dictionaryRoutes(): AnyRoute<Actor>[] {
  return [
    read({
      path: '/catalogue/services',
      summary: 'Services that can be sold or included',
      tag: 'catalogue',
      policy: 'coverage.read',
      replies: servicesReply,
      handle: ({ read }) => read(async (sql) => ({ items: await listServices(sql) })),
    }),
    read({
      path: '/catalogue/activities',
      summary: 'Kinds of work that time is logged under',
      tag: 'catalogue',
      policy: 'coverage.read',
      replies: activitiesReply,
      handle: ({ read }) => read(async (sql) => ({ items: await listActivities(sql) })),
    }),
  ]
}

function packageRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [
    read({
      path: '/catalogue/packages',
      summary: 'Packages of the catalogue',
      tag: 'catalogue',
      policy: 'catalogue.read',
      replies: packagesReply,
      handle: ({ read }) =>
        read(async (sql) => ({ items: (await listPackages(sql)).map((row) => ({ ...row, spec: { ...row.spec } })) })),
    }),
    read({
      path: '/catalogue/packages/:code/terms',
      summary: 'The terms that a contract on a package begins from',
      tag: 'catalogue',
      policy: 'catalogue.read',
      params: codeParams,
      query: packageTermsQuery,
      replies: contractTerms,
      handle: async ({ params, query, read }) => {
        const found = await read((sql) => packageByCode(sql, params.code))
        if (!found) throw refuseAccess('access.not_found')
        return termsOfPackage(found.spec, query)
      },
    }),
    write({
      method: 'PUT',
      path: '/catalogue/packages/:code',
      summary: 'Change a package; contracts keep their terms',
      tag: 'catalogue',
      policy: 'catalogue.change',
      params: codeParams,
      body: packageChange,
      replies: packageView,
      versioned: true,
      handle: async ({ tx, caller, params, body, expectedVersion }) => {
        await contracts.changePackage(tx, caller, { ...body, code: params.code, expectedVersion })
        const row = (await packageByCode(tx, params.code))!
        return { ...row, spec: { ...row.spec } }
      },
    }),
  ]
}

function calendarRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [
    read({
      path: '/calendars',
      summary: 'Calendars of service hours',
      tag: 'calendars',
      policy: 'calendar.read',
      replies: calendarsReply,
      handle: ({ read }) => read(async (sql) => ({ items: (await listCalendars(sql)) as never })),
    }),
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
      summary: 'Change a calendar; clocks that run keep the version that they began with',
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
    daysRoute(),
    ...yearRoutes(contracts),
  ]
}

function daysRoute(): AnyRoute<Actor> {
  return read({
    path: '/calendars/:code/days',
    summary: 'The days of a month: open hours, and why each day is as it is',
    tag: 'calendars',
    policy: 'calendar.read',
    params: codeParams,
    query: monthQuery,
    replies: calendarDays,
    handle: async ({ params, query, read }) => {
      const calendar = (await read((sql) => calendarsByCode(sql, [{ code: params.code }]))).get(params.code)
      if (!calendar) throw refuseAccess('access.not_found')
      const first = Temporal.PlainYearMonth.from(query.month)
      const days = Array.from({ length: first.daysInMonth }, (_, index) => {
        const day = calendar.explainDay(first.toPlainDate({ day: index + 1 }).toString())
        return { ...day, open: day.open.map(({ from, to }) => ({ from: isoInstant(from), to: isoInstant(to) })) }
      })
      const openMinutes = days.reduce((sum, day) => sum + day.openMinutes, 0)
      return { code: params.code, month: query.month, zone: calendar.zone, openMinutes, days }
    },
  })
}

function yearRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [
    read({
      path: '/production-years',
      summary: 'Years of the production calendar that are loaded',
      tag: 'calendars',
      policy: 'calendar.read',
      replies: productionYears,
      handle: ({ read }) =>
        read(async (sql) => ({
          items: (await listProductionYears(sql)).map((row) => ({ ...row, loadedAt: isoInstant(row.loadedAt) })),
        })),
    }),
    write({
      method: 'POST',
      path: '/production-years',
      summary: 'Import years of the production calendar',
      tag: 'calendars',
      policy: 'calendar.change',
      body: productionYearsImport,
      replies: productionYears,
      status: 201,
      handle: async ({ tx, caller, body }) => {
        await contracts.importProductionYears(tx, caller, body)
        const rows = await listProductionYears(tx)
        return { items: rows.map((row) => ({ ...row, loadedAt: isoInstant(row.loadedAt) })) }
      },
    }),
  ]
}

function policyRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [
    read({
      path: '/sla-policies',
      summary: 'Policies of promised times',
      tag: 'sla',
      policy: 'sla.read',
      replies: slaPoliciesReply,
      handle: ({ read }) => read(async (sql) => ({ items: (await listSlaPolicies(sql)) as never })),
    }),
    write({
      method: 'POST',
      path: '/sla-policies',
      summary: 'Add a policy',
      tag: 'sla',
      policy: 'sla.change',
      body: newSlaPolicy,
      replies: slaPolicyView,
      status: 201,
      handle: async ({ tx, caller, body }) => {
        const version = await contracts.saveSlaPolicy(tx, caller, { ...body, expectedVersion: null, isNew: true })
        const { validFrom: _from, ...saved } = body
        return { ...saved, version }
      },
    }),
    write({
      method: 'PUT',
      path: '/sla-policies/:code',
      summary: 'Change a policy; clocks that run keep the version that they began with',
      tag: 'sla',
      policy: 'sla.change',
      params: codeParams,
      body: slaPolicyChange,
      replies: slaPolicyView,
      versioned: true,
      handle: async ({ tx, caller, params, body, expectedVersion }) => {
        const { code } = params
        const version = await contracts.saveSlaPolicy(tx, caller, { ...body, code, expectedVersion, isNew: false })
        const { validFrom: _from, ...saved } = body
        return { ...saved, code, version }
      },
    }),
  ]
}
