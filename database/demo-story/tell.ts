import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { civilDateIn, DAY_MS, isoInstant, MINUTE_MS } from '@opora/core'
import { openPool, type Sql } from '@opora/platform/database'
import type { House } from '@opora/server'
import { gatherBoard } from './board.ts'
import { gatherCast } from './cast.ts'
import { clients } from './clients.ts'
import { strangerAnswers } from './letters.ts'
import { layOutMoney, planAhead } from './money.ts'
import { turnMonth } from './months.ts'
import { staff } from './people.ts'
import { post } from './post.ts'
import { findOpened, play, type Stage } from './scenes.ts'

import { addressOf, COMPANY, DOMAIN, HISTORY_DAYS, PASSWORD, SUPPORT, type TicketStory } from './story.ts'
import { tickets } from './tickets.ts'
import { type Scene, timelineOf } from './timeline.ts'

/** What somebody needs to sign in, and where to write. */
export function signInFacts(): { password: string; mailbox: string } {
  return { password: PASSWORD, mailbox: SUPPORT }
}

export interface Telling {
  house: House
  smtpPort: number
  /** Resolves when everything due has happened. */
  idle(): Promise<void>
  /** Told how far the story has come, in whole percents. */
  progress?(percent: number): void
}

// Scenes so near to each other are played at one setting of the clock.
const TOGETHER_MS = 20 * MINUTE_MS
const AT_ONCE = 6

/** Tells the whole story: from its first day to the present, by the house's own verbs and letters. */
export async function tellStory(telling: Telling): Promise<void> {
  const { house } = telling
  const owner = openPool(house.runtime.ownerUrl, { max: 3, applicationName: 'opora demo' })
  try {
    const present = Date.now()
    await owner`update installation set demo = true, company_name = ${COMPANY}`
    await setClock(owner, present - HISTORY_DAYS * DAY_MS)
    const cast = await gatherCast(house, present)
    const { smtpPort } = telling
    const stage: Stage = { house, owner, cast, smtpPort, present, tickets: new Map(), passed: new Set() }
    await layOutMoney(stage)
    await playAll(telling, stage, timelineOf(tickets, present))
    await oddLetters(stage)
    await telling.idle()
    await owner`update installation set clock_offset = '0', set_up_at = now()`
    await telling.idle()
    await planAhead(stage)
    await gatherBoard(stage)
    await house.insight.refreshRevenue()
  } finally {
    await owner.end({ timeout: 5 })
  }
}

/** Letters that are no requests: from somebody who takes no part, and from a machine. */
async function oddLetters(stage: Stage): Promise<void> {
  const at = stage.present - 30_000
  const asked = tickets.find((ticket) => ticket.key === 'p-test')!
  await strangerAnswers(stage, asked, 'Коллеги, пишу с личной почты: этикетки нужны сегодня, машина стоит.', at)
  await post(stage.smtpPort, {
    from: { name: 'Ирина Крылова', address: addressOf('krylova') },
    to: SUPPORT,
    subject: 'Автоответ: я в отпуске',
    text: 'Здравствуйте! Я в отпуске, по срочным вопросам пишите Максиму Юрину.',
    at,
    messageId: `vacation.${at}@mail.${DOMAIN}`,
    headers: { 'Auto-Submitted': 'auto-replied' },
  })
}

async function setClock(owner: Sql, at: number): Promise<void> {
  await owner`update installation set clock_offset = ${isoInstant(at)}::timestamptz - now()`
}

async function playAll(telling: Telling, stage: Stage, scenes: Scene[]): Promise<void> {
  const rest = [...scenes]
  const stories: TicketStory[] = tickets
  /** What went wrong, by ticket: the others are told to the end, so that every fault is named at once. */
  const spoilt = new Map<string, Error>()
  let month = monthAt(stage.present - HISTORY_DAYS * DAY_MS)
  while (rest.length > 0) {
    const batch = takeTogether(rest)
    const at = batch[0]!.at
    await reach(telling, stage, at)
    month = await turnMonths(stage, month, at)
    await inParallel(batch, async (scene) => {
      if (spoilt.has(scene.ticket.key)) return
      await play(stage, scene).catch((error: Error) => spoilt.set(scene.ticket.key, error))
    })
    if (batch.some((scene) => outside(scene))) {
      await telling.idle()
      await findOpened(stage, stories)
    }
    telling.progress?.(Math.floor((100 * (scenes.length - rest.length)) / scenes.length))
  }
  await reach(telling, stage, stage.present)
  await turnMonths(stage, month, stage.present)
  if (spoilt.size > 0) throw new Error([...spoilt.values()].map((error) => error.message).join('\n'))
}

