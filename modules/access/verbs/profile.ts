import type { Json } from '@opora/platform/database'
import { changeProfile, type ProfileChange, savePassword } from '../access.accounts.store.ts'
import { writeAudit } from '../access.audit.ts'
import { brakeKey, releaseBrake, takeTry } from '../access.brake.ts'
import { voidOneTime } from '../access.one-time.store.ts'
import { demandStrongPassword } from '../access.passwords.ts'
import type { AccessPorts } from '../access.ports.ts'
import { findPerson } from '../access.read-model.ts'
import { refuseAccess } from '../access.refusals.ts'
import { revokeSession, revokeSessions, rotateSession } from '../access.sessions.store.ts'
import { demandFresh, demandSession } from '../authorise.ts'
import type { Actor } from '../domain/actor.ts'

/** What a changed password makes worthless. */
export const passwordPurposes = ['magic', 'reset', 'invitation'] as const

export interface ProfileFacts {
  demo: boolean
  totpOn: boolean
  hasPassword: boolean
  preferences: Record<string, Json>
  companyName: string | null
  companyZone: string
  clientName: string | null
}

export function createProfile(ports: AccessPorts) {
  const { database, passwords, settings } = ports
  return {
    async facts(actor: Actor): Promise<ProfileFacts> {
      const [row] = await database.staff<ProfileFacts[]>`
        select i.demo, a.totp_on, a.password_hash is not null as has_password, a.preferences, i.company_name, i.company_zone, cl.name as client_name
        from account a left join contact c on c.account_id = a.id left join client cl on cl.id = c.client_id cross join installation i
        where a.id = ${actor.accountId}`
      if (!row) throw refuseAccess('access.sign_in_required')
      return row
    },

    async change(actor: Actor, change: ProfileChange): Promise<void> {
      const { accountId } = demandSession(actor)
      await database.begin({ as: 'staff' }, (tx) => changeProfile(tx, accountId, change))
      ports.cache.forget(accountId)
    },

    /** Every other session ends; this one goes on under a new token. */
    async changePassword(actor: Actor, input: { current?: string | undefined; password: string }): Promise<string> {
      const { accountId, sessionId } = demandSession(actor)
      await demandStrongPassword(input.password, [actor.email ?? '', actor.name])
      const brake = brakeKey('account', actor.email ?? '', settings.triesPerAccount)
      await takeTry(database.staff, [brake])
      const person = await findPerson(database.staff, accountId)
      // who came by a magic link and has no password yet takes one while the link's coming is still fresh
      if (person?.passwordHash === null) demandFresh(actor)
      else if (!(await passwords.verify(input.current ?? '', person?.passwordHash ?? null)))
        throw refuseAccess('access.bad_credentials', { field: 'current' })
      const hash = await passwords.hash(input.password)
      const token = await database.begin({ as: 'staff' }, async (tx) => {
        await savePassword(tx, accountId, hash)
        await revokeSessions(tx, accountId, sessionId)
        await voidOneTime(tx, accountId, passwordPurposes)
        await releaseBrake(tx, brake)
        await writeAudit(tx, actor, {
          action: 'account.password_changed',
          objectType: 'account',
          objectId: accountId,
          clientId: actor.contact?.clientId ?? null,
        })
        if (actor.email)
          await ports.sendMail(tx, {
            kind: 'access.password_changed',
            to: actor.email,
            locale: actor.locale,
            data: { name: actor.name },
          })
        return rotateSession(tx, sessionId)
      })
      ports.cache.forget(accountId)
      return token
    },

    async endSession(actor: Actor, sessionId: number): Promise<void> {
      const { accountId } = demandSession(actor)
      const ended = await database.begin({ as: 'staff' }, (tx) => revokeSession(tx, accountId, sessionId))
      if (!ended) throw refuseAccess('access.not_found')
      ports.cache.forget(accountId)
    },

    async endOtherSessions(actor: Actor): Promise<number> {
      const { accountId, sessionId } = demandSession(actor)
      const count = await database.begin({ as: 'staff' }, (tx) => revokeSessions(tx, accountId, sessionId))
      ports.cache.forget(accountId)
      return count
    },
  }
}

export type Profile = ReturnType<typeof createProfile>
