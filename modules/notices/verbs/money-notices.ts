import { type Instant, minutesInWords, type Words } from '@opora/core'
import type { Json, Tx } from '@opora/platform/database'
import { formatDate } from '@opora/platform/i18n'
import { announce } from '@opora/platform/live'
import type { TicketHead } from '@opora/tickets'
import { expiredLetter } from '../letters/money-letters.ts'
import type { NoticePorts } from '../notices.ports.ts'
import { noticesStore } from '../notices.store.ts'
import { orderOf } from './client-letters.ts'

interface Estimate {
  id: number
  round: number
  title: string
  minutes: number
  validUntil: string | null
}

interface AboutEstimate {
  actor: { accountId: number | null; name: string }
  ticket: TicketHead
  estimate: Estimate
  authorId: number
  now: Instant
}

interface Telling {
  /** Names the occasion: the same one is told once. */
  occasion: string
  sentence: Words
  ticket: TicketHead | null
  clientId: number
  now: Instant
  /** The page to open, where it is no ticket. */
  path?: string
}

async function tell(ports: NoticePorts, tx: Tx, people: readonly (number | null)[], telling: Telling): Promise<void> {
  const { ticket, clientId, sentence, now, path } = telling
  const data: Record<string, Json> = {
    ...sentence,
    ...(ticket === null ? {} : { number: ticket.number, subject: ticket.subject }),
    ...(path === undefined ? {} : { path }),
  }
  for (const accountId of new Set(people.filter((id) => id !== null))) {
    const made = await noticesStore.addNotice(tx, {
      accountId,
      clientId,
      ticketId: ticket?.id ?? null,
      kind: 'money',
      dedupe: telling.occasion,
      data,
      deliverAt: await ports.nextWorkingMoment(tx, now, accountId),
    })
    if (made) await announce(tx, { topic: 'notice', clientId: null, accountId })
  }
}

const DECIDED = {
  approve: { ru: 'согласована', en: 'approved' },
  decline: { ru: 'отклонена', en: 'declined' },
  ask: { ru: 'клиент спрашивает', en: 'the client asks' },
} as const

/** The client's word on an estimate, to whoever wrote it and has the ticket. */
export async function tellEstimateDecided(
  ports: NoticePorts,
  tx: Tx,
  event: AboutEstimate & { decision: keyof typeof DECIDED; comment: string },
): Promise<void> {
  const { ticket, estimate, decision, authorId, now } = event
  const comment = event.comment === '' ? '' : `: «${event.comment}»`
  await tell(ports, tx, [authorId, ticket.assigneeId], {
    occasion: `estimate:${estimate.id}:${decision}:${now}`,
    sentence: {
      ru: `Оценка по № ${ticket.number}: ${DECIDED[decision].ru}${comment}`,
      en: `The estimate of no. ${ticket.number}: ${DECIDED[decision].en}${comment}`,
    },
    ticket,
    clientId: ticket.clientId,
    now,
  })
}

/** The work comes near to what was approved: whoever works and has the ticket. */
export async function tellEstimateWarned(
  ports: NoticePorts,
  tx: Tx,
  event: Pick<AboutEstimate, 'actor' | 'ticket' | 'now'> & { usedMinutes: number; approvedMinutes: number },
): Promise<void> {
  const { ticket, actor, usedMinutes, approvedMinutes, now } = event
  const of = (locale: 'ru' | 'en') =>
    [minutesInWords(usedMinutes, locale), minutesInWords(approvedMinutes, locale)] as const
  const [ru, en] = [of('ru'), of('en')]
  await tell(ports, tx, [actor.accountId, ticket.assigneeId], {
    occasion: `estimate:${ticket.id}:warned:${approvedMinutes}`,
    sentence: {
      ru: `По оценке израсходовано ${ru[0]} из ${ru[1]}: № ${ticket.number} ${ticket.subject}`,
      en: `${en[0]} of ${en[1]} estimated are used: no. ${ticket.number} ${ticket.subject}`,
    },
    ticket,
    clientId: ticket.clientId,
    now,
  })
}

/** Work went past what was approved: the further round waits for somebody to complete and send it. */
export async function tellRoundOpened(ports: NoticePorts, tx: Tx, event: AboutEstimate): Promise<void> {
  const { ticket, estimate, authorId, now } = event
  const manager = await noticesStore.managerOf(tx, ticket.clientId)
  await tell(ports, tx, [authorId, ticket.assigneeId, manager], {
    occasion: `estimate:${estimate.id}:opened`,
    sentence: {
      ru: `Согласованное израсходовано, открыт раунд ${estimate.round}: дополните оценку и отправьте, № ${ticket.number}`,
      en: `What was approved is used up; round ${estimate.round} is open: complete the estimate and send it, no. ${ticket.number}`,
    },
    ticket,
    clientId: ticket.clientId,
    now,
  })
}

/** Nobody decided in time: whoever wrote the estimate, and the client by a letter. */
export async function tellEstimateExpired(ports: NoticePorts, tx: Tx, event: AboutEstimate): Promise<void> {
  const { ticket, estimate, authorId, now } = event
  const until = (locale: 'ru' | 'en') => (estimate.validUntil === null ? '' : formatDate(estimate.validUntil, locale))
  await tell(ports, tx, [authorId, ticket.assigneeId], {
    occasion: `estimate:${estimate.id}:expired`,
    sentence: {
      ru: `Оценка по № ${ticket.number} никем не согласована и закончилась ${until('ru')}`,
      en: `The estimate of no. ${ticket.number} was decided by nobody and ended on ${until('en')}`,
    },
    ticket,
    clientId: ticket.clientId,
    now,
  })
  const company = await noticesStore.companyName(tx)
  for (const recipient of await noticesStore.responsible(tx, ticket.clientId))
    await ports.outbox.enqueue(
      tx,
      orderOf(
        ticket,
        recipient,
        'estimate',
        `e${estimate.id}:expired`,
        expiredLetter(company, recipient, ticket, until),
      ),
    )
}

export interface Objected {
  clientId: number
  clientName: string
  documentId: number
  /** The paper by kind and number. */
  title: string
  lines: readonly { number: number; reason: string }[]
  contactName: string
  now: Instant
}

/** A client does not agree with lines of an act: finance and the client's account manager learn of it at once. */
export async function tellObjected(ports: NoticePorts, tx: Tx, event: Objected): Promise<void> {
  const { clientId, clientName, documentId, title, contactName, now } = event
  const lines = event.lines.map(({ number }) => number).join(', ')
  const reason = event.lines[0]?.reason ?? ''
  const people = await noticesStore.accountsOfRole(tx, 'fi', clientId)
  await tell(ports, tx, [...people, await noticesStore.managerOf(tx, clientId)], {
    occasion: `objected:${documentId}:${now}`,
    sentence: {
      ru: `${clientName}: возражение к «${title}», строки ${lines} (${contactName}): ${reason}`,
      en: `${clientName}: an objection to “${title}”, lines ${lines} (${contactName}): ${reason}`,
    },
    ticket: null,
    clientId,
    now,
    path: `/desk/documents/${documentId}`,
  })
}
