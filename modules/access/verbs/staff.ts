import type { Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { insertAccount, replaceRoles, replaceServedClients, turnTotpOff } from '../access.accounts.store.ts'
import { writeAudit } from '../access.audit.ts'
import { voidOneTime } from '../access.one-time.store.ts'
import type { AccessPorts } from '../access.ports.ts'
import { refuseAccess } from '../access.refusals.ts'
import { revokeSessions } from '../access.sessions.store.ts'
import { findStaff, type StaffCardRow } from '../access.staff.read-model.ts'
import { emailTaken, otherAdministrator, type StaffChange, updateStaff } from '../access.staff.store.ts'
import { demandFresh } from '../authorise.ts'
import type { Actor } from '../domain/actor.ts'
import { readEmail } from '../domain/email.ts'
import { type Role, roles } from '../domain/roles.ts'
import { sendInvitation } from './letters.ts'
import { passwordPurposes } from './profile.ts'

export interface NewStaff {
  email: string
  name: string
  roles: Role[]
  locale: 'ru' | 'en'
  zone: string
  serves: 'all' | 'listed'
  clientIds: number[]
  specialities: string[]
  grade: string | null
}

/** Which side these roles are of: the provider's, or a partner's. A client's rights come from the contact, never from a role given here. */
export function sideOfRoles(wanted: readonly Role[]): 'staff' | 'partner' {
  const sides = new Set(wanted.map((role) => roles[role].side))
  if (sides.has('client')) throw refuseAccess('access.role_unknown', { field: 'roles' })
  if (sides.size > 1) throw refuseAccess('access.roles_of_two_sides', { field: 'roles' })
  return sides.has('partner') ? 'partner' : 'staff'
}

function plainEmail(text: string): string {
  const email = readEmail(text)
  if (!email) throw refuseAccess('access.email_malformed', { field: 'email' })
  return email
}

async function load(tx: Tx, id: number): Promise<StaffCardRow> {
  const person = await findStaff(tx, id)
  if (!person) throw refuseAccess('access.not_found')
  return person
}

/** Version for version, or what somebody else did meanwhile is told. */
async function save(tx: Tx, person: StaffCardRow, version: number | null, change: StaffChange): Promise<void> {
  if (await updateStaff(tx, person.id, version ?? person.version, change)) return
  throw refuseHttp('http.version_conflict', { details: { currentVersion: person.version } })
}

async function demandOtherAdministrator(tx: Tx, person: StaffCardRow): Promise<void> {
  if (person.active && person.roles.includes('ad') && !(await otherAdministrator(tx, person.id)))
    throw refuseAccess('access.last_administrator')
}

async function serve(tx: Tx, id: number, clientIds: readonly number[]): Promise<void> {
  if (!(await replaceServedClients(tx, id, clientIds)))
    throw refuseAccess('access.client_unknown', { field: 'clientIds' })
}

export function createStaffVerbs(ports: AccessPorts) {
  /** Everything of a person that was open is shut: their next step is a new sign-in. */
  const shutOut = async (tx: Tx, id: number) => {
    await revokeSessions(tx, id)
    ports.cache.forget(id)
  }
  return {
    /** Makes an account and sends its owner a letter with which to choose a password. */
    async create(tx: Tx, actor: Actor, wish: NewStaff): Promise<StaffCardRow> {
      demandFresh(actor)
      const email = plainEmail(wish.email)
      const side = sideOfRoles(wish.roles)
      const id = await insertAccount(tx, { ...wish, side, email })
      if (id === null) throw refuseAccess('access.email_taken', { field: 'email' })
      await replaceRoles(tx, id, wish.roles)
      await serve(tx, id, wish.clientIds)
      await sendInvitation(ports, tx, { accountId: id, email, name: wish.name, locale: wish.locale })
      const detail = { roles: wish.roles, serves: wish.serves, clientIds: wish.clientIds }
      await writeAudit(tx, actor, { action: 'staff.created', objectType: 'account', objectId: id, detail })
      return load(tx, id)
    },

    async change(
      tx: Tx,
      actor: Actor,
      input: StaffChange & { id: number; version: number | null; clientIds?: number[] | undefined },
    ): Promise<StaffCardRow> {
      const { id, version, clientIds, ...wish } = input
      const person = await load(tx, id)
      const own = id === actor.accountId
      if (own && wish.active === false) throw refuseAccess('access.own_account', { field: 'active' })
      if (own && (wish.serves !== undefined || clientIds !== undefined))
        throw refuseAccess('access.own_role', { field: 'serves' })
      const email = wish.email === undefined ? undefined : plainEmail(wish.email)
      const moved = email !== undefined && email.toLowerCase() !== person.email.toLowerCase()
      if (moved) {
        demandFresh(actor)
        if (await emailTaken(tx, email, id)) throw refuseAccess('access.email_taken', { field: 'email' })
      }
      if (wish.active === false) await demandOtherAdministrator(tx, person)
      await save(tx, person, version, { ...wish, email })
      if (clientIds !== undefined) await serve(tx, id, clientIds)
      if (moved) await voidOneTime(tx, id, passwordPurposes)
      if (wish.active === false) await shutOut(tx, id)
      ports.cache.forget(id)
      await writeAudit(tx, actor, {
        action: 'staff.changed',
        objectType: 'account',
        objectId: id,
        detail: auditDetail(wish, clientIds),
      })
      return load(tx, id)
    },

    /** Gives exactly these roles. Nobody changes their own; who got other rights signs in anew. */
    async setRoles(
      tx: Tx,
      actor: Actor,
      input: { id: number; version: number | null; roles: Role[] },
    ): Promise<StaffCardRow> {
      if (input.id === actor.accountId) throw refuseAccess('access.own_role', { field: 'roles' })
      demandFresh(actor)
      const person = await load(tx, input.id)
      if (sideOfRoles(input.roles) !== person.side) throw refuseAccess('access.roles_of_two_sides', { field: 'roles' })
      if (!input.roles.includes('ad')) await demandOtherAdministrator(tx, person)
      await save(tx, person, input.version, {})
      await replaceRoles(tx, input.id, input.roles)
      await shutOut(tx, input.id)
      const detail = { before: person.roles, after: input.roles }
      await writeAudit(tx, actor, { action: 'role.changed', objectType: 'account', objectId: input.id, detail })
      return load(tx, input.id)
    },

    /** Sends the letter again, for who has not joined yet. */
    async inviteAgain(tx: Tx, actor: Actor, id: number): Promise<void> {
      const person = await load(tx, id)
      if (person.joined) throw refuseAccess('access.already_joined')
      await sendInvitation(ports, tx, { accountId: id, email: person.email, name: person.name, locale: person.locale })
      await writeAudit(tx, actor, { action: 'account.invited', objectType: 'account', objectId: id })
    },

    /** For who lost phone and recovery codes: the factor goes off, and the person is told. */
    async resetSecondFactor(tx: Tx, actor: Actor, id: number): Promise<void> {
      if (id === actor.accountId) throw refuseAccess('access.own_role')
      demandFresh(actor)
      const person = await load(tx, id)
      await turnTotpOff(tx, id)
      await shutOut(tx, id)
      await writeAudit(tx, actor, { action: 'account.second_factor_reset', objectType: 'account', objectId: id })
      const { email: to, locale, name } = person
      await ports.sendMail(tx, { kind: 'access.second_factor_off', to, locale, data: { name } })
    },
  }
}

/** Rights are told in full; of personal fields only that they changed. */
function auditDetail(wish: StaffChange, clientIds: number[] | undefined) {
  const { active, serves } = wish
  const changed = Object.keys(wish).filter((key) => wish[key as keyof StaffChange] !== undefined)
  return {
    changed,
    ...(active === undefined ? {} : { active }),
    ...(serves === undefined ? {} : { serves }),
    ...(clientIds === undefined ? {} : { clientIds }),
  }
}

export type StaffVerbs = ReturnType<typeof createStaffVerbs>
