import { systemActor } from '@opora/access'
import type { KnownContact } from '@opora/people'
import type { Tx } from '@opora/platform/database'
import { channelsStore, type RawOutcome } from '../channels.store.ts'
import { readForwarded } from '../domain/forwarded.ts'
import type { MailAddress } from '../domain/parsed-mail.ts'
import { readSiteForm, type SiteFormSettings } from '../domain/site-form.ts'
import { bodyOf, type Letter, referenceOf } from './letter.ts'
import { contactForNewTicket, lookUpContacts, portalOf } from './lookup.ts'
import type { IntakePorts } from './ports.ts'

const NO_SUBJECT = '(без темы)'

interface NewRequest {
  contact: KnownContact
  subject: string
  text: string
  visible: string
  /** Null also where another's words were taken out of the letter. */
  html: string | null
  staffAccountId: number | null
}

/** A new ticket of whoever asks in the letter; without one the letter waits for a person. */
export async function openFromLetter(
  ports: IntakePorts,
  tx: Tx,
  letter: Letter,
  linkedTo: number | null,
): Promise<Pick<RawOutcome, 'state' | 'outcome' | 'ticketId' | 'clientId' | 'references'>> {
  const request = await readRequest(ports, tx, letter)
  if (request === null) return { state: 'quarantined', outcome: { reason: 'sender_unreadable' } }
  const { contact, subject, text, visible, html } = request
  const portals = await channelsStore.portalsOf(tx, contact.clientId)
  const opened = await ports.tickets.open(tx, systemActor(contact.name), {
    clientId: contact.clientId,
    contactId: contact.id,
    portalId: portalOf(portals, `${subject}\n${text}`),
    subject,
    text,
    visibleText: visible,
    html,
    channel: 'email',
    topic: letter.mailbox?.defaultTopic ?? null,
    author: { contactId: contact.id, accountId: request.staffAccountId, name: contact.name, email: contact.email },
    attachments: letter.attachments,
    sourceKey: `raw:${letter.raw.id}`,
    rawId: letter.raw.id,
    mailMessageId: letter.mail.messageId,
    // a forged sender is a bystander: nothing is written to the address
    automatic: letter.filtered.muted || letter.sender.dmarc === 'fail',
    // the ticket is registered when the letter arrived, however long it waited to be read
    registeredAt: letter.raw.receivedAt,
    now: letter.raw.now,
  })
  if (linkedTo !== null) await ports.tickets.link(tx, systemActor(), opened.id, linkedTo, 'related')
  return {
    state: 'done',
    outcome: { number: opened.number, entitlement: opened.entitlement },
    ticketId: opened.id,
    clientId: contact.clientId,
    references: referenceOf(letter, opened.id, contact.clientId, opened.messageId),
  }
}

/** Whose request it is: a site form names the initiator, a person of the provider forwards somebody's letter, else the sender asks. */
async function readRequest(ports: IntakePorts, tx: Tx, letter: Letter): Promise<NewRequest | null> {
  const { mail, sender } = letter
  const subject = mail.subject.trim() || NO_SUBJECT
  if (letter.mailbox?.formMap) {
    const reading = readSiteForm(mail, letter.mailbox.formMap as unknown as SiteFormSettings, sender.dmarc === 'fail')
    if (reading.read) {
      const { email, name, text, subject: asked } = reading.letter
      const contact = await contactOf(ports, tx, { name, address: email })
      return { contact, subject: asked ?? subject, text, visible: text, html: null, staffAccountId: null }
    }
    // what is no letter of the form waits for a person, who may take it as an ordinary one
    if (letter.raw.accepted === null) return null
  }
  if (sender.address === null) return null
  const forwarded = sender.staff?.active && sender.dmarc !== 'fail' ? forwardedLetter(letter) : null
  if (forwarded && sender.staff) {
    const contact = await contactOf(ports, tx, forwarded.from)
    const text = forwarded.text || '(пустое письмо)'
    const asked = forwarded.subject || subject
    return { contact, subject: asked, text, visible: text, html: null, staffAccountId: sender.staff.id }
  }
  const contact = await contactForNewTicket(tx, ports.people, { address: sender.address, contacts: sender.contacts })
  const body = bodyOf(letter)
  return { contact, subject, text: body.full, visible: body.visible, html: body.html, staffAccountId: null }
}

/** Colleagues forward in the text or attach the letter; what is attached is the letter itself, so it is asked first. */
function forwardedLetter(letter: Letter): { from: MailAddress; subject: string | null; text: string } | null {
  const { attachedLetter, text } = letter.mail
  if (attachedLetter !== null && attachedLetter.from !== 'unverified')
    return { from: attachedLetter.from, subject: attachedLetter.subject.trim(), text: attachedLetter.text.trim() }
  return readForwarded(text)
}

async function contactOf(ports: IntakePorts, tx: Tx, address: MailAddress): Promise<KnownContact> {
  const contacts = await lookUpContacts(tx, address.address)
  return contactForNewTicket(tx, ports.people, { address, contacts })
}
