import { readFile } from 'node:fs/promises'
import type { Instant } from '@opora/core'
import type { Database, Queryable, Tx } from '@opora/platform/database'
import { advance } from './domain/advance.ts'
import { presentElements, waitingService } from './domain/outcomes.ts'
import type { Bilingual, Facts } from './domain/process-definition.ts'
import { type Advance, type Command, initialState, type ProcessEvent } from './domain/process-state.ts'
import { readProcess } from './domain/read-process.ts'
import { type MeasuredStay, staysOfTicket } from './heat.service.ts'
import { refuseProcess } from './process.refusals.ts'
import { type DueTimer, processStore } from './process.store.ts'
import type { RunningProcess } from './running-process.ts'
import { createDefinitionBook } from './verbs/definition-book.ts'
import { moveInstance, type VersionMove } from './verbs/move-instance.ts'
import { saveTimers } from './verbs/save-timers.ts'

/** The process that ships: `processes/three-lines.bpmn`. */
export const SHIPPED_PROCESS = 'three-lines'

export interface TicketOfProcess {
  ticketId: number
  clientId: number
  contractId: number | null
}

export interface ProcessPorts {
  /** When a timer that was started at `from` is due, in the working time of the ticket's contract. */
  dueAt(sql: Queryable, ticket: TicketOfProcess, due: DueInCalendar, from: Instant): Promise<Instant>
  /** Counts open minutes in the service hours of these contracts. Left out: service time is not measured. */
  openMinutes?: (sql: Queryable, contractIds: readonly (number | null)[]) => Promise<OpenMinutes>
}

/** Minutes of service time between two moments by the contract's hours; null where they cannot be told. */
export type OpenMinutes = (contractId: number | null, from: Instant, until: Instant) => number | null

/** A timer of the diagram that runs in working time, or that has its moment already. */
export type DueInCalendar =
  | { unit: 'minutes'; minutes: number }
  | { unit: 'working_days'; days: number }
  | { unit: 'instant'; at: Instant }

export interface ProcessPicture {
  key: string
  version: number
  xml: string
  /** Ids of the places where the ticket stands now. */
  present: string[]
  /** Ids of nodes and flows that it has passed. */
  passed: string[]
  /** Its stays at places in the order of coming, with the names that the diagram gives them. */
  stays: (MeasuredStay & { name: Bilingual })[]
}

export type ProcessService = ReturnType<typeof createProcessService>

