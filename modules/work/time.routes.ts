import { type Actor, mayEver, read, refuseAccess, write } from '@opora/access'
import { listActivities } from '@opora/contracts'
import type { Locale } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import {
  activityList,
  idParams,
  newTime,
  type TimeEntryView,
  type TimePreview,
  ticketTime,
  timeChange,
  timeEntry,
  timePage,
  timePreview,
  timeQuery,
  timeRemoval,
} from './contract.ts'
import { weekSheet } from './domain/time-entry.ts'
import { chargeSentence, stepsFor } from './entry-charge.ts'
import { estimateProgressOf } from './estimates.read-model.ts'
import { entriesOfTicket, entryView, listTime, ticketOf } from './time.read-model.ts'
import type { TimeInput } from './verbs/log-time.ts'
import { workRefusals } from './work.refusals.ts'
import type { Work } from './work.service.ts'

const tag = 'time'

/** What only the provider's own people may ask: what work takes, and approval. */
export function staffOnly(caller: Actor): Actor {
  if (caller.side !== 'staff') throw refuseAccess('access.not_allowed')
  return caller
}

export function timeRoutes(work: Work): AnyRoute<Actor>[] {
  return [...timeReads(work), ...timeWrites(work)]
}

async function written(sql: Queryable, actor: Actor, id: number): Promise<TimeEntryView> {
  const view = await entryView(sql, actor, id)
  if (!view) throw refuseAccess('access.not_found')
  return view
}

/** Whether the client pays is the provider's word: a partner's time follows the contract's rules. */
export function asGiven<Body extends { billable?: boolean | undefined }>(caller: Actor, body: Body): Body {
  if (caller.side !== 'partner' || body.billable === undefined) return body
  throw workRefusals.refuse('work.billable_not_allowed', { field: 'billable' })
}

function timeReads(work: Work): AnyRoute<Actor>[] {
  return [
    read({
      path: '/activities',
      summary: 'Kinds of work that time is logged as',
      tag,
      policy: 'time.log',
      replies: activityList,
      handle: ({ read: run, locale }) =>
        run(async (sql) => ({
          items: (await listActivities(sql)).map((row) => ({
            code: row.code,
            name: locale === 'ru' ? row.nameRu : row.nameEn,
          })),
        })),
    }),
    read({
      path: '/tickets/:id/time',
      summary: 'Work on a ticket, with what is left of its estimate',
      tag,
      policy: 'time.read',
      params: idParams,
      replies: ticketTime,
      handle: ({ params, caller, read: run, locale }) =>
        run(async (sql) => {
          const ticket = await ticketOf(sql, caller, params.id)
          if (!ticket) throw refuseAccess('access.not_found')
          const items = await entriesOfTicket(sql, caller, params.id)
          return {
            items,
            totalMinutes: items.reduce((sum, entry) => sum + entry.minutes, 0),
            chargedMinutes: items.reduce((sum, entry) => sum + entry.chargedMinutes, 0),
            estimate: caller.side === 'partner' ? null : await estimateProgressOf(sql, ticket, locale),
          }
        }),
    }),
    read({
      path: '/time',
      summary: 'Work of days: the week sheet of a person, or what waits for approval',
      tag,
      policy: 'time.read',
      query: timeQuery,
      replies: timePage,
      handle: ({ query, caller, read: run }) =>
        run(async (sql) => {
          const page = await listTime(sql, caller, query)
          return { ...page, sheet: sheetOf(query.from, page.items) }
        }),
    }),
    write({
      method: 'POST',
      path: '/tickets/:id/time/preview',
      summary: 'What the time would take, without saving it',
      tag,
      policy: 'time.log',
      params: idParams,
      body: newTime,
      replies: timePreview,
      handle: async ({ tx, params, caller, body, locale }) =>
        presentPreview(await work.preview(tx, staffOnly(caller), params.id, body as TimeInput), caller, locale),
    }),
  ]
}

