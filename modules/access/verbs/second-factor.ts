import type { Queryable } from '@opora/platform/database'
import {
  beginTotp,
  readTotp,
  saveRecoveryCodes,
  spendRecoveryCode,
  spendTotpStep,
  turnTotpOff,
  turnTotpOn,
} from '../access.accounts.store.ts'
import { writeAudit } from '../access.audit.ts'
import { brakeKey, releaseBrake, takeTry } from '../access.brake.ts'
import type { AccessPorts } from '../access.ports.ts'
import { refuseAccess } from '../access.refusals.ts'
import { rotateSession } from '../access.sessions.store.ts'
import { newRecoveryCodes, newTotpSecret, recoveryHash, stepOfCode, totpPicture, trueNow } from '../access.totp.ts'
import { demandFresh, demandSession } from '../authorise.ts'
import type { Actor } from '../domain/actor.ts'

const place = (accountId: number) => `account|totp_sealed|${accountId}`

/** Spends the code of an authenticator app or a recovery code; false when it is neither, or was used before. */
export async function spendSecondFactor(
  ports: AccessPorts,
  sql: Queryable,
  accountId: number,
  code: string,
): Promise<boolean> {
  const digits = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(digits)) return spendRecoveryCode(sql, accountId, recoveryHash(code))
  const step = await stepNow(ports, sql, accountId, digits)
  return step !== null && spendTotpStep(sql, accountId, step)
}

async function stepNow(ports: AccessPorts, sql: Queryable, accountId: number, code: string): Promise<number | null> {
  const row = await readTotp(sql, accountId)
  if (!row?.totpSealed) return null
  return stepOfCode(ports.vault.open(row.totpSealed, place(accountId)), code, await trueNow(sql))
}

export function createSecondFactor(ports: AccessPorts) {
  const { database, vault, settings } = ports
  const brakeOf = (accountId: number) => brakeKey('second-factor', String(accountId), settings.triesPerAccount)
  return {
    /** Shows a new secret to scan; nothing is on until a code of it is given. */
    async begin(actor: Actor): Promise<{ secret: string; uri: string; qr: string }> {
      const { accountId } = demandSession(actor)
      demandFresh(actor)
      const secret = await newTotpSecret()
      const [company] = await database.staff<{ name: string | null }[]>`select company_name as name from installation`
      const begun = await database.begin({ as: 'staff' }, (tx) =>
        beginTotp(tx, accountId, vault.seal(secret, place(accountId))),
      )
      if (!begun) throw refuseAccess('access.totp_on_already')
      const picture = await totpPicture(secret, actor.email ?? String(accountId), company?.name ?? 'Opora')
      return { secret, ...picture }
    },

    /** Turns the factor on by a first code; the session goes on under a new token. Recovery codes are shown this once. */
    async confirm(actor: Actor, code: string): Promise<{ recoveryCodes: string[]; sessionToken: string }> {
      const { accountId, sessionId } = demandSession(actor)
      const brake = brakeOf(accountId)
      await takeTry(database.staff, [brake])
      const row = await readTotp(database.staff, accountId)
      if (row?.totpOn) throw refuseAccess('access.totp_on_already')
      if (!row?.totpSealed) throw refuseAccess('access.totp_not_begun')
      const step = await stepNow(ports, database.staff, accountId, code.replace(/\s/g, ''))
      if (step === null) throw refuseAccess('access.totp_wrong', { field: 'code' })
      const recoveryCodes = newRecoveryCodes()
      const sessionToken = await database.begin({ as: 'staff' }, async (tx) => {
        if (!(await spendTotpStep(tx, accountId, step))) throw refuseAccess('access.totp_wrong', { field: 'code' })
        await turnTotpOn(tx, accountId, recoveryCodes.map(recoveryHash))
        await writeAudit(tx, actor, entryOf(actor, 'account.second_factor_on'))
        await releaseBrake(tx, brake)
        return rotateSession(tx, sessionId, { secondFactor: true })
      })
      ports.cache.forget(accountId)
      return { recoveryCodes, sessionToken }
    },

    async turnOff(actor: Actor, code: string): Promise<void> {
      const { accountId } = demandSession(actor)
      demandFresh(actor)
      await takeTry(database.staff, [brakeOf(accountId)])
      await database.begin({ as: 'staff' }, async (tx) => {
        if (!(await spendSecondFactor(ports, tx, accountId, code)))
          throw refuseAccess('access.totp_wrong', { field: 'code' })
        await turnTotpOff(tx, accountId)
        await writeAudit(tx, actor, entryOf(actor, 'account.second_factor_off'))
        await releaseBrake(tx, brakeOf(accountId))
        if (actor.email)
          await ports.sendMail(tx, {
            kind: 'access.second_factor_off',
            to: actor.email,
            locale: actor.locale,
            data: { name: actor.name },
          })
      })
      ports.cache.forget(accountId)
    },

    /** New recovery codes in place of all old ones. */
    async renewRecoveryCodes(actor: Actor): Promise<string[]> {
      const { accountId } = demandSession(actor)
      demandFresh(actor)
      const codes = newRecoveryCodes()
      await database.begin({ as: 'staff' }, async (tx) => {
        const row = await readTotp(tx, accountId)
        if (!row?.totpOn) throw refuseAccess('access.totp_not_begun')
        await saveRecoveryCodes(tx, accountId, codes.map(recoveryHash))
        await writeAudit(tx, actor, entryOf(actor, 'account.recovery_codes'))
      })
      return codes
    },
  }
}

function entryOf(actor: Actor, action: string) {
  return { action, objectType: 'account', objectId: actor.accountId ?? 0, clientId: actor.contact?.clientId ?? null }
}

export type SecondFactor = ReturnType<typeof createSecondFactor>
