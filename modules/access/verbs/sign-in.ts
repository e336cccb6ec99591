import type { Tx } from '@opora/platform/database'
import { hashToken } from '@opora/platform/secrets'
import { savePassword } from '../access.accounts.store.ts'
import { writeAudit } from '../access.audit.ts'
import { brakeKey, releaseBrake, returnTry, takeTry } from '../access.brake.ts'
import type { AccessPorts } from '../access.ports.ts'
import { actorOfPerson, findPassword, findPerson, type PersonRow } from '../access.read-model.ts'
import { refuseAccess } from '../access.refusals.ts'
import { insertSession, markConfirmed, revokeByHash, revokeSession } from '../access.sessions.store.ts'
import { demandSession } from '../authorise.ts'
import type { Actor } from '../domain/actor.ts'
import { spendSecondFactor } from './second-factor.ts'

/** From where somebody comes. */
export interface Visit {
  ip: string | null
  userAgent: string | null
  requestId: string | null
  /** The token of the session that this browser had before. */
  previousToken?: string | null
}

export interface Entered {
  token: string
  actor: Actor
}

export type HowEntered = 'password' | 'magic_link' | 'invitation' | 'set_up'

/** Begins a session in the caller's transaction; the one that the browser had before ends. */
export async function enter(
  ports: AccessPorts,
  tx: Tx,
  person: PersonRow,
  visit: Visit,
  how: { by: HowEntered; secondFactor: boolean },
): Promise<Entered> {
  if (visit.previousToken) await revokeByHash(tx, hashToken(visit.previousToken))
  const session = await insertSession(tx, {
    accountId: person.accountId,
    secondFactor: how.secondFactor,
    lifeMs: ports.settings.sessionLifeMs,
    ip: visit.ip,
    userAgent: visit.userAgent,
  })
  const entrance = { tokenScopes: null, secondFactor: how.secondFactor, fresh: true }
  const actor: Actor = {
    ...actorOfPerson(person, { key: `account:${person.accountId}`, sessionId: session.id, ...entrance }),
    ip: visit.ip,
    requestId: visit.requestId,
  }
  await writeAudit(tx, actor, {
    action: 'session.opened',
    objectType: 'account',
    objectId: person.accountId,
    clientId: actor.contact?.clientId ?? null,
    detail: { by: how.by, secondFactor: how.secondFactor },
  })
  return { token: session.token, actor }
}

export function createSignIn(ports: AccessPorts) {
  const { database, passwords, settings, log } = ports
  const accountBrake = (email: string) => brakeKey('account', email, settings.triesPerAccount)
  return {
    /**
     * The same work and the same answer whether the address is known or not. A try is counted before the password is looked at, so no
     * crowd of parallel tries gets more looks than the limit.
     */
    async signIn(
      input: { email: string; password: string; code?: string | undefined },
      visit: Visit,
    ): Promise<Entered> {
      const account = accountBrake(input.email)
      const address = brakeKey('ip', visit.ip ?? '', settings.triesPerAddress)
      await takeTry(database.staff, [account, address])
      const known = await findPassword(database.staff, input.email)
      const right = await passwords.verify(input.password, known?.passwordHash ?? null)
      const person = known && right ? await findPerson(database.staff, known.accountId) : undefined
      if (!person) {
        log.warn({ ip: visit.ip, requestId: visit.requestId }, 'sign-in refused')
        throw refuseAccess('access.bad_credentials')
      }
      if (person.totpOn && !input.code) {
        await returnTry(database.staff, [account, address])
        throw refuseAccess('access.totp_required', { field: 'code' })
      }
      if (person.totpOn && !(await spendSecondFactor(ports, database.staff, person.accountId, input.code ?? ''))) {
        log.warn({ ip: visit.ip, requestId: visit.requestId, accountId: person.accountId }, 'second factor refused')
        throw refuseAccess('access.totp_wrong', { field: 'code' })
      }
      const rehashed = passwords.outdated(person.passwordHash ?? '') ? await passwords.hash(input.password) : null
      return database.begin({ as: 'staff' }, async (tx) => {
        if (rehashed) await savePassword(tx, person.accountId, rehashed)
        await releaseBrake(tx, account)
        await returnTry(tx, [address])
        return enter(ports, tx, person, visit, { by: 'password', secondFactor: person.totpOn })
      })
    },

    async signOut(actor: Actor): Promise<void> {
      const { accountId, sessionId } = demandSession(actor)
      await database.begin({ as: 'staff' }, async (tx) => {
        await revokeSession(tx, accountId, sessionId)
      })
      ports.cache.forget(accountId)
    },

    /** Step-up: gives the password again, which holds for ten minutes. */
    async confirm(actor: Actor, password: string): Promise<void> {
      const { accountId, sessionId } = demandSession(actor)
      const brake = accountBrake(actor.email ?? '')
      await takeTry(database.staff, [brake])
      const person = await findPerson(database.staff, accountId)
      if (!(await passwords.verify(password, person?.passwordHash ?? null)))
        throw refuseAccess('access.bad_credentials', { field: 'password' })
      await database.begin({ as: 'staff' }, async (tx) => {
        await markConfirmed(tx, sessionId)
        await releaseBrake(tx, brake)
      })
      ports.cache.forget(accountId)
    },
  }
}

export type SignIn = ReturnType<typeof createSignIn>
