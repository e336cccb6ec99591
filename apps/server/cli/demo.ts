import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { declareRefusals } from '@opora/core'
import { migrate, openPool } from '@opora/platform/database'
import { createHouse, type House } from '../app.ts'
import { readConfig } from '../config.ts'
import { installBasics } from '../install-basics.ts'
import { MIGRATIONS, openRuntime, type Runtime } from '../runtime.ts'
import { untilStopped } from './start.ts'

/** The teller lies with its story, beside the migrations, and is loaded when somebody asks for it. */
interface Teller {
  tellStory(telling: {
    house: House
    smtpPort: number
    idle(): Promise<void>
    progress?(percent: number): void
  }): Promise<void>
  writeToken(house: House, dataDir: string): Promise<string>
  whoCanSignIn(): { name: string; title: string; email: string; where: string }[]
  PASSWORD: string
}
const TELLER = join(import.meta.dirname, '../../../database/demo-story/tell.ts')

const { refuse } = declareRefusals({
  'cli.demo_on_real': {
    status: 409,
    ru: 'Здесь живёт настоящая установка Опоры ({place}): показательную историю рассказывать поверх неё нельзя. Укажите другую папку в OPORA_DATA (и другую базу в DATABASE_URL) или запустите npm start.',
    en: 'A real installation of Opora lives here ({place}): the demo story is not told on top of it. Name another folder in OPORA_DATA (and another database in DATABASE_URL), or run npm start.',
  },
})

/** What the demo takes where nothing is set: a folder of its own, and letters that can be read as files. */
export function demoEnvironment(env: Record<string, string | undefined>): Record<string, string | undefined> {
  return {
    ...env,
    OPORA_DATA: env['OPORA_DATA'] || './data/demo',
    OPORA_MAIL_TRANSPORT: env['OPORA_MAIL_TRANSPORT'] || 'folder',
    OPORA_LOG_LEVEL: env['OPORA_LOG_LEVEL'] || 'warn',
  }
}

/** Serves and works like `serve --work`; on an empty installation tells the demo story first, once. */
export async function demoCommand(_words: string[] = []): Promise<number> {
  const config = readConfig(demoEnvironment(process.env))
  const runtime = await openRuntime(config, { migrateFirst: true, applicationName: 'opora demo' })
  const teller = (await import(pathToFileURL(TELLER).href)) as Teller
  const stops: (() => Promise<void>)[] = [() => runtime.close()]
  const stop = async () => {
    for (const each of stops.toReversed()) await each()
  }
  try {
    const told = await prepareGround(runtime)
    const house = createHouse(runtime)
    await installBasics(house)
    const working = await (await import('../work.ts')).startWorking(house, { receiveMail: true })
    stops.push(() => working.stop())
    const smtpPort = working.smtpPort!
    if (!told) await tell(teller, house, { smtpPort, idle: working.idle })
    const serving = await (await import('../serve.ts')).startServing(house)
    stops.push(() => serving.stop())
    await greet(teller, house, { port: serving.port, smtpPort })
  } catch (error) {
    await stop()
    throw error
  }
  return untilStopped({ stop })
}

/**
 * Says whether the story has been told already. A telling that was interrupted is taken away, so that it begins anew on clean
 * ground; a real installation is refused.
 */
export async function prepareGround(runtime: Runtime): Promise<boolean> {
  const owner = openPool(runtime.ownerUrl, { max: 1, applicationName: 'opora demo' })
  try {
    const [row] = await owner<{ demo: boolean; setUp: boolean; empty: boolean }[]>`
      select demo, set_up_at is not null as set_up, not exists (select from account) and not exists (select from client) as empty
      from installation`
    if (row?.demo) {
      if (row.setUp) return true
      await clearGround(runtime)
      return false
    }
    if (row?.setUp || !row?.empty) throw refuse('cli.demo_on_real', { params: { place: runtime.config.platform.data } })
    return false
  } finally {
    await owner.end({ timeout: 5 })
  }
}

async function clearGround(runtime: Runtime): Promise<void> {
  const owner = openPool(runtime.ownerUrl, { max: 1, applicationName: 'opora demo' })
  await owner.unsafe(
    'drop schema if exists graphile_worker cascade; drop schema public cascade; create schema public; grant usage on schema public to public',
  )
  await owner.end({ timeout: 5 })
  await migrate({ url: runtime.ownerUrl, secret: runtime.secret, folder: MIGRATIONS })
  for (const name of ['outbox', 'files'])
    await rm(join(runtime.config.platform.data, name), { recursive: true, force: true })
}

async function tell(teller: Teller, house: House, working: { smtpPort: number; idle(): Promise<void> }): Promise<void> {
  const began = performance.now()
  process.stdout.write('Рассказываю историю: три месяца писем, работ и сроков / telling the story: three months\n')
  let said = 0
  await teller.tellStory({
    house,
    ...working,
    progress(percent) {
      if (percent < said + 20) return
      said = percent
      process.stdout.write(`  ${percent} %\n`)
    },
  })
  process.stdout.write(`  готово за ${Math.round((performance.now() - began) / 1_000)} с / done\n`)
}

async function greet(teller: Teller, house: House, ports: { port: number; smtpPort: number }): Promise<void> {
  const { config } = house.runtime
  const address = config.platform.publicUrl ?? `http://localhost:${ports.port}`
  const token = await teller.writeToken(house, config.platform.data)
  const people = teller.whoCanSignIn()
  const width = (key: 'name' | 'title') => Math.max(...people.map((person) => person[key].length))
  const row = (person: (typeof people)[number]) =>
    `  ${person.name.padEnd(width('name'))}  ${person.title.padEnd(width('title'))}  ${person.email}`
  const part = (where: string) => people.filter((person) => person.where === where).map(row)
  const lines = [
    '',
    `Рабочее место / desk:  ${address}/desk`,
    ...part('desk'),
    'Партнёр / partner:',
    ...part('partner'),
    '',
    `Личный кабинет / cabinet:  ${address}/cabinet`,
    ...part('cabinet'),
    '',
    `Пароль у всех / everybody's password: ${teller.PASSWORD}`,
    `Почта / SMTP: ${config.channels.smtpHost}:${ports.smtpPort}, support@demo.opora.test`,
    ...(config.channels.transport === 'folder'
      ? [`Исходящие письма / letters out: ${join(config.platform.data, 'outbox')}`]
      : []),
    `Токен API / API token: ${token}`,
    '',
    `Opora: ${address}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
