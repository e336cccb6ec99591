import { rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { declareRefusals } from '@opora/core'
import { migrate, openPool } from '@opora/platform/database'
import { createHouse, type House } from '../app.ts'
import { readConfig } from '../config.ts'
import { installBasics } from '../install-basics.ts'
import { MIGRATIONS, openRuntime, type Runtime } from '../runtime.ts'
import type { Serving } from '../serve.ts'
import type { Working } from '../work.ts'
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
  signInFacts(): { password: string; mailbox: string }
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

export interface Demo {
  house: House
  working: Working
  serving: Serving
  /** False: the story had been told before. */
  toldNow: boolean
  stop(): Promise<void>
}

/** Works, tells the story where it has not been told yet, then serves. The desk opens when the history is there. */
export async function startDemo(env: Record<string, string | undefined>, say: (line: string) => void): Promise<Demo> {
  const runtime = await openRuntime(readConfig(demoEnvironment(env)), {
    migrateFirst: true,
    applicationName: 'opora demo',
  })
  const stops: (() => Promise<void>)[] = [() => runtime.close()]
  const stop = async () => {
    for (const each of stops.toReversed()) await each()
  }
  try {
    const told = await prepareGround(runtime)
    // letters of the story name the address that the desk will have
    if (runtime.port === 0) runtime.tookPort(await freePort(runtime.config.platform.host))
    const house = createHouse(runtime)
    await installBasics(house)
    const working = await (await import('../work.ts')).startWorking(house, { receiveMail: true })
    stops.push(() => working.stop())
    if (!told) await tell(house, working, say)
    const serving = await (await import('../serve.ts')).startServing(house)
    stops.push(() => serving.stop())
    return { house, working, serving, toldNow: !told, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Serves and works like `serve --work`; on an empty installation tells the demo story first, once. */
export async function demoCommand(_words: string[] = []): Promise<number> {
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  const demo = await startDemo(process.env, say)
  await greet(demo, say)
  return untilStopped(demo)
}

function freePort(host: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const probe = createServer().on('error', reject)
  probe.listen(0, host, () => {
    const { port } = probe.address() as AddressInfo
    probe.close(() => resolve(port))
  })
  return promise
}

const loadTeller = async () => (await import(pathToFileURL(TELLER).href)) as Teller

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
  for (const name of ['outbox', 'files', 'audit-seals.ndjson'])
    await rm(join(runtime.config.platform.data, name), { recursive: true, force: true })
}

async function tell(house: House, working: Working, say: (line: string) => void): Promise<void> {
  const { tellStory } = await loadTeller()
  const began = performance.now()
  say('Рассказываю историю: три месяца писем, работ и сроков / telling the story: three months')
  let said = 0
  await tellStory({
    house,
    smtpPort: working.smtpPort!,
    idle: working.idle,
    progress(percent) {
      if (percent < said + 20) return
      said = percent
      say(`  ${percent} %`)
    },
  })
  say(`  готово за ${Math.round((performance.now() - began) / 1_000)} с / done`)
}

async function greet({ house, serving, working }: Demo, say: (line: string) => void): Promise<void> {
  const { config } = house.runtime
  const teller = await loadTeller()
  const address = config.platform.publicUrl ?? `http://localhost:${serving.port}`
  const token = await teller.writeToken(house, config.platform.data)
  const people = teller.whoCanSignIn()
  const width = (key: 'name' | 'title') => Math.max(...people.map((person) => person[key].length))
  const [names, titles] = [width('name'), width('title')]
  const part = (where: string) =>
    people
      .filter((person) => person.where === where)
      .map((person) => `  ${person.name.padEnd(names)}  ${person.title.padEnd(titles)}  ${person.email}`)
  const { transport, smtpHost } = config.channels
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
    `Пароль у всех / everybody's password: ${teller.signInFacts().password}`,
    `Почта / SMTP: ${smtpHost}:${working.smtpPort}, ${teller.signInFacts().mailbox}`,
    ...(transport === 'folder' ? [`Исходящие письма / letters out: ${join(config.platform.data, 'outbox')}`] : []),
    `Токен API / API token: ${token}`,
    '',
    `Opora: ${address}`,
  ]
  for (const line of lines) say(line)
}
