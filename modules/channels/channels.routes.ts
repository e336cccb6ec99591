import { type Actor, read, refuseAccess, write } from '@opora/access'
import type { Database } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import {
  connectionAnswer,
  connectionTest,
  idParams,
  letterAcceptance,
  letterOutList,
  letterOutPage,
  letterOutQuery,
  letterOutQueued,
  letterPage,
  letterQuery,
  letterQueued,
  letterView,
  mailboxList,
  mailboxPatch,
  mailboxView,
  newMailbox,
} from './contract.ts'
import { letterCard, listLetters, rawLetter } from './letters.read-model.ts'
import type { Letters } from './letters.service.ts'
import { lettersOutOfTicket, listLettersOut } from './letters-out.read-model.ts'
import type { MailParser } from './mail/parser.ts'
import { faultText, listMailboxes, mailboxCard } from './mailboxes.read-model.ts'
import type { Mailboxes } from './mailboxes.service.ts'

const TEXT_SHOWN = 5_000

export interface ChannelsRoutePorts {
  database: Database
  mailboxes: Mailboxes
  letters: Letters
  parser: Pick<MailParser, 'parse'>
}

export function channelsRoutes(ports: ChannelsRoutePorts): AnyRoute<Actor>[] {
  return [...mailboxRoutes(ports), ...letterRoutes(ports), ...letterActs(ports), ...letterOutRoutes(ports)]
}

function mailboxRoutes({ mailboxes, database }: ChannelsRoutePorts): AnyRoute<Actor>[] {
  const tag = 'mailboxes'
  return [
    read({
      path: '/mailboxes',
      summary: 'Support mailboxes and how they are doing',
      tag,
      policy: 'mailbox.read',
      replies: mailboxList,
      handle: ({ read: run, locale }) => run(async (sql) => ({ items: await listMailboxes(sql, locale) })),
    }),
    read({
      path: '/mailboxes/:id',
      summary: 'A support mailbox; its password is never given back',
      tag,
      policy: 'mailbox.read',
      params: idParams,
      replies: mailboxView,
      handle: async ({ params, read: run, locale }) => {
        const card = await run((sql) => mailboxCard(sql, params.id, locale))
        if (!card) throw refuseAccess('access.not_found')
        return card
      },
    }),
    write({
      method: 'POST',
      path: '/mailboxes',
      summary: 'Add a support mailbox',
      tag,
      policy: 'mailbox.change',
      body: newMailbox,
      replies: mailboxView,
      status: 201,
      handle: ({ tx, caller, body }) => mailboxes.create(tx, caller, body),
    }),
    write({
      method: 'PATCH',
      path: '/mailboxes/:id',
      summary: 'Change a support mailbox; whoever polls it hears at once',
      tag,
      policy: 'mailbox.change',
      params: idParams,
      body: mailboxPatch,
      replies: mailboxView,
      versioned: true,
      handle: ({ tx, caller, params, body, expectedVersion }) =>
        mailboxes.change(tx, caller, { id: params.id, expectedVersion, patch: body }),
    }),
    write({
      method: 'POST',
      path: '/mailboxes/test-connection',
      summary: 'Try to sign in to a mailbox, changing nothing',
      description: 'What is wrong is one of a closed list; no word of the server is given back.',
      tag,
      policy: 'mailbox.change',
      body: connectionTest,
      replies: connectionAnswer,
      status: 200,
      // a foreign server may take its time: no transaction waits for it
      ownTransactions: true,
      handle: async ({ caller, body, locale }) => {
        const fault = await mailboxes.testConnection(database.worker, caller, body)
        return { ok: fault === null, fault, text: faultText(fault, locale) }
      },
    }),
  ]
}