function timeWrites(work: Work): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/tickets/:id/time',
      partnerAsJob: true,
      summary: 'Log time',
      tag,
      policy: 'time.log',
      status: 201,
      params: idParams,
      body: newTime,
      replies: timeEntry,
      handle: async ({ tx, params, caller, body }) =>
        written(tx, caller, await work.logTime(tx, caller, params.id, asGiven(caller, body) as TimeInput)),
    }),
    write({
      method: 'PATCH',
      path: '/time/:id',
      partnerAsJob: true,
      summary: 'Correct time: in place while the month is open, else by a pair of entries with the reason',
      tag,
      policy: 'time.log',
      versioned: true,
      params: idParams,
      body: timeChange,
      replies: timeEntry,
      handle: async ({ tx, params, caller, body, expectedVersion: version }) => {
        const given = { id: params.id, version, change: asGiven(caller, body), reason: body.reason }
        return written(tx, caller, await work.correctTime(tx, caller, given))
      },
    }),
    write({
      method: 'POST',
      path: '/time/:id/reverse',
      partnerAsJob: true,
      summary: 'Take time back by its opposite',
      tag,
      policy: 'time.log',
      versioned: true,
      params: idParams,
      body: timeRemoval,
      replies: timeEntry,
      handle: async ({ tx, params, caller, body, expectedVersion: version }) => {
        const given = { id: params.id, version, change: null, reason: body.reason }
        return written(tx, caller, await work.correctTime(tx, caller, given))
      },
    }),
    write({
      method: 'POST',
      path: '/time/:id/approve',
      summary: "Approve somebody else's time",
      tag,
      policy: 'time.approve',
      versioned: true,
      params: idParams,
      replies: timeEntry,
      handle: async ({ tx, params, caller, expectedVersion }) => {
        await work.approveTime(tx, staffOnly(caller), params.id, expectedVersion)
        return written(tx, caller, params.id)
      },
    }),
  ]
}

function sheetOf(monday: string, items: readonly TimeEntryView[]) {
  const sheet = weekSheet(
    monday,
    items.map((entry) => ({
      ticketId: String(entry.ticket.id),
      activity: entry.activity.code,
      date: entry.date,
      minutes: entry.minutes,
    })),
  )
  return {
    ...sheet,
    rows: sheet.rows.flatMap(({ ticketId, activity, ...row }) => {
      const entry = items.find((item) => String(item.ticket.id) === ticketId && item.activity.code === activity)
      return entry ? [{ ...row, ticket: entry.ticket, activity: entry.activity }] : []
    }),
  }
}

type Planned = Awaited<ReturnType<Work['preview']>>

function presentPreview({ plan, span }: Planned, caller: Actor, locale: Locale): TimePreview {
  const seesMoney = mayEver(caller, 'price.read')
  const { charge, gate } = plan
  return {
    workedMinutes: span.minutes,
    chargedMinutes: charge.chargedMinutes,
    amountKopecks: seesMoney ? charge.amountKopecks : null,
    billable: plan.billable,
    reason: plan.reason,
    share: charge.share,
    needsEstimate: plan.billable && plan.proposal.needsEstimate,
    service:
      plan.service === null
        ? null
        : { ...plan.service, name: plan.service.name[locale], because: plan.service.because?.[locale] ?? null },
    services: plan.services.map((one) => ({ ...one, name: one.name[locale] })),
    explanation: charge.explanation[locale],
    sentence: chargeSentence(charge, plan.billable, span.minutes, locale, seesMoney),
    steps: stepsFor(charge.steps, locale, seesMoney),
    fromPackageMinutes: charge.fromPackageMinutes,
    beyondMinutes: charge.beyondMinutes,
    stoppedMinutes: charge.stoppedMinutes,
    estimate:
      gate === null
        ? null
        : {
            approvedMinutes: gate.approvedMinutes,
            limitMinutes: gate.limitMinutes,
            usedMinutes: gate.usedMinutes,
            usedAfterMinutes: gate.usedAfterMinutes,
            refusedMinutes: gate.refusedMinutes,
            warns: gate.warns,
            explanation: gate.explanation[locale],
          },
  }
}
