import type { Locale } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import { enqueue } from '@opora/platform/jobs'
import { savePassword } from '../access.accounts.store.ts'
import { writeAudit } from '../access.audit.ts'
import { brakeKey, releaseBrake, returnTry, takeTry } from '../access.brake.ts'
import { type OneTimeRow, peekOneTime, takeOneTime, voidOneTime } from '../access.one-time.store.ts'
import { demandStrongPassword } from '../access.passwords.ts'
import type { AccessPorts } from '../access.ports.ts'
import { actorOfPerson, type CredentialRow, findByEmail, findContactByEmail, findPerson } from '../access.read-model.ts'
import { refuseAccess } from '../access.refusals.ts'
import { revokeSessions } from '../access.sessions.store.ts'
import { accountOfContact } from './contact-accounts.ts'
import { type Addressee, type AskedLink, sendSignInLink } from './letters.ts'
import { passwordPurposes } from './profile.ts'
import { spendSecondFactor } from './second-factor.ts'
import { type Entered, enter, type Visit } from './sign-in.ts'

const ASKS_PER_ADDRESS = 5
const ASKS_PER_IP = 30
export const SEND_LINK_TASK = 'access.send_link'

export function createRecovery(ports: AccessPorts) {
  const { database, settings } = ports
  return {
    /** Does the same for any address: puts the question into the queue. Whether a letter follows shows only in the mailbox. */
    async ask(kind: AskedLink, email: string, locale: Locale, visit: Visit): Promise<void> {
      await takeTry(database.staff, [
        brakeKey('ask', email, ASKS_PER_ADDRESS),
        brakeKey('ask-ip', visit.ip ?? '', ASKS_PER_IP),
      ])
      await database.begin({ as: 'staff' }, (tx) => enqueue(tx, SEND_LINK_TASK, { kind, email, locale }))
    },

    /** The job behind `ask`. */
    async send(asked: { kind: AskedLink; email: string; locale: Locale }): Promise<void> {
      await database.begin({ as: 'worker' }, async (tx) => {
        const to = await addressee(tx, asked)
        if (to) await sendSignInLink(ports, tx, asked.kind, to)
      })
    },

    async enterByMagicLink(input: { token: string; code?: string | undefined }, visit: Visit): Promise<Entered> {
      const brake = brakeKey('link-ip', visit.ip ?? '', settings.triesPerAddress)
      await takeTry(database.staff, [brake])
      return database.begin({ as: 'staff' }, async (tx) => {
        const taken = await takeOneTime(tx, input.token, 'magic')
        const person = await holder(tx, taken && { ...taken, accountId: await accountToEnter(ports, tx, taken) })
        if (person.totpOn && !input.code) throw refuseAccess('access.totp_required', { field: 'code' })
        if (person.totpOn && !(await spendSecondFactor(ports, tx, person.accountId, input.code ?? '')))
          throw refuseAccess('access.totp_wrong', { field: 'code' })
        await returnTry(tx, [brake])
        return enter(ports, tx, person, visit, { by: 'magic_link', secondFactor: person.totpOn })
      })
    },

    /** Sets a new password; every session ends, and nothing that was sent before opens any more. */
    async resetPassword(input: { token: string; password: string }, visit: Visit): Promise<void> {
      const person = await holder(database.staff, await peekOneTime(database.staff, input.token, 'reset'))
      await demandStrongPassword(input.password, [person.email, person.name])
      const hash = await ports.passwords.hash(input.password)
      await database.begin({ as: 'staff' }, async (tx) => {
        await holder(tx, await takeOneTime(tx, input.token, 'reset'))
        await choosePassword(ports, tx, person, hash, visit)
        const { email: to, locale, name } = person
        await ports.sendMail(tx, { kind: 'access.password_changed', to, locale, data: { name } })
      })
      ports.cache.forget(person.accountId)
    },

    /** The invited person chooses a password and is in; with a second factor on, signing in is a step of its own. */
    async acceptInvitation(
      input: { token: string; password: string; name?: string | undefined },
      visit: Visit,
    ): Promise<Entered | null> {
      const person = await holder(database.staff, await peekOneTime(database.staff, input.token, 'invitation'))
      await demandStrongPassword(input.password, [person.email, input.name ?? person.name])
      const hash = await ports.passwords.hash(input.password)
      const entered = await database.begin({ as: 'staff' }, async (tx) => {
        await holder(tx, await takeOneTime(tx, input.token, 'invitation'))
        if (input.name) await tx`update account set name = ${input.name} where id = ${person.accountId}`
        await choosePassword(ports, tx, person, hash, visit)
        if (person.totpOn) return null
        const named = { ...person, name: input.name ?? person.name }
        return enter(ports, tx, named, visit, { by: 'invitation', secondFactor: false })
      })
      ports.cache.forget(person.accountId)
      return entered
    },
  }
}

async function choosePassword(
  ports: AccessPorts,
  tx: Tx,
  person: CredentialRow,
  hash: string,
  visit: Visit,
): Promise<void> {
  const { accountId } = person
  await savePassword(tx, accountId, hash)
  await revokeSessions(tx, accountId)
  await voidOneTime(tx, accountId, passwordPurposes)
  await releaseBrake(tx, brakeKey('account', person.email, ports.settings.triesPerAccount))
  const entrance = {
    key: `account:${accountId}`,
    sessionId: null,
    tokenScopes: null,
    secondFactor: false,
    fresh: false,
  }
  const actor = { ...actorOfPerson(person, entrance), ip: visit.ip, requestId: visit.requestId }
  await writeAudit(tx, actor, {
    action: 'account.password_changed',
    objectType: 'account',
    objectId: accountId,
    clientId: person.contactClientId,
  })
}

/** Whom the letter goes to; null: nobody. Magic links are for clients and partners: the provider's people have passwords. */
async function addressee(tx: Tx, asked: { kind: AskedLink; email: string }): Promise<Addressee | null> {
  const person = await findByEmail(tx, asked.email)
  if (person && (asked.kind === 'reset' || person.side !== 'staff')) return person
  if (person || asked.kind === 'reset') return null
  const contact = await findContactByEmail(tx, asked.email)
  if (!contact?.email) return null
  const { id: contactId, email, name, locale } = contact
  return { accountId: null, contactId, email, name, locale }
}

/** A contact who never signed in has no account until the link is opened. */
async function accountToEnter(ports: AccessPorts, tx: Tx, taken: OneTimeRow): Promise<number | null> {
  if (taken.accountId !== null || taken.contactId === null) return taken.accountId
  return accountOfContact(ports, tx, taken.contactId, taken.email)
}

/** Who holds the token, if it still stands for that person: switched off, blocked, or of another address by now means it does not. */
async function holder(sql: Queryable, row: OneTimeRow | undefined): Promise<CredentialRow> {
  const person = row?.accountId ? await findPerson(sql, row.accountId) : undefined
  if (!person || person.email.toLowerCase() !== row?.email?.toLowerCase()) throw refuseAccess('access.link_expired')
  return person
}
