import { systemActor } from '@opora/access'
import type { Json, Tx } from '@opora/platform/database'
import { channelsStore } from '../channels.store.ts'
import type { ParsedMail } from '../domain/parsed-mail.ts'
import type { IntakePorts } from './ports.ts'

/** A delivery report: a dead address is marked, and whoever wrote learns of it by a note. It opens and answers nothing. */
export async function hearBounce(ports: IntakePorts, tx: Tx, mail: ParsedMail): Promise<Json> {
  const { bounce } = mail
  if (bounce === null) return { kind: 'unknown' }
  for (const recipient of bounce.recipients) {
    if (recipient.address !== null && recipient.hard && bounce.kind === 'bounce')
      await ports.people.markMailBad(tx, recipient.address, true)
  }
  const [reference] = bounce.originalMessageId ? await channelsStore.referencesOf(tx, [bounce.originalMessageId]) : []
  if (reference && bounce.kind !== 'delivered') {
    const lines = bounce.recipients.map((recipient) =>
      `${recipient.address ?? '?'}: ${recipient.action} ${recipient.status ?? ''} ${recipient.diagnostic}`.trim(),
    )
    const text = ['Письмо клиенту не доставлено:', ...lines].join('\n').slice(0, 4_000)
    await ports.tickets.note(tx, systemActor('Почта'), reference.ticketId, {
      text,
      files: [],
      mentions: [],
      forPartner: false,
    })
  }
  return { kind: bounce.kind, recipients: bounce.recipients.length, ticketId: reference?.ticketId ?? null }
}
