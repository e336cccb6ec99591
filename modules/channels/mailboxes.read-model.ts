import { type Instant, isoInstantOrNull, type Locale } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { speak } from '@opora/platform/i18n'
import { channelsWords } from './channels.words.ts'
import { type ImapSettings, imapSettings, type MailboxFault, type MailboxView, mailboxFaults } from './contract.ts'

interface MailboxRow {
  id: number
  name: string
  address: string
  protocol: 'smtp' | 'imap'
  settings: unknown
  secretSet: boolean
  formMap: MailboxView['formMap']
  defaultTopic: string | null
  active: boolean
  lastOkAt: Instant | null
  lastError: string | null
  lastErrorAt: Instant | null
  version: number
}

export async function listMailboxes(sql: Queryable, locale: Locale): Promise<MailboxView[]> {
  const rows = await sql<MailboxRow[]>`select ${columns(sql)} from mailbox order by active desc, name, id`
  return rows.map((row) => present(row, locale))
}

export async function mailboxCard(sql: Queryable, id: number, locale: Locale): Promise<MailboxView | null> {
  const [row] = await sql<MailboxRow[]>`select ${columns(sql)} from mailbox where id = ${id}`
  return row ? present(row, locale) : null
}

export async function topicExists(sql: Queryable, code: string): Promise<boolean> {
  return (await sql`select 1 from topic where code = ${code} and archived_at is null`).length > 0
}

function columns(sql: Queryable) {
  return sql`id, name, address, protocol, settings, secret_set, form_map, default_topic, active, last_ok_at, last_error, last_error_at, version`
}

function present(row: MailboxRow, locale: Locale): MailboxView {
  const { settings, secretSet, lastOkAt, lastError, lastErrorAt, ...plain } = row
  const imap = imapSettings.safeParse(settings)
  return {
    ...plain,
    imap: imap.success ? (imap.data as ImapSettings) : null,
    password: { set: secretSet },
    lastOkAt: isoInstantOrNull(lastOkAt),
    lastError:
      lastError === null
        ? null
        : { fault: faultOf(lastError), text: faultText(faultOf(lastError), locale), at: isoInstantOrNull(lastErrorAt) },
  }
}

function faultOf(text: string): MailboxFault {
  return (mailboxFaults as readonly string[]).includes(text) ? (text as MailboxFault) : 'server'
}

export function faultText(fault: MailboxFault | null, locale: Locale): string {
  return speak(channelsWords, locale)(fault === null ? 'fault_none' : `fault_${fault}`)
}
