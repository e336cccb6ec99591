import type { Actor } from '@opora/access'
import type { Database, Queryable, Tx } from '@opora/platform/database'
import type { VendorFacts } from './domain/vendor-eligibility.ts'
import { invitationsReadModel } from './invitations.read-model.ts'
import type { TicketEvents } from './tickets.events.ts'
import type { TicketPorts } from './tickets.ports.ts'
import { ticketsReadModel } from './tickets.read-model.ts'
import { refuseTicket } from './tickets.refusals.ts'
import { noteTicket } from './verbs/add-message.ts'
import {
  changeVendorNumber,
  endVendorWait,
  overrideVendor,
  remindOfVendor,
  saveVendorSettings,
} from './verbs/ask-vendor.ts'
import { followAccident } from './verbs/follow-accident.ts'
import { invitePartner, mailPartnerAgain, prolongPartner, withdrawPartner } from './verbs/invite-partner.ts'
import { tellPartnerEnding } from './verbs/partner-endings.ts'
import { shareByProcess } from './verbs/share-ticket.ts'
import { tellProcess } from './verbs/take-outcome.ts'

/** The verbs of help from outside: partners invited to a ticket, the vendor's own support; and what an accident gathers. */
export function outsideVerbs(ports: TicketPorts) {
  return {
    shareByProcess: (tx: Tx, event: TicketEvents['ticket.action']) => shareByProcess(ports, tx, event),
    followAccident: (tx: Tx, event: TicketEvents['ticket.action']) => followAccident(ports, tx, event),
    overrideVendor,
    changeVendorNumber,
    endVendorWait,
    saveVendorSettings: (tx: Tx, actor: Actor, change: Parameters<typeof saveVendorSettings>[3]) =>
      saveVendorSettings(ports, tx, actor, change),
    remindOfVendor: (database: Database) => remindOfVendor(ports, database),
    countVendorTime: ports.vendorHours.count,
    /** What the vendor answered is kept as a note, and the process goes on where it waited. */
    async vendorAnswered(tx: Tx, actor: Actor, id: number, text: string): Promise<void> {
      await noteTicket(ports, tx, actor, id, { text, files: [], mentions: [], forPartner: false })
      if (!(await tellProcess(ports, tx, actor, id, 'vendor.answered'))) throw refuseTicket('ticket.vendor_not_asked')
    },
    async vendorFactsOf(sql: Queryable, actor: Actor, id: number): Promise<VendorFacts> {
      const row = await ticketsReadModel.detail(sql, actor, id)
      if (!row?.vendorFacts) throw refuseTicket('ticket.not_found')
      return row.vendorFacts
    },
    invitePartner: (tx: Tx, actor: Actor, id: number, wish: Parameters<typeof invitePartner>[4]) =>
      invitePartner(ports, tx, actor, id, wish),
    prolongPartner: (tx: Tx, actor: Actor, id: number, change: Parameters<typeof prolongPartner>[4]) =>
      prolongPartner(ports, tx, actor, id, change),
    withdrawPartner: (tx: Tx, actor: Actor, id: number, accountId: number) =>
      withdrawPartner(ports, tx, actor, id, accountId),
    mailPartnerAgain: (tx: Tx, actor: Actor, id: number, accountId: number) =>
      mailPartnerAgain(ports, tx, actor, id, accountId),
    tellPartnerEnding: (database: Database) => tellPartnerEnding(ports, database),
    async partners(sql: Queryable, actor: Actor, id: number) {
      if (!(await ticketsReadModel.detail(sql, actor, id))) throw refuseTicket('ticket.not_found')
      return invitationsReadModel.list(sql, id)
    },
  }
}
