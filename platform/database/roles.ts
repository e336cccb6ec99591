import { createHmac } from 'node:crypto'
import type { Sql } from './connect.ts'

/** The login roles: one pool each, so that what outsiders reach has its own rights and row-level security. */
export const loginRoles = ['opora_staff', 'opora_client', 'opora_partner', 'opora_worker'] as const
export type LoginRole = (typeof loginRoles)[number]

/** Every process of an installation knows the same secret, hence the same passwords, and nobody has to write them down. */
export function rolePassword(secret: Buffer, role: LoginRole): string {
  return createHmac('sha256', secret).update(`database-role|${role}`).digest('base64url')
}

/** The statements that make the login roles, for an administrator whose account may not create roles. */
export function roleStatements(secret: Buffer): string[] {
  return loginRoles.map(
    (role) =>
      `create role ${role} login nosuperuser nocreatedb nocreaterole nobypassrls password '${rolePassword(secret, role)}'`,
  )
}

/** Makes the login roles where they are missing and sets their passwords. Runs under the migration lock. */
export async function ensureRoles(owner: Sql, secret: Buffer): Promise<void> {
  const present = await owner<
    { rolname: string }[]
  >`select rolname from pg_roles where rolname in ${owner([...loginRoles])}`
  const names = new Set(present.map((row) => row.rolname))
  for (const role of loginRoles) {
    const attributes = `login password '${rolePassword(secret, role)}'`
    await owner.unsafe(
      names.has(role)
        ? `alter role ${role} ${attributes}`
        : `create role ${role} nosuperuser nocreatedb nocreaterole nobypassrls ${attributes}`,
    )
  }
}
