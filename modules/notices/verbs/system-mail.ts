import { randomUUID } from 'node:crypto'
import type { AccessMail } from '@opora/access'
import type { Database, Tx } from '@opora/platform/database'
import { speak } from '@opora/platform/i18n'
import { accessLetter } from '../letters/access-letters.ts'
import { noticeSentence } from '../notice-sentence.ts'
import type { NoticePorts } from '../notices.ports.ts'
import { noticesStore } from '../notices.store.ts'
import { noticeWords } from '../notices.words.ts'

/** A letter of the sign-in: a link that works once, or the news that something changed. */
export async function sendAccessMail(ports: NoticePorts, tx: Tx, mail: AccessMail): Promise<void> {
  const letter = accessLetter(await noticesStore.companyName(tx), ports.publicUrl(), mail)
  await ports.outbox.enqueue(tx, {
    kind: mail.kind,
    writtenBy: 'notice',
    dedupe: `${mail.kind}:${randomUUID()}`,
    to: { address: mail.to, name: mail.data.name, recipientId: null },
    ticket: null,
    ...letter,
  })
}

/** Mails one notice that its reader has not seen in time; says how many it did (0 or 1). */
export async function mailNextNotice(ports: NoticePorts, database: Database): Promise<number> {
  return database.begin({ as: 'worker' }, async (tx) => {
    const due = await noticesStore.takeDue(tx)
    if (!due) return 0
    const sentence = noticeSentence(due.kind, due.data, due.locale)
    const open = {
      label: speak(noticeWords, due.locale)('open_ticket'),
      url: `${ports.publicUrl()}/desk/tickets/${due.data['number']}`,
    }
    await ports.outbox.enqueue(tx, {
      kind: 'notice',
      writtenBy: 'notice',
      dedupe: `notice:${due.id}`,
      to: { address: due.email, name: due.name, recipientId: null },
      subject: sentence,
      ticket: null,
      letter: {
        locale: due.locale,
        title: await noticesStore.companyName(tx),
        body: { text: sentence },
        links: due.ticketId === null ? [] : [open],
        asksForReply: false,
      },
    })
    return 1
  })
}
