import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Role, readSeal, staffRoles, verifyAudit } from '@opora/access'
import { declareRefusals } from '@opora/core'
import { isNetwork } from '@opora/platform/network'
import { createHouse } from '../app.ts'
import { auditSealsFile, readConfig } from '../config.ts'
import { installBasics } from '../install-basics.ts'
import { openRuntime } from '../runtime.ts'

const { refuse } = declareRefusals({
  'cli.missing': { status: 400, ru: 'Не хватает параметра: {name}', en: 'A parameter is missing: {name}' },
  'cli.network_unknown': {
    status: 400,
    ru: 'Это не адрес IP и не подсеть: {network}',
    en: 'This is no IP address and no network: {network}',
  },
  'cli.role_unknown': {
    status: 400,
    ru: 'Нет такой роли: {role}. Есть: {known}',
    en: 'No such role: {role}. Known: {known}',
  },
})

// the provider's people and partners; a client's sign in to the cabinet by the client's own contacts
const OWN_ROLES: readonly Role[] = [...staffRoles, 'in']

export async function withHouse<T>(body: (house: ReturnType<typeof createHouse>) => Promise<T>): Promise<T> {
  const runtime = await openRuntime(readConfig(process.env), { migrateFirst: true, applicationName: 'opora cli' })
  try {
    return await body(createHouse(runtime))
  } finally {
    await runtime.close()
  }
}

/** Brings the database to this version; says what it did. */
export async function migrateCommand(): Promise<number> {
  const runtime = await openRuntime(readConfig(process.env), { migrateFirst: true, applicationName: 'opora migrate' })
  const [row] = await runtime.database.staff<{ count: number }[]>`select 1 as count from installation`
  process.stdout.write(`${row ? 'ok' : 'empty'}\n`)
  await runtime.close()
  return 0
}

/** Catalogue, calendars, dictionaries and the shipped process, without starting anything. */
export async function seedCommand(): Promise<number> {
  await withHouse(installBasics)
  process.stdout.write('ok\n')
  return 0
}

export async function tokenCreateCommand(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      email: { type: 'string' },
      name: { type: 'string', default: 'cli' },
      scopes: { type: 'string', default: '*' },
      days: { type: 'string', default: '365' },
      from: { type: 'string', default: '' },
    },
  })
  const email = values.email ?? missing('--email')
  const made = await withHouse((house) =>
    house.runtime.database.begin({ as: 'staff' }, (tx) =>
      house.access.createToken(tx, email, {
        name: values.name,
        scopes: values.scopes.split(','),
        networks: networksOf(values.from),
        expiresInDays: Number(values.days),
      }),
    ),
  )
  process.stdout.write(`${made.token}\n`)
  return 0
}

function networksOf(text: string): string[] {
  const networks = text.split(',').filter(Boolean)
  for (const network of networks) if (!isNetwork(network)) throw refuse('cli.network_unknown', { params: { network } })
  return networks
}

export async function userCreateCommand(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      email: { type: 'string' },
      name: { type: 'string' },
      roles: { type: 'string' },
      'password-stdin': { type: 'boolean', default: false },
    },
  })
  const email = values.email ?? missing('--email')
  const roles = (values.roles ?? missing('--roles')).split(',')
  for (const role of roles) {
    if (!OWN_ROLES.includes(role as Role))
      throw refuse('cli.role_unknown', { params: { role, known: OWN_ROLES.join(', ') } })
  }
  if (!values['password-stdin']) missing('--password-stdin')
  const password = await readLine()
  const id = await withHouse((house) =>
    house.runtime.database.begin({ as: 'staff' }, (tx) =>
      house.access.createUser(tx, { email, name: values.name ?? email, roles: roles as Role[], password }),
    ),
  )
  process.stdout.write(`${id}\n`)
  return 0
}

/** Recomputes the chain of the audit trail; names every row that does not follow the one before. */
export async function auditVerifyCommand(): Promise<number> {
  const verdict = await withHouse(async ({ runtime }) => {
    const file = auditSealsFile(runtime.config)
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
    return verifyAudit(
      runtime.database.staff,
      lines.flatMap((line) => readSeal(line) ?? []),
    )
  })
  for (const fault of verdict.faults) process.stdout.write(`${fault.chain} ${fault.seq} ${fault.fault}\n`)
  process.stdout.write(`${verdict.rows} rows, ${verdict.chains} chains, ${verdict.faults.length} faults\n`)
  return verdict.faults.length === 0 ? 0 : 1
}

async function readLine(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '')
}

export function missing(name: string): never {
  throw refuse('cli.missing', { params: { name } })
}
