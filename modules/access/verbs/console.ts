import type { Tx } from '@opora/platform/database'
import { insertAccount, replaceRoles, savePassword } from '../access.accounts.store.ts'
import { writeAudit } from '../access.audit.ts'
import type { PasswordHasher } from '../access.passwords.ts'
import { demandStrongPassword } from '../access.passwords.ts'
import type { AccessPorts } from '../access.ports.ts'
import { actorOfPerson, findByEmail } from '../access.read-model.ts'
import { refuseAccess } from '../access.refusals.ts'
import { systemActor } from '../domain/actor.ts'
import { readEmail } from '../domain/email.ts'
import { type Role, roleCodes } from '../domain/roles.ts'
import { accountOfContact } from './contact-accounts.ts'
import { sideOfRoles } from './staff.ts'
import { type MadeToken, makeToken, type TokenWish } from './tokens.ts'

/** What is typed at the machine's own console, by whoever runs it: no one is signed in there. */
const AT_THE_CONSOLE = 'console'

export interface UserWish {
  email: string
  name: string
  roles: readonly string[]
  password: string
  locale?: 'ru' | 'en'
  zone?: string
  specialities?: readonly string[]
  /** `listed`: those clients alone that name the person. */
  serves?: 'all' | 'listed'
  /** For demo data, whose passwords everybody knows. */
  weakPassword?: boolean
}

export async function createUser(tx: Tx, passwords: PasswordHasher, wish: UserWish): Promise<number> {
  const email = readEmail(wish.email)
  if (!email) throw refuseAccess('access.email_malformed', { field: 'email' })
  const known = wish.roles.filter((role): role is Role => (roleCodes as string[]).includes(role))
  if (known.length !== wish.roles.length || known.length === 0)
    throw refuseAccess('access.role_unknown', { field: 'roles' })
  const side = sideOfRoles(known)
  if (!wish.weakPassword) await demandStrongPassword(wish.password, [email, wish.name])
  const passwordHash = await passwords.hash(wish.password)
  const { name, zone, serves, specialities = [], locale = 'ru' } = wish
  const id = await insertAccount(tx, {
    side,
    email,
    name,
    zone,
    locale,
    specialities,
    passwordHash,
    ...(serves ? { serves } : {}),
  })
  if (id === null) throw refuseAccess('access.email_taken', { field: 'email' })
  await replaceRoles(tx, id, known)
  const detail = { roles: known }
  await writeAudit(tx, systemActor(AT_THE_CONSOLE), {
    action: 'staff.created',
    objectType: 'account',
    objectId: id,
    detail,
  })
  return id
}

export interface CabinetUserWish {
  contactId: number
  /** The contact's own address. */
  email: string
  password: string
  /** For demo data, whose passwords everybody knows. */
  weakPassword?: boolean
}

/** The account with which a contact signs in to the cabinet, with its password; the new or the known account's number. */
export async function createCabinetUser(ports: AccessPorts, tx: Tx, wish: CabinetUserWish): Promise<number> {
  if (!wish.weakPassword) await demandStrongPassword(wish.password, [wish.email])
  const accountId = await accountOfContact(ports, tx, wish.contactId, wish.email)
  if (accountId === null) throw refuseAccess('access.email_taken', { field: 'email' })
  await savePassword(tx, accountId, await ports.passwords.hash(wish.password))
  await writeAudit(tx, systemActor(AT_THE_CONSOLE), {
    action: 'account.password_set',
    objectType: 'account',
    objectId: accountId,
  })
  return accountId
}

/** A token for the person with this address, bounded by that person's rights. */
export async function createToken(tx: Tx, email: string, wish: TokenWish): Promise<MadeToken> {
  const person = await findByEmail(tx, email)
  if (!person) throw refuseAccess('access.not_found', { field: 'email' })
  const entrance = { key: `account:${person.accountId}`, sessionId: null, tokenScopes: null }
  return makeToken(tx, actorOfPerson(person, { ...entrance, secondFactor: true, fresh: true }), wish)
}
