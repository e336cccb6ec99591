import { type Actor, refuseAccess, writeAudit } from '@opora/access'
import type { Json, Queryable, Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { ForbiddenHost, guardedAddress, isAllowedPrivateHost } from '@opora/platform/network'
import type { Vault } from '@opora/platform/secrets'
import { refuseChannels } from './channels.refusals.ts'
import type { ConnectionTest, ImapSettings, MailboxFault, MailboxPatch, MailboxView, NewMailbox } from './contract.ts'
import { normaliseAddress } from './domain/mailbox.ts'
import { mailboxCard, topicExists } from './mailboxes.read-model.ts'
import { type MailboxColumns, mailboxesStore, secretPlace } from './mailboxes.store.ts'

export interface MailboxesPorts {
  vault: Vault
  /** Hosts of the inner network that mailboxes may connect to, each as `host:port`. */
  privateHosts: readonly string[]
  lookup?(host: string): Promise<string[]>
}

export type Mailboxes = ReturnType<typeof createMailboxes>

/** The support mailboxes: where letters come in, and how they are fetched. */
export function createMailboxes(ports: MailboxesPorts) {
  return {
    create: (tx: Tx, actor: Actor, input: NewMailbox) => createMailbox(ports, tx, actor, input),
    change: (tx: Tx, actor: Actor, input: { id: number; expectedVersion: number | null; patch: MailboxPatch }) =>
      changeMailbox(ports, tx, actor, input),
    /** Null: it works. `stored` reads the sealed password, which the desk's own rights do not reach. */
    testConnection: (stored: Queryable, actor: Actor, input: ConnectionTest) =>
      testConnection(ports, stored, actor, input),
  }
}

async function createMailbox(ports: MailboxesPorts, tx: Tx, actor: Actor, input: NewMailbox): Promise<MailboxView> {
  const { password, imap, ...given } = input
  if (given.protocol === 'imap') {
    if (imap === null) throw refuseChannels('channels.imap_missing', { field: 'imap' })
    if (password === undefined) throw refuseChannels('channels.password_needed', { field: 'password' })
    await checkHost(ports, imap)
  }
  const columns = { ...(await checked(tx, given)), settings: (imap ?? {}) as unknown as Json }
  const id = await orAddressTaken(() => mailboxesStore.insert(tx, columns))
  if (password !== undefined) await mailboxesStore.seal(tx, id, ports.vault.seal(password, secretPlace(id)))
  await writeAudit(tx, actor, {
    action: 'mailbox.created',
    objectType: 'mailbox',
    objectId: id,
    detail: { address: input.address, protocol: input.protocol },
  })
  await mailboxesStore.announce(tx)
  return load(tx, actor, id)
}

async function changeMailbox(
  ports: MailboxesPorts,
  tx: Tx,
  actor: Actor,
  input: { id: number; expectedVersion: number | null; patch: MailboxPatch },
): Promise<MailboxView> {
  const before = await load(tx, actor, input.id)
  const { password, imap: asked, ...given } = input.patch
  const imap = asked === undefined ? before.imap : asked
  const protocol = given.protocol ?? before.protocol
  if (protocol === 'imap') await checkImap(ports, before, imap, password)
  const columns: MailboxColumns = await checked(tx, given)
  if (asked !== undefined) columns.settings = (asked ?? {}) as unknown as Json
  const version = await orAddressTaken(() => mailboxesStore.update(tx, input.id, input.expectedVersion, columns))
  if (version === null) throw refuseHttp('http.version_conflict', { details: { currentVersion: before.version } })
  if (password !== undefined) {
    const sealed = password === null ? null : ports.vault.seal(password, secretPlace(input.id))
    await mailboxesStore.seal(tx, input.id, sealed)
  }
  await writeAudit(tx, actor, {
    action: 'mailbox.changed',
    objectType: 'mailbox',
    objectId: input.id,
    detail: { fields: Object.keys(input.patch) },
  })
  await mailboxesStore.announce(tx)
  return load(tx, actor, input.id)
}

/** A password goes only to the server that it was entered for: whoever changes the server enters it again. */
async function checkImap(
  ports: MailboxesPorts,
  before: MailboxView,
  imap: ImapSettings | null,
  password: string | null | undefined,
): Promise<void> {
  if (imap === null) throw refuseChannels('channels.imap_missing', { field: 'imap' })
  const kept = password === undefined && before.password.set && before.imap !== null && sameServer(imap, before.imap)
  if (!kept && !password) throw refuseChannels('channels.password_needed', { field: 'password' })
  await checkHost(ports, imap)
}

function sameServer(one: ImapSettings, other: ImapSettings): boolean {
  return (
    one.host.toLowerCase() === other.host.toLowerCase() &&
    one.port === other.port &&
    one.user === other.user &&
    one.security === other.security
  )
}

/** The name may not resolve just now; then the poller says so. What resolves to a forbidden place is refused at once. */
async function checkHost(ports: MailboxesPorts, imap: ImapSettings): Promise<void> {
  if (imap.security === 'none' && !isAllowedPrivateHost(imap.host, imap.port, ports.privateHosts))
    throw refuseChannels('channels.encryption_needed', { field: 'imap.security' })
  try {
    await guardedAddress(imap.host, imap.port, ports)
  } catch (error) {
    if (error instanceof ForbiddenHost) throw refuseChannels('channels.host_forbidden', { field: 'imap.host' })
  }
}

async function testConnection(
  ports: MailboxesPorts,
  stored: Queryable,
  actor: Actor,
  input: ConnectionTest,
): Promise<MailboxFault | null> {
  const pass = input.password ?? (await storedPassword(ports, stored, actor, input))
  const { imap } = input
  if (imap.security === 'none' && !isAllowedPrivateHost(imap.host, imap.port, ports.privateHosts))
    return 'forbidden_host'
  const { tryImapAccount } = await import('./mail/imap-test.ts')
  return tryImapAccount(imapAccountOf('test', imap, pass), (host, port) => guardedAddress(host, port, ports))
}

async function storedPassword(
  ports: MailboxesPorts,
  stored: Queryable,
  actor: Actor,
  input: ConnectionTest,
): Promise<string> {
  const before = input.id === undefined ? null : await load(stored, actor, input.id)
  const sealed = input.id === undefined ? null : await mailboxesStore.secretOf(stored, input.id)
  if (!before?.imap || sealed === null || !sameServer(input.imap, before.imap))
    throw refuseChannels('channels.password_needed', { field: 'password' })
  return ports.vault.open(sealed, secretPlace(before.id))
}

/** A mailbox's settings as what polls them wants them. */
export function imapAccountOf(id: string, imap: ImapSettings, pass: string) {
  return {
    id,
    host: imap.host,
    port: imap.port,
    security: imap.security,
    auth: { user: imap.user, pass },
    folder: imap.folder,
    after: imap.after,
    since: imap.since === null ? null : Date.parse(imap.since),
  }
}

async function load(sql: Queryable, actor: Actor, id: number): Promise<MailboxView> {
  const card = await mailboxCard(sql, id, actor.locale)
  if (!card) throw refuseAccess('access.not_found')
  return card
}

async function checked(tx: Tx, given: Omit<MailboxPatch, 'imap' | 'password'>): Promise<MailboxColumns> {
  const columns: MailboxColumns = { ...given } as MailboxColumns
  if (given.address !== undefined) {
    const address = normaliseAddress(given.address)
    if (address === null || address.includes('+'))
      throw refuseChannels('channels.address_malformed', { field: 'address' })
    columns.address = address
  }
  if (given.defaultTopic && !(await topicExists(tx, given.defaultTopic)))
    throw refuseChannels('channels.topic_unknown', { field: 'defaultTopic' })
  return columns
}

async function orAddressTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if ((error as { constraint_name?: string }).constraint_name === 'mailbox_address')
      throw refuseChannels('channels.address_taken', { field: 'address' })
    throw error
  }
}
