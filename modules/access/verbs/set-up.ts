import type { Queryable, Tx } from '@opora/platform/database'
import { hashToken, hmac, sameSecret, type Vault } from '@opora/platform/secrets'
import { insertAccount, replaceRoles } from '../access.accounts.store.ts'
import { writeAudit } from '../access.audit.ts'
import { brakeKey, returnTry, takeTry } from '../access.brake.ts'
import { demandStrongPassword } from '../access.passwords.ts'
import type { AccessPorts } from '../access.ports.ts'
import { findPerson } from '../access.read-model.ts'
import { refuseAccess } from '../access.refusals.ts'
import { readEmail } from '../domain/email.ts'
import { staffRoles } from '../domain/roles.ts'
import { type Entered, enter, type Visit } from './sign-in.ts'

const CODE_LETTERS = 28
const BASE32 = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

export interface SetUpInput {
  code: string
  company: string
  name: string
  email: string
  password: string
  locale: 'ru' | 'en'
}

interface Installation {
  setUpAt: number | null
  setupCodeHash: Uint8Array | null
}

/**
 * The code that the start prints, until the first account is made; null afterwards. It follows from the installation's secret, so that
 * processes that start together print the same one.
 */
export async function ensureSetupCode(vault: Vault, tx: Tx): Promise<string | null> {
  const code = setupCode(vault)
  const rows = await tx`
    update installation set setup_code_hash = ${hashToken(plain(code))} where set_up_at is null returning id`
  return rows.length > 0 ? code : null
}

function setupCode(vault: Vault): string {
  const bytes = hmac(vault.derive('setup-code'), 'the first account')
  const letters = [...bytes.subarray(0, CODE_LETTERS)].map((byte) => BASE32[byte % BASE32.length]).join('')
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}

const plain = (code: string) => code.toUpperCase().replace(/[^A-Z2-9]/g, '')

async function readInstallation(sql: Queryable): Promise<Installation> {
  const [row] = await sql<Installation[]>`select set_up_at, setup_code_hash from installation`
  return row!
}

export function createSetUp(ports: AccessPorts) {
  const { database, settings } = ports
  return {
    async needed(): Promise<boolean> {
      return (await readInstallation(database.staff)).setUpAt === null
    },

    /** Makes the company and the first account, which holds every role of the provider; then the door is shut for good. */
    async setUp(input: SetUpInput, visit: Visit): Promise<Entered> {
      const brake = brakeKey('set-up', visit.ip ?? '', settings.triesPerAccount)
      await takeTry(database.staff, [brake])
      const installation = await readInstallation(database.staff)
      if (installation.setUpAt !== null) throw refuseAccess('access.set_up_already')
      // no code was ever printed: nobody can know it, so nobody gets in
      const expected = installation.setupCodeHash
      if (!expected || !sameSecret(expected, hashToken(plain(input.code))))
        throw refuseAccess('access.set_up_code_wrong', { field: 'code' })
      await returnTry(database.staff, [brake])
      const email = readEmail(input.email)
      if (!email) throw refuseAccess('access.email_malformed', { field: 'email' })
      await demandStrongPassword(input.password, [email, input.name, input.company])
      const passwordHash = await ports.passwords.hash(input.password)
      return database.begin({ as: 'staff' }, async (tx) => {
        const closed = await tx`
          update installation set company_name = ${input.company}, locale = ${input.locale}, set_up_at = app_now(), setup_code_hash = null
          where set_up_at is null returning id`
        if (closed.length === 0) throw refuseAccess('access.set_up_already')
        const { name, locale } = input
        const accountId = await insertAccount(tx, { side: 'staff', email, name, locale, passwordHash })
        if (accountId === null) throw refuseAccess('access.email_taken', { field: 'email' })
        await replaceRoles(tx, accountId, staffRoles)
        const person = await findPerson(tx, accountId)
        const entered = await enter(ports, tx, person!, visit, { by: 'set_up', secondFactor: false })
        await writeAudit(tx, entered.actor, {
          action: 'installation.set_up',
          objectType: 'account',
          objectId: accountId,
          detail: { roles: [...staffRoles] },
        })
        return entered
      })
    },
  }
}

export type SetUp = ReturnType<typeof createSetUp>
