import type { Actor } from '@opora/access'
import type { Tx } from '@opora/platform/database'
import type { TicketPorts } from './tickets.ports.ts'
import { giveToRole } from './verbs/give-to-role.ts'
import { reportDone, type WorkDone } from './verbs/report-done.ts'
import { sendByTemplate } from './verbs/send-automatic.ts'

export type TicketActions = ReturnType<typeof createTicketActions>

/** What a process or a rule does to a ticket and no person does by a button. */
export function createTicketActions(ports: TicketPorts) {
  return {
    sendByTemplate: (tx: Tx, actor: Actor, id: number, wish: { templateId: number; to: 'client' | 'note' }) =>
      sendByTemplate(ports, tx, actor, id, wish),
    giveToRole: (tx: Tx, actor: Actor, id: number, role: string) => giveToRole(ports, tx, actor, id, role),
    reportDone: (tx: Tx, actor: Actor, id: number, work: WorkDone) => reportDone(ports, tx, actor, id, work),
  }
}
