import { createHmac } from 'node:crypto'

/** The login roles: one pool each, so that what outsiders reach has its own rights and row-level security. */
export const loginRoles = ['opora_staff', 'opora_client', 'opora_partner', 'opora_worker'] as const
export type LoginRole = (typeof loginRoles)[number]

/** Every process of an installation knows the same secret, hence the same passwords, and nobody has to write them down. */
export function rolePassword(secret: Buffer, role: LoginRole): string {
  return createHmac('sha256', secret).update(`database-role|${role}`).digest('base64url')
}

/** The statements that make the login roles ready, for an administrator whose account may not do so itself; they may be run again. */
export function roleStatements(secret: Buffer): string[] {
  return loginRoles.flatMap((role) => [
    `do $$ begin if not exists (select from pg_roles where rolname = '${role}') then create role ${role}; end if; end $$`,
    alterRole(secret, role),
  ])
}

function alterRole(secret: Buffer, role: LoginRole): string {
  const password = rolePassword(secret, role)
  return `alter role ${role} login nosuperuser nocreatedb nocreaterole nobypassrls password '${password}'`
}