export function createProcessService(ports: ProcessPorts) {
  const book = createDefinitionBook(SHIPPED_PROCESS)
  const { definitionOf } = book
  const carryTimers = (
    tx: Queryable,
    instanceId: number,
    ticket: TicketOfProcess,
    commands: readonly Command[],
    now: Instant,
  ) => saveTimers(ports, tx, { instanceId, ticket, now }, commands)
  return {
    /**
     * Publishes the shipped process as the next version when its file differs from the newest one; says whether it did.
     * A process that somebody here has published since is theirs: it stays.
     */
    async publishShipped(tx: Tx): Promise<boolean> {
      const xml = await readFile(new URL('./processes/three-lines.bpmn', import.meta.url), 'utf8')
      const latest = await processStore.latestDefinition(tx, SHIPPED_PROCESS)
      if (latest && (latest.xml === xml || latest.publishedBy !== null)) return false
      const definition = await readProcess(xml)
      await processStore.publish(tx, {
        key: SHIPPED_PROCESS,
        version: (latest?.version ?? 0) + 1,
        nameRu: definition.name.ru,
        nameEn: definition.name.en,
        xml,
        publishedBy: null,
        // The first version holds for tickets of any date: an import or a story may begin before this day.
        ...(latest === null ? { effectiveFrom: 0 } : {}),
      })
      book.forgetNewest()
      return true
    },
    /** The first step of a new ticket's process, not yet saved. */
    async begin(sql: Queryable, facts: Facts): Promise<{ definitionId: number; first: Advance }> {
      const definitionId = await book.newestId(sql)
      return {
        definitionId,
        first: advance(await definitionOf(sql, definitionId), initialState(), { type: 'started' }, facts),
      }
    },
    /** Saves what `begin` gave for a ticket that has been inserted. */
    async saveBegun(
      tx: Queryable,
      ticket: TicketOfProcess,
      begun: { definitionId: number; first: Advance },
      now: Instant,
    ): Promise<void> {
      const { first } = begun
      const id = await processStore.insertInstance(tx, {
        clientId: ticket.clientId,
        ticketId: ticket.ticketId,
        definitionId: begun.definitionId,
        state: first.state,
        trail: first.trail,
      })
      await carryTimers(tx, id, ticket, first.commands, now)
    },
    /** The ticket's process, locked until the transaction ends. */
    async lock(tx: Queryable, ticketId: number): Promise<RunningProcess> {
      const instance = await processStore.lockInstance(tx, ticketId)
      if (!instance) throw refuseProcess('process.not_found')
      return { instance, definition: await definitionOf(tx, instance.definitionId) }
    },
    async read(sql: Queryable, ticketId: number): Promise<RunningProcess | null> {
      const instance = await processStore.readInstance(sql, ticketId)
      return instance ? { instance, definition: await definitionOf(sql, instance.definitionId) } : null
    },
    definitionOf,
    /** The id of the service task at which this process waits for what the action has asked for; `null` when it does not. */
    waitingService: (running: RunningProcess, action: string, params: Readonly<Record<string, string>>) =>
      waitingService(running.definition, running.instance.state, action, params),
    /** A version has been published: new tickets ask again which one holds. */
    forgetNewest: book.forgetNewest,
    /** Moves a locked process by one event and saves its tokens and timers; what else follows is the caller's. */
    async step(
      tx: Queryable,
      running: RunningProcess,
      contractId: number | null,
      event: ProcessEvent,
      facts: Facts,
      now: Instant,
    ): Promise<Advance> {
      const { instance, definition } = running
      const moved = advance(definition, instance.state, event, facts)
      if (moved.ignored) return moved
      const trail = [...new Set([...instance.trail, ...moved.trail])]
      await processStore.saveInstance(tx, instance.id, moved.state, trail)
      await carryTimers(
        tx,
        instance.id,
        { ticketId: instance.ticketId, clientId: instance.clientId, contractId },
        moved.commands,
        now,
      )
      running.instance = { ...instance, state: moved.state, trail }
      return moved
    },
    /**
     * Moves a locked process to another version on purpose and saves it; refuses with what the tokens would miss there.
     * What follows for the ticket is the caller's.
     */
    async moveTo(tx: Queryable, running: RunningProcess, to: VersionMove): Promise<Advance> {
      const moved = await moveInstance(book, tx, running, to)
      const { ticketId, clientId } = running.instance
      await carryTimers(
        tx,
        running.instance.id,
        { ticketId, clientId, contractId: to.contractId },
        moved.commands,
        to.now,
      )
      return moved
    },
    /** `timed`: with the stays; whoever may not read a ticket's history is shown none. */
    async picture(sql: Queryable, ticketId: number, timed = true): Promise<ProcessPicture | null> {
      const instance = await processStore.readInstance(sql, ticketId)
      const row = instance && (await processStore.definition(sql, instance.definitionId))
      if (!instance || !row) return null
      const definition = await definitionOf(sql, instance.definitionId)
      const stays = timed ? await staysOfTicket(sql, ports, ticketId) : []
      return {
        ...{ key: row.key, version: row.version, xml: row.xml, passed: instance.trail },
        present: presentElements(definition, instance.state),
        stays: stays.map((stay) => ({
          ...stay,
          name: definition.nodes[stay.place]?.name ?? { ru: stay.place, en: stay.place },
        })),
      }
    },
    /** Fires one due timer in its own transaction; says how many it did (0 or 1). */
    async fireDueTimer(database: Database, onDue: (tx: Tx, timer: DueTimer) => Promise<void>): Promise<number> {
      return database.begin({ as: 'worker' }, async (tx) => {
        const timer = await processStore.takeDueTimer(tx)
        if (!timer) return 0
        await onDue(tx, timer)
        return 1
      })
    },
  }
}
