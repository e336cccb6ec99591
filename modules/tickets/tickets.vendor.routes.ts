import { type Actor, forSides, read, scopeOf, write } from '@opora/access'
import { type Instant, isoInstant, isoInstantOrNull, type Locale, MINUTE_MS } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'
import { IdParams } from './contract.ts'
import { obstacleWords, vendorObstaclesOf } from './domain/vendor-eligibility.ts'
import type { TicketService } from './tickets.service.ts'
import {
  VendorAnswer,
  VendorNumber,
  VendorSettings,
  VendorSettingsChange,
  VendorView,
  type VendorWait,
  VendorWord,
  WaitingTicket,
} from './vendor.contract.ts'
import { vendorReadModel, type WaitRow } from './vendor.read-model.ts'

const tag = 'vendor'

/** The vendor's own support: may it be asked, how long does it take, who waits for it. */
export function vendorRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return forSides(['staff'], [...askingRoutes(tickets), ...listRoutes(tickets), ...settingsRoutes(tickets)])
}

function askingRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return [
    read({
      path: '/tickets/:id/vendor',
      summary: 'May the vendor be asked, and how long has it been',
      description: 'The vendor’s own clock with its why: stretches inside its hours count, others do not.',
      tag,
      policy: 'ticket.text',
      params: IdParams,
      replies: VendorView,
      handle: ({ params, caller, read: run, locale }) =>
        run((sql) => viewOf(sql, tickets, { ...caller, locale }, params.id)),
    }),
    write({
      method: 'POST',
      path: '/tickets/:id/vendor/override',
      summary: 'Let the vendor be asked although the portal is not eligible; on record',
      tag,
      policy: 'vendor.override',
      params: IdParams,
      body: VendorWord,
      replies: z.object({ version: z.number() }),
      handle: ({ tx, caller, params, body }) => tickets.overrideVendor(tx, caller, params.id, body.reason),
    }),
    write({
      method: 'PATCH',
      path: '/tickets/:id/vendor',
      summary: 'Correct the number at the vendor’s',
      tag,
      policy: 'ticket.change',
      versioned: true,
      params: IdParams,
      body: VendorNumber,
      replies: z.object({ version: z.number() }),
      handle: ({ tx, caller, params, body, expectedVersion: version }) =>
        tickets.changeVendorNumber(tx, caller, params.id, { ...body, version }),
    }),
    write({
      method: 'POST',
      path: '/tickets/:id/vendor/answer',
      summary: 'The vendor has answered: keep the answer as a note and go on',
      tag,
      policy: 'message.note',
      params: IdParams,
      body: VendorAnswer,
      handle: async ({ tx, caller, params, body }) => {
        await tickets.vendorAnswered(tx, caller, params.id, body.text)
      },
    }),
  ]
}

function listRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return [
    read({
      path: '/vendor-waits',
      summary: 'Tickets that wait for the vendor, the longest first',
      tag,
      policy: 'ticket.text',
      replies: z.object({ items: z.array(WaitingTicket) }),
      handle: ({ caller, read: run, locale }) =>
        run(async (sql) => {
          const rows = await vendorReadModel.waiting(sql, scopeOf(caller, 'ticket.text'))
          const counted = await Promise.all(rows.map((row) => presentWait(sql, tickets, row, locale)))
          return { items: rows.map((row, index) => ({ ...counted[index]!.wait, ticket: row.ticket })) }
        }),
    }),
  ]
}

function settingsRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  const path = '/vendor-settings'
  return [
    read({
      path,
      summary: 'The vendor’s hours, terms, reminders and what it takes',
      tag,
      policy: 'topic.read',
      replies: VendorSettings,
      handle: ({ read: run }) =>
        run(async (sql) => {
          const { code: _code, ...vendor } = await vendorReadModel.vendor(sql)
          return { ...vendor, topics: await vendorReadModel.topics(sql) }
        }),
    }),
    write({
      method: 'PUT',
      path,
      summary: 'Change the vendor’s hours, terms, reminders and what it takes',
      tag,
      policy: 'topic.change',
      versioned: true,
      body: VendorSettingsChange,
      handle: async ({ tx, caller, body, expectedVersion: version }) => {
        await tickets.saveVendorSettings(tx, caller, { ...body, version })
      },
    }),
  ]
}

async function viewOf(
  sql: Queryable,
  tickets: TicketService,
  reader: Actor,
  ticketId: number,
): Promise<z.infer<typeof VendorView>> {
  const facts = await tickets.vendorFactsOf(sql, reader, ticketId)
  const { locale } = reader
  const [vendor, override, waits] = await Promise.all([
    vendorReadModel.vendor(sql),
    vendorReadModel.overrideOf(sql, ticketId),
    vendorReadModel.waitsOf(sql, ticketId),
  ])
  const open = waits.find((wait) => wait.endedAt === null)
  const shown = open && (await presentWait(sql, tickets, open, locale))
  const earlier = waits.filter((wait) => wait !== open)
  const reminders = open ? await vendorReadModel.reminders(sql, open.id) : []
  const obstacles = vendorObstaclesOf(facts)
  return {
    vendor: locale === 'ru' ? vendor.nameRu : vendor.nameEn,
    eligible: obstacles.length === 0,
    obstacles: obstacles.map((code) => ({ code, text: obstacleWords[code][locale] })),
    override: override && { reason: override.reason, by: override.name, at: isoInstant(override.at) },
    wait: shown?.wait ?? null,
    intervals: shown?.intervals ?? [],
    reminders: reminders.map(({ dueAt, firedAt, ...rest }) => ({
      ...rest,
      dueAt: isoInstant(dueAt),
      firedAt: isoInstantOrNull(firedAt),
    })),
    earlier: await Promise.all(earlier.map(async (wait) => (await presentWait(sql, tickets, wait, locale)).wait)),
  }
}

const words = {
  open: { ru: 'Рабочие часы вендора', en: 'The vendor’s working hours' },
  closed: { ru: 'Вендор не работает', en: 'Outside the vendor’s hours' },
}

async function presentWait(sql: Queryable, tickets: TicketService, row: WaitRow, locale: Locale) {
  const until: Instant = row.endedAt ?? row.now
  const counted = await tickets.countVendorTime(sql, row.calendarKey, row.askedAt, until)
  const { id, number, link, expectedMinutes, endedAs, version } = row
  const wait: VendorWait = {
    ...{ id, number, link, expectedMinutes, endedAs, version },
    topic: locale === 'ru' ? row.topicRu : row.topicEn,
    askedAt: isoInstant(row.askedAt),
    askedBy: row.askedByName,
    expectedAt: isoInstant(row.expectedAt),
    workingMinutes: counted.minutes,
    clockMinutes: Math.floor((until - row.askedAt) / MINUTE_MS),
    late: until > row.expectedAt,
    endedAt: isoInstantOrNull(row.endedAt),
  }
  const intervals = counted.intervals.map(({ from, to, open, minutes }) => ({
    from: isoInstant(from),
    to: isoInstant(to),
    counted: open,
    minutes,
    text: words[open ? 'open' : 'closed'][locale],
  }))
  return { wait, intervals }
}
