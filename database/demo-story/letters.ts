import type { Sql } from '@opora/platform/database'
import type { Cast } from './cast.ts'
import { type Letter, post } from './post.ts'
import { addressOf, DOMAIN, SUPPORT, type TicketStory } from './story.ts'

/** What letters of the story need of its stage. */
interface Post {
  owner: Sql
  cast: Cast
  smtpPort: number
  tickets: Map<string, number>
}

export function letterOf(stage: Post, story: TicketStory, text: string, at: number, id: string): Letter {
  const contact = stage.cast.contacts.get(story.from)
  const address = addressOf(story.from)
  const name = contact?.name ?? story.fromName ?? address
  const letter = {
    from: { name, address },
    to: SUPPORT,
    subject: story.subject,
    text: `${text}\n\n--\n${name}`,
    at,
    messageId: `${id}@mail.${DOMAIN}`,
  }
  return { ...letter, files: story.files ?? [], ...(story.charset ? { charset: story.charset } : {}) }
}

/** The client answers the desk's last letter: its Reply-To carries the token that names the ticket. */
export async function answerByMail(
  stage: Post,
  story: TicketStory,
  ticket: { id: number },
  text: string,
  at: number,
  stranger?: { name: string; address: string },
): Promise<void> {
  const [last] = await stage.owner<{ replyTo: { address: string } | string; messageId: string; subject: string }[]>`
    select mail->'replyTo' as reply_to, mail_message_id as message_id, mail->>'subject' as subject from outgoing_mail
    where ticket_id = ${ticket.id} and to_address = ${addressOf(story.from)} and mail->>'replyTo' is not null order by id desc limit 1`
  if (!last) throw new Error('there is no letter to answer')
  const to = typeof last.replyTo === 'string' ? last.replyTo : last.replyTo.address
  const letter = letterOf(stage, story, text, at, `re-${story.key}.${at}`)
  const from = stranger ?? letter.from
  await post(stage.smtpPort, {
    ...letter,
    from,
    files: [],
    to,
    subject: `Re: ${last.subject}`,
    inReplyTo: last.messageId,
  })
}

/** Somebody who takes no part answers a letter that was passed on: kept, and shown to the desk as unverified. */
export async function strangerAnswers(stage: Post, story: TicketStory, text: string, at: number): Promise<void> {
  const stranger = { name: 'Роман Гусев (личная почта)', address: 'roman.gusev.77@mail.test' }
  await answerByMail(stage, story, { id: stage.tickets.get(story.key) ?? 0 }, text, at, stranger)
}
