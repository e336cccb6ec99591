import { type Instant, isoInstant, isoInstantOrNull, type Locale } from '@opora/core'
import type { AvailableOutcome, PlaceSummary } from '@opora/process'
import type { DeadlineOffer, Message, Outcome, Ticket } from './contract.ts'
import type { DeadlineOffer as StoredOffer } from './deadline.read-model.ts'
import { GENERAL_FORM } from './domain/general-form.ts'
import { proposedPriority, tableOf } from './domain/priority.ts'
import { presentRow } from './tickets.list.ts'
import type { TicketPorts } from './tickets.ports.ts'
import type { MessageRow, TicketAround, TicketDetail } from './tickets.read-model.ts'

export const MESSAGES_PER_PAGE = 50

export function presentMessage(row: MessageRow, now: Instant): Message {
  const pending = row.sendAt !== null && row.sentAt === null && row.cancelledAt === null && row.sendAt > now
  return {
    id: row.id,
    visibility: row.visibility,
    direction: row.direction,
    channel: row.channel,
    author: {
      name: row.authorName,
      email: row.authorEmail,
      accountId: row.authorAccountId,
      contactId: row.authorContactId,
    },
    text: row.bodyText,
    visibleText: row.visibleText,
    html: row.bodyHtml,
    recipients: row.recipients,
    unverified: row.unverified,
    isAnswer: row.isAnswer,
    createdAt: isoInstant(row.createdAt),
    undoUntil: pending ? isoInstant(row.sendAt!) : null,
    sentAt: isoInstantOrNull(row.sentAt),
    cancelled: row.cancelledAt !== null,
    files: (row.files ?? []).map((file) => ({
      id: file.publicId,
      name: file.name,
      mime: file.mime,
      sizeBytes: file.sizeBytes,
      url: `/api/v1/files/${file.publicId}`,
      inlineCid: file.inlineCid,
    })),
  }
}

export function presentOutcome(outcome: AvailableOutcome, locale: Locale): Outcome {
  return {
    id: outcome.outcomeId,
    taskId: outcome.taskId,
    label: outcome.label[locale],
    style: outcome.style,
    needs: outcome.needs,
    fields: outcome.fields.map((field) => ({
      name: field.name,
      type: field.type,
      label: field.label[locale],
      required: field.required,
      options: field.options.map((option) => ({ value: option.value, label: option.label[locale] })),
    })),
  }
}

export function presentOffer(offer: StoredOffer | null): DeadlineOffer | null {
  if (offer === null) return null
  const { id, reason, decision } = offer
  return {
    id,
    dueAt: isoInstant(offer.dueAt),
    reason,
    offeredBy: offer.offeredByName,
    offeredAt: isoInstant(offer.offeredAt),
    decision,
    decidedBy: offer.decidedByName,
    decidedAt: isoInstantOrNull(offer.decidedAt),
  }
}

export interface TicketParts {
  row: TicketDetail
  around: TicketAround
  messages: MessageRow[]
  outcomes: AvailableOutcome[]
  present: PlaceSummary | null
  offer: StoredOffer | null
}

function presentForm(row: TicketDetail, locale: Locale): Ticket['form'] {
  return {
    id: row.formId,
    version: row.formNumber,
    outdated: row.newestFormId !== row.formId && row.state !== 'closed',
    fields: row.formFields ?? GENERAL_FORM,
    answers: row.form ?? {},
    files: row.filesCount,
    missing: row.missing.map((one) => ({ name: one.name, label: one[locale] })),
    asked: row.askedFields,
  }
}

/** The first line is told the topic's way until somebody has answered. */
function adviceOf(row: TicketDetail, locale: Locale): Ticket['advice'] {
  const { topicRoute: route, topicExcluded } = row
  if (route === null || row.firstAnswerAt !== null || row.state !== 'open') return null
  const readyAnswer = locale === 'ru' ? row.readyAnswerRu : row.readyAnswerEn
  if (route === 'pass_on' && !readyAnswer) return null
  return { route, excluded: topicExcluded ?? false, readyAnswer }
}

function marksMissing(row: TicketDetail): string[] {
  const { impact, urgency, complexity, category, plannedMinutes, expectedOn } = row
  const set: Record<string, unknown> = {
    impact,
    urgency,
    complexity,
    category,
    planned_minutes: plannedMinutes,
    expected_on: expectedOn,
  }
  return (row.kindMarks ?? []).filter((mark) => set[mark] === null)
}

/** The ticket page's data: one answer with everything that the first paint needs. */
export function presentTicket(parts: TicketParts, locale: Locale, countdown: TicketPorts['countdown']): Ticket {
  const { row, around, messages, present } = parts
  return {
    ...presentRow(row, locale, countdown),
    ...around,
    // of a contract whose number is hidden from the reader there is nothing to say
    contract:
      row.contractId === null || row.contractNumber === null
        ? null
        : { id: row.contractId, number: row.contractNumber, title: row.contractTitle ?? '' },
    contactEmail: row.contactEmail,
    contactPhone: row.contactPhone,
    impact: row.impact,
    urgency: row.urgency,
    proposedPriority: proposedPriority(row.impact, row.urgency, tableOf(row.cells)),
    complexity: row.complexity,
    category: row.category,
    plannedMinutes: row.plannedMinutes,
    expectedOn: row.expectedOn,
    licenceClass: row.licenceClass,
    entitlementReason: row.entitlementReason?.[locale] ?? null,
    form: presentForm(row, locale),
    advice: adviceOf(row, locale),
    marksMissing: marksMissing(row),
    custom: row.custom,
    instruction: present?.instruction?.[locale] ?? null,
    laneInstruction: present?.laneInstruction?.[locale] ?? null,
    statusForClient: locale === 'ru' ? row.statusClientRu : row.statusClientEn,
    outcomes: parts.outcomes.map((outcome) => presentOutcome(outcome, locale)),
    messages: messages.map((message) => presentMessage(message, row.now)),
    messagesBefore: messages.length === MESSAGES_PER_PAGE ? (messages[0]?.id ?? null) : null,
    shares: around.shares.map((share) => ({ ...share, endsAt: new Date(share.endsAt).toISOString() })),
    firstAnswerAt: isoInstantOrNull(row.firstAnswerAt),
    solvedAt: isoInstantOrNull(row.solvedAt),
    closedAt: isoInstantOrNull(row.closedAt),
    snoozedUntil: isoInstantOrNull(row.snoozedUntil),
    deadlineOffer: presentOffer(parts.offer),
  }
}
