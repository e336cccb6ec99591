import type { AccessMail } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Database, Tx } from '@opora/platform/database'
import type { TicketEvents } from '@opora/tickets'
import type { NoticePorts } from './notices.ports.ts'
import { noticesStore } from './notices.store.ts'
import {
  askToVote,
  type BoardDecided,
  mailWindow,
  tellDecided,
  tellReviewLate,
  type VoteAsked,
} from './verbs/board-notices.ts'
import {
  followFacts,
  mailAskers,
  mailCoupon,
  mailDocuments,
  mailEstimate,
  mailReceipt,
  mailReply,
  mailReport,
  mailTouched,
  type OfferedEstimate,
  type SentDocuments,
  type SentReport,
} from './verbs/client-letters.ts'
import { type ContractDate, tellContractDate, tellLedgerBroken } from './verbs/contract-notices.ts'
import { mailDeadline } from './verbs/deadline-letters.ts'
import { tellGlass } from './verbs/glass-notices.ts'
import {
  type Objected,
  tellEstimateDecided,
  tellEstimateExpired,
  tellEstimateWarned,
  tellObjected,
  tellRoundOpened,
} from './verbs/money-notices.ts'
import {
  mailInvitation,
  mailPartnerNote,
  tellPartnerEnding,
  tellPartnerWrote,
  tellVendorSilent,
} from './verbs/outside-notices.ts'
import { type RuleStopped, tellEstimateWanted, tellRuleStopped } from './verbs/rule-notices.ts'
import {
  type Alarm,
  type Called,
  tellAlarm,
  tellAssigned,
  tellCalled,
  tellClientWrote,
  tellMailLost,
  tellManagers,
  tellMentioned,
  tellUnanswered,
} from './verbs/staff-notices.ts'
import { mailNextNotice, sendAccessMail } from './verbs/system-mail.ts'

export type Notices = ReturnType<typeof createNotices>

/** Who is told what: hears what happened in the house and puts letters and notices on their way, in the same transaction. */
export function createNotices(ports: NoticePorts) {
  return {
    async onOpened(tx: Tx, event: TicketEvents['ticket.opened']): Promise<void> {
      await mailReceipt(ports, tx, event)
      if (event.coupon) await tellManagers(ports, tx, event.ticket, event.now, 'coupon_used')
    },
    onReplied: (tx: Tx, event: TicketEvents['ticket.replied']) => mailReply(ports, tx, event),
    onFacts: (tx: Tx, event: TicketEvents['ticket.facts']) => followFacts(ports, tx, event),
    onClientWrote: (tx: Tx, event: TicketEvents['ticket.client_wrote']) => tellClientWrote(ports, tx, event),
    async onNoted(tx: Tx, event: TicketEvents['ticket.noted']): Promise<void> {
      await tellMentioned(ports, tx, event)
      await mailPartnerNote(ports, tx, event)
    },
    onGlass: (tx: Tx, event: TicketEvents['ticket.glass']) => tellGlass(tx, event),
    onDeadlineOffered: (tx: Tx, event: TicketEvents['ticket.deadline_offered']) => mailDeadline(ports, tx, event),
    onVendorSilent: (tx: Tx, event: TicketEvents['ticket.vendor_silent']) => tellVendorSilent(ports, tx, event),
    onPartnerInvited: (tx: Tx, event: TicketEvents['ticket.partner_invited']) => mailInvitation(ports, tx, event),
    onPartnerEnding: (tx: Tx, event: TicketEvents['ticket.partner_ending']) => tellPartnerEnding(ports, tx, event),
    onPartnerWrote: (tx: Tx, event: TicketEvents['ticket.partner_wrote']) => tellPartnerWrote(ports, tx, event),
    onAssigned: (tx: Tx, event: TicketEvents['ticket.assigned']) => tellAssigned(ports, tx, event),
    onAlarm: (tx: Tx, event: Alarm) => tellAlarm(ports, tx, event),
    onCalled: (tx: Tx, event: Called & { accountId: number }) => tellCalled(ports, tx, event),
    onUnanswered: (tx: Tx, event: Called & { accountIds: number[] }) => tellUnanswered(ports, tx, event),
    onEstimateOffered: (tx: Tx, event: Pick<TicketEvents['ticket.opened'], 'ticket'> & { estimate: OfferedEstimate }) =>
      mailEstimate(ports, tx, event),
    onEstimateDecided: (tx: Tx, event: Parameters<typeof tellEstimateDecided>[2]) =>
      tellEstimateDecided(ports, tx, event),
    onEstimateWarned: (tx: Tx, event: Parameters<typeof tellEstimateWarned>[2]) => tellEstimateWarned(ports, tx, event),
    onEstimateExpired: (tx: Tx, event: Parameters<typeof tellEstimateExpired>[2]) =>
      tellEstimateExpired(ports, tx, event),
    onRoundOpened: (tx: Tx, event: Parameters<typeof tellRoundOpened>[2]) => tellRoundOpened(ports, tx, event),
    onObjected: (tx: Tx, event: Objected) => tellObjected(ports, tx, event),
    onReportSent: (tx: Tx, event: SentReport) => mailReport(ports, tx, event),
    onDocumentsSent: (tx: Tx, event: SentDocuments) => mailDocuments(ports, tx, event),
    onCouponIssued: (tx: Tx, event: { clientId: number; couponId: number; code: string }) =>
      mailCoupon(ports, tx, event),
    onMailLost: (tx: Tx, mail: Parameters<typeof tellMailLost>[2]) => tellMailLost(ports, tx, mail),
    /** What the process asked to be told. */
    async onAction(tx: Tx, event: TicketEvents['ticket.action']): Promise<void> {
      const { ticket, name, params, now } = event
      if (name === 'ask_rating') await mailAskers(ports, tx, ticket, 'rating', String(now))
      if (name === 'notify_touched') await mailTouched(ports, tx, ticket, now)
      if (name === 'remind_client') await mailAskers(ports, tx, ticket, 'remind', String(now))
      if (name === 'reject')
        await mailAskers(ports, tx, ticket, 'rejected', String(now), String(params['reason'] ?? ''))
      if (name === 'page_on_call')
        await tellManagers(ports, tx, ticket, now, ticket.kind === 'accident' ? 'page' : 'page_asked')
    },
    onContractReminder: async (tx: Tx, event: ContractDate) => tellContractDate(tx, event, await databaseNow(tx)),
    onLedgerBroken: async (tx: Tx, event: Parameters<typeof tellLedgerBroken>[1]) =>
      tellLedgerBroken(tx, event, await databaseNow(tx)),
    onRuleStopped: (tx: Tx, event: RuleStopped) => tellRuleStopped(tx, event),
    onEstimateWanted: (tx: Tx, event: Parameters<typeof tellEstimateWanted>[1]) => tellEstimateWanted(tx, event),
    onVoteAsked: (tx: Tx, event: VoteAsked) => askToVote(ports, tx, event),
    onBoardDecided: (tx: Tx, event: BoardDecided) => tellDecided(ports, tx, event),
    onReviewLate: (tx: Tx, event: Parameters<typeof tellReviewLate>[2]) => tellReviewLate(ports, tx, event),
    onWindowAsked: (tx: Tx, event: Parameters<typeof mailWindow>[2]) => mailWindow(ports, tx, event),
    sendAccessMail: (tx: Tx, mail: AccessMail) => sendAccessMail(ports, tx, mail),
    mailNextNotice: (database: Database) => mailNextNotice(ports, database),
    list: noticesStore.list,
    unread: noticesStore.unread,
    markRead: noticesStore.markRead,
  }
}
