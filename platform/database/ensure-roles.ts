import { declareRefusals } from '@opora/core'
import { openPool, type Sql } from './connect.ts'
import { type LoginRole, loginRoles, rolePassword } from './roles.ts'

const { refuse } = declareRefusals({
  'database.roles_not_ready': {
    status: 503,
    ru: 'Роли входа в базу не готовы ({roles}), а учётной записи из DATABASE_URL не дано право их создавать. Команда opora doctor напечатает, что выполнить под суперпользователем.',
    en: 'The login roles of the database are not ready ({roles}), and the account of DATABASE_URL may not make them. The command opora doctor prints what to run as superuser.',
  },
})

const NOT_ALLOWED = '42501'

/**
 * Makes the login roles where they are missing and sets their passwords, where the account may; where it may not, the roles must be ready,
 * made by an administrator. Runs under the migration lock.
 */
export async function ensureRoles(owner: Sql, url: string, secret: Buffer): Promise<void> {
  const present = await owner<
    { rolname: string }[]
  >`select rolname from pg_roles where rolname in ${owner([...loginRoles])}`
  const names = new Set(present.map((row) => row.rolname))
  const unready: LoginRole[] = []
  for (const role of loginRoles) {
    const attributes = `login password '${rolePassword(secret, role)}'`
    try {
      await owner.unsafe(
        names.has(role)
          ? `alter role ${role} ${attributes}`
          : `create role ${role} nosuperuser nocreatedb nocreaterole nobypassrls ${attributes}`,
      )
    } catch (error) {
      if ((error as { code?: string }).code !== NOT_ALLOWED) throw error
      if (!(names.has(role) && (await mayEnter(url, role, secret)))) unready.push(role)
    }
  }
  if (unready.length > 0) throw refuse('database.roles_not_ready', { params: { roles: unready.join(', ') } })
}

async function mayEnter(url: string, login: LoginRole, secret: Buffer): Promise<boolean> {
  const pool = openPool(url, { login, secret, max: 1, applicationName: 'opora migrate' })
  try {
    await pool`select 1`
    return true
  } catch {
    return false
  } finally {
    await pool.end({ timeout: 5 })
  }
}
