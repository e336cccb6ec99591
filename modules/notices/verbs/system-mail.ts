import { randomUUID } from 'node:crypto'
import { type AccessMail, issueLink } from '@opora/access'
import type { Database, Tx } from '@opora/platform/database'
import { speak } from '@opora/platform/i18n'
import { accessLetter } from '../letters/access-letters.ts'
import { noticeSentence } from '../notice-sentence.ts'
import type { NoticePorts } from '../notices.ports.ts'
import { type DueNotice, noticesStore } from '../notices.store.ts'
import { noticeWords } from '../notices.words.ts'

/** A page is for the night in which it calls. */
const ANSWER_DAYS = 2

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
    // who has left the company meanwhile reads nothing more of it
    if (!due.active) return 1
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
        links: [...(await answerLink(ports, tx, due)), ...(due.ticketId === null ? [] : [open])],
        asksForReply: false,
      },
    })
    return 1
  })
}

/** The button of somebody who is called: it answers this page as this person, and does nothing else. */
async function answerLink(
  ports: NoticePorts,
  tx: Tx,
  { accountId, locale, data }: DueNotice,
): Promise<{ label: string; url: string }[]> {
  const pageId = data['pageId']
  if (typeof pageId !== 'number') return []
  const wish = {
    purpose: 'page.answer',
    subject: { pageId },
    accountId,
    ttlDays: ANSWER_DAYS,
    singleUse: false,
  } as const
  const { token } = await issueLink(tx, wish)
  const url = `${ports.publicUrl()}/l/page.answer/${token}`
  return [{ label: speak(noticeWords, locale)('answer_page'), url }]
}
