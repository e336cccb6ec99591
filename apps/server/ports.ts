import { join } from 'node:path'
import type { Delivery } from '@opora/channels'
import { type CalendarBook, coverageOf } from '@opora/contracts'
import type { Instant } from '@opora/core'
import type { PromisedTime } from '@opora/notices'
import type { Queryable } from '@opora/platform/database'
import type { CoverageAnswer, CoverageQuestion } from '@opora/tickets'
import type { Config } from './config.ts'

/** What a contract says about a request, in the words of tickets. */
export async function coverageForTickets(sql: Queryable, question: CoverageQuestion): Promise<CoverageAnswer> {
  const answer = await coverageOf(sql, { ...question, channel: question.channel as never })
  return {
    contractId: answer.contract?.id ?? null,
    entitlement: answer.entitlement,
    reason:
      answer.reason === null && answer.entitlement === 'covered'
        ? null
        : { ru: answer.explanation.ru, en: answer.explanation.en },
    flags: answer.flags.map((flag) => flag.code),
    licenceClass: answer.licenceClass,
  }
}

/** The promised times of a ticket, for its receipt. */
export async function promisesOf(sql: Queryable, ticketId: number): Promise<PromisedTime[]> {
  return sql<
    PromisedTime[]
  >`select metric, due_at, estimated from clock where ticket_id = ${ticketId} and state = 'running' and due_at is not null order by due_at`
}

export function deliveryOf(config: Config): Delivery {
  const { channels, platform } = config
  if (channels.transport === 'folder') return { by: 'folder', folder: join(platform.data, 'outbox') }
  if (channels.transport !== 'smtp' || channels.host === null) return { by: 'off' }
  const auth = channels.user === null ? null : { user: channels.user, pass: channels.password?.reveal() ?? '' }
  return { by: 'smtp', transport: { host: channels.host, port: channels.port, security: channels.security, auth } }
}

/** Whose hours a notice to the provider's people respects. */
const OFFICE_HOURS = 'mon-fri-10-19'

/** The present moment inside office hours, else their next opening. */
export async function nextWorkingMoment(book: CalendarBook, sql: Queryable, at: Instant): Promise<Instant> {
  await book.refresh(sql)
  return book.calendar(OFFICE_HOURS)?.nextOpening(at) ?? at
}