function letterRoutes({ parser }: ChannelsRoutePorts): AnyRoute<Actor>[] {
  const tag = 'letters'
  return [
    read({
      path: '/letters',
      summary: 'Letters that came, newest first, and what became of each',
      tag,
      policy: 'intake.read',
      query: letterQuery,
      replies: letterPage,
      handle: ({ caller, query, read: run, locale }) => run((sql) => listLetters(sql, caller, query, locale)),
    }),
    read({
      path: '/letters/:id',
      summary: 'A letter and why it became what it became',
      tag,
      policy: 'intake.read',
      params: idParams,
      replies: letterView,
      handle: async ({ caller, params, read: run, locale }) => {
        const found = await run(async (sql) => {
          const card = await letterCard(sql, caller, params.id, locale)
          return card && { card, raw: await rawLetter(sql, caller, params.id) }
        })
        if (!found) throw refuseAccess('access.not_found')
        const parsed = found.raw === null ? null : await parser.parse(found.raw)
        return { ...found.card, text: parsed?.ok ? parsed.mail.text.slice(0, TEXT_SHOWN).toWellFormed() : null }
      },
    }),
    read({
      path: '/letters/:id/raw',
      summary: 'A letter as it came, as a file',
      tag,
      policy: 'intake.read',
      params: idParams,
      raw: { contentType: 'application/octet-stream' },
      handle: async ({ caller, params, read: run, reply }) => {
        const raw = await run((sql) => rawLetter(sql, caller, params.id))
        if (!raw) throw refuseAccess('access.not_found')
        reply.header('content-security-policy', "default-src 'none'; sandbox")
        reply.header('x-content-type-options', 'nosniff')
        reply.header('content-disposition', `attachment; filename="letter-${params.id}.eml"`)
        reply.type('application/octet-stream')
        await reply.send(raw)
        return undefined
      },
    }),
  ]
}

function letterActs({ letters }: ChannelsRoutePorts): AnyRoute<Actor>[] {
  const tag = 'letters'
  return [
    write({
      method: 'POST',
      path: '/letters/:id/rerun',
      summary: 'Process a letter again; nothing is done twice',
      tag,
      policy: 'intake.rerun',
      params: idParams,
      replies: letterQueued,
      status: 202,
      handle: async ({ tx, caller, params }) => {
        await letters.rerun(tx, caller, params.id)
        return { id: params.id, state: 'new' as const }
      },
    }),
    write({
      method: 'POST',
      path: '/letters/:id/accept',
      summary: 'Take a letter out of quarantine, into a ticket or as a new one',
      tag,
      policy: 'message.accept',
      params: idParams,
      body: letterAcceptance,
      replies: letterQueued,
      status: 202,
      handle: async ({ tx, caller, params, body }) => {
        await letters.accept(tx, caller, params.id, body)
        return { id: params.id, state: 'new' as const }
      },
    }),
  ]
}

function letterOutRoutes({ letters }: ChannelsRoutePorts): AnyRoute<Actor>[] {
  const tag = 'letters'
  return [
    read({
      path: '/tickets/:id/letters-out',
      summary: 'What went out about a ticket: when it left, or why not',
      tag,
      policy: 'ticket.history',
      params: idParams,
      replies: letterOutList,
      handle: async ({ caller, params, read: run, locale }) => {
        const items = await run((sql) => lettersOutOfTicket(sql, caller, params.id, locale))
        if (!items) throw refuseAccess('access.not_found')
        return { items }
      },
    }),
    read({
      path: '/letters-out',
      summary: 'Letters of ours, newest first',
      tag,
      policy: 'intake.read',
      query: letterOutQuery,
      replies: letterOutPage,
      handle: ({ caller, query, read: run, locale }) => run((sql) => listLettersOut(sql, caller, query, locale)),
    }),
    write({
      method: 'POST',
      path: '/letters-out/:id/resend',
      summary: 'Send again what could not be delivered',
      tag,
      policy: 'intake.read',
      params: idParams,
      replies: letterOutQueued,
      status: 202,
      handle: async ({ tx, caller, params }) => {
        await letters.resend(tx, caller, params.id)
        return { id: params.id, state: 'queued' as const }
      },
    }),
  ]
}
