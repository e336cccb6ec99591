import { parseArgs } from 'node:util'
import { createHouse, type House } from '../app.ts'
import { readConfig } from '../config.ts'
import { installBasics } from '../install-basics.ts'
import { openRuntime } from '../runtime.ts'
import type { Serving } from '../serve.ts'
import type { Working } from '../work.ts'

export interface Started {
  house: House
  serving: Serving | null
  working: Working | null
  stop(): Promise<void>
}

/** Opens database and house, then serves, works, or both. What is missing in the database is made first. */
export async function start(options: {
  serve: boolean
  work: boolean
  env?: Record<string, string | undefined>
}): Promise<Started> {
  const config = readConfig(options.env ?? process.env)
  const runtime = await openRuntime(config, {
    migrateFirst: true,
    applicationName: options.serve ? 'opora serve' : 'opora work',
  })
  let serving: Serving | null = null
  let working: Working | null = null
  const stop = async () => {
    await serving?.stop()
    await working?.stop()
    await runtime.close()
  }
  try {
    const house = createHouse(runtime)
    await installBasics(house)
    if (options.serve) serving = await (await import('../serve.ts')).startServing(house)
    if (options.work) working = await (await import('../work.ts')).startWorking(house, { receiveMail: true })
    return { house, serving, working, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** `serve [--work]` and `work`: runs until a signal; then requests finish, jobs return to the queue. */
export async function serveCommand(words: string[]): Promise<number> {
  const { values } = parseArgs({ args: words, options: { work: { type: 'boolean', default: false } } })
  const started = await start({ serve: true, work: values.work })
  await greet(started)
  return untilStopped(started)
}

export async function workCommand(): Promise<number> {
  const started = await start({ serve: false, work: true })
  process.stdout.write(`Opora works. SMTP: ${started.working?.smtpPort}\n`)
  return untilStopped(started)
}

async function greet({ house, serving, working }: Started): Promise<void> {
  const { config, database } = house.runtime
  const address = config.platform.publicUrl ?? `http://localhost:${serving?.port}`
  const lines = [`Opora: ${address}`]
  if (working) lines.push(`SMTP: ${config.channels.smtpHost}:${working.smtpPort}`)
  const code = await database.begin({ as: 'staff' }, (tx) => house.access.ensureSetupCode(tx))
  if (code) lines.push('', `Код установки / set-up code: ${code}`, `Откройте / open: ${address}/desk/setup`)
  process.stdout.write(`${lines.join('\n')}\n`)
}

export function untilStopped(started: Pick<Started, 'stop'>): Promise<number> {
  return new Promise((resolve) => {
    let stopping = false
    const stop = () => {
      if (stopping) return
      stopping = true
      started.stop().then(
        () => resolve(0),
        (error: Error) => {
          process.stderr.write(`${error.stack}\n`)
          resolve(1)
        },
      )
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
  })
}