const monthAt = (at: number) => civilDateIn('Europe/Moscow', at).slice(0, 7)

/** Turns every month that has begun since `month`; answers the present one. */
async function turnMonths(stage: Stage, month: string, at: number): Promise<string> {
  let turned = month
  while (turned < monthAt(at)) {
    turned = Temporal.PlainYearMonth.from(turned).add({ months: 1 }).toString()
    await turnMonth(stage, turned)
  }
  return turned
}

/** Does the scene come in by mail or from a client, so that jobs have to follow before the clock goes on? */
function outside({ deed }: Scene): boolean {
  if (deed.does === 'opens') return true
  return deed.does === 'talks' ? deed.who === 'client' : deed.does === 'moves' && 'happens' in deed.move
}

/** The next scenes that may go side by side: near in time, each of another ticket. */
function takeTogether(rest: Scene[]): Scene[] {
  const [first] = rest
  const batch: Scene[] = []
  const seen = new Set<string>()
  const left: Scene[] = []
  for (const scene of rest) {
    const near = scene.at < first!.at + TOGETHER_MS
    if (near && !seen.has(scene.ticket.key)) batch.push(scene)
    else left.push(scene)
    if (near) seen.add(scene.ticket.key)
  }
  rest.splice(0, rest.length, ...left)
  return batch
}

/** Lets the clock go to `at`, stopping wherever a timer of a process comes due on the way. */
async function reach(telling: Telling, stage: Stage, at: number): Promise<void> {
  for (;;) {
    const [next] = await stage.owner<{ dueAt: number }[]>`
      select due_at from process_timer where fired_at is null and cancelled_at is null and due_at < ${at} order by due_at limit 1`
    if (!next) break
    await setClock(stage.owner, next.dueAt + 1_000)
    await telling.idle()
  }
  await setClock(stage.owner, at)
  const [rings] = await stage.owner`select from clock where next_alarm_at < ${at} limit 1`
  if (rings) await telling.idle()
}

async function inParallel<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items]
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

/** The administrator's token, for scripts and tests: readable by the owner of the data folder only. */
export async function writeToken(house: House, dataDir: string): Promise<string> {
  const made = await house.runtime.database.begin({ as: 'staff' }, (tx) =>
    house.access.createToken(tx, addressOf('admin'), { name: 'demo', scopes: ['*'], expiresInDays: 365 }),
  )
  await mkdir(dataDir, { recursive: true })
  const path = join(dataDir, 'demo-token')
  await rm(path, { force: true })
  await writeFile(path, `${made.token}\n`, { mode: 0o600 })
  return path
}

/** Who can sign in, for the table that the start prints. */
export function whoCanSignIn(): {
  name: string
  title: string
  email: string
  where: 'desk' | 'cabinet' | 'partner'
}[] {
  const inside = staff.map(({ key, name, title, roles }) => ({
    name,
    title,
    email: addressOf(key),
    where: roles.includes('in') ? ('partner' as const) : ('desk' as const),
  }))
  const outside = clients.flatMap((client) =>
    client.contacts
      .filter((contact) => contact.cabinet)
      .map((contact) => ({
        name: contact.name,
        title: `${client.card.name}: ${titleOf(contact)}`,
        email: addressOf(contact.key),
        where: 'cabinet' as const,
      })),
  )
  return [...inside, ...outside]
}

function titleOf(contact: (typeof clients)[number]['contacts'][number]): string {
  const marks = [
    contact.responsible ? 'ответственное лицо' : null,
    contact.portalAdmin ? 'администратор портала' : null,
    contact.scope === 'finance' ? 'финансы' : null,
  ].filter((mark) => mark !== null)
  return marks.length > 0 ? marks.join(', ') : 'инициатор'
}
