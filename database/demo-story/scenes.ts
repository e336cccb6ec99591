import type { Actor } from '@opora/access'
import { civilDateIn, MINUTE_MS } from '@opora/core'
import type { Sql } from '@opora/platform/database'
import type { House } from '@opora/server'
import { actorOf, type Cast, dayAt } from './cast.ts'
import { clients } from './clients.ts'
import { answerByMail, letterOf } from './letters.ts'
import type { Move } from './paths.ts'
import { byRole, staff } from './people.ts'
import { post } from './post.ts'
import { addressOf, type TicketStory } from './story.ts'
import type { Scene } from './timeline.ts'
import { answer, greeting, note } from './words.ts'

export interface Stage {
  house: House
  owner: Sql
  cast: Cast
  smtpPort: number
  present: number
  /** Tickets that have been opened, by the story's key. */
  tickets: Map<string, number>
  /** `ticket.place` that have been passed once: a second visit has no words and no time of its own. */
  passed: Set<string>
}

interface Standing {
  id: number
  number: number
  place: string
  portalId: number | null
  clientId: number
}

const FOUR_HOURS = 240
const NO_REPLY: readonly string[] = ['qa', 'rb', 'in']

/** Makes one scene happen, by the verbs that the desk, the cabinet and the mail use. */
export async function play(stage: Stage, scene: Scene): Promise<void> {
  const { ticket, deed } = scene
  try {
    if (deed.does === 'opens') await open(stage, ticket, scene.at)
    else if (deed.does === 'takes') await take(stage, ticket, deed)
    else if (deed.does === 'talks') await talk(stage, ticket, deed, scene.at)
    else if ('outcome' in deed.move) await press(stage, ticket, deed.move, scene.at)
    else await happen(stage, ticket, deed.move, scene.at)
  } catch (error) {
    throw new Error(`${ticket.key}, ${JSON.stringify(deed)}: ${(error as Error).message}`, { cause: error })
  }
}

async function open(stage: Stage, story: TicketStory, at: number): Promise<void> {
  if (story.channel === 'cabinet' || story.channel === 'phone') return openBeside(stage, story)
  await post(stage.smtpPort, letterOf(stage, story, story.text, at, `${story.key}.${at}`))
}

/** In the cabinet, or by phone through the first line. */
async function openBeside(stage: Stage, story: TicketStory): Promise<void> {
  const { house, cast } = stage
  const contact = cast.contacts.get(story.from)!
  const portalId = story.portal ? cast.portals.get(story.portal)! : null
  const couponCode = story.coupon ? await couponOf(stage, contact.clientId) : undefined
  const { subject, text } = story
  const byPhone = story.channel === 'phone'
  const actor = await actorOf(house, cast, byPhone ? cast.staff.get('olga')! : contact.accountId!)
  const opened = await house.runtime.database.begin(actor.scope, (tx) =>
    byPhone
      ? house.tickets.askOnBehalf(tx, actor, {
          clientId: contact.clientId,
          contactId: contact.id,
          portalId,
          subject,
          text,
          channel: 'phone',
          tags: [],
          files: [],
        })
      : house.tickets.askInCabinet(tx, actor, {
          ...(story.answers ? { topic: 'technical', answers: story.answers } : {}),
          portalId,
          subject,
          text,
          form: null,
          impact: null,
          urgency: null,
          couponCode,
          files: [],
        }),
  )
  stage.tickets.set(story.key, opened.id)
}

async function couponOf(stage: Stage, clientId: number): Promise<string> {
  const [row] = await stage.owner<
    { code: string }[]
  >`select code from coupon where client_id = ${clientId} and used_at is null order by id limit 1`
  if (!row) throw new Error('the client has no coupon')
  return row.code
}

/** The tickets that letters have opened since. */
export async function findOpened(stage: Stage, stories: readonly TicketStory[]): Promise<void> {
  const waiting = stories.filter((story) => !stage.tickets.has(story.key))
  if (waiting.length === 0) return
  const rows = await stage.owner<{ key: string; ticketId: number }[]>`
    select split_part(message_id, '.', 1) as key, ticket_id from raw_message
    where ticket_id is not null and split_part(message_id, '.', 1) = any(${waiting.map((story) => story.key)})`
  for (const row of rows) stage.tickets.set(row.key, row.ticketId)
}

export async function standingOf(stage: Stage, key: string): Promise<Standing> {
  const [row] = await stage.owner<
    Standing[]
  >`select id, number, place, portal_id, client_id from ticket where id = ${stage.tickets.get(key) ?? 0}`
  if (!row) throw new Error('its letter opened no ticket')
  return row
}

async function press(
  stage: Stage,
  story: TicketStory,
  move: Extract<Move, { outcome: string }>,
  at: number,
): Promise<void> {
  const { house } = stage
  const ticket = await standingOf(stage, story.key)
  if (ticket.place !== move.place) throw new Error(`the ticket stands at ${ticket.place}`)
  const person = personFor(story, move.place, move.by)
  const visit = `${story.key}.${move.place}`
  const isFirst = !stage.passed.has(visit)
  stage.passed.add(visit)
  const actor = await staffActor(stage, person)
  const begin = <T>(body: Parameters<typeof house.runtime.database.begin<T>>[1]) =>
    house.runtime.database.begin(scopeOf(actor), body)
  if (move.by === 'im' && move.place === 'im_route') await classify(stage, story, ticket, actor)
  if (!['rb', 'in'].includes(move.by))
    await begin((tx) => house.tickets.assign(tx, actor, ticket.id, null, actor.accountId))
  const input = {
    outcome: move.outcome,
    taskId: move.place,
    data: dataFor(stage, story, move, at),
    ...wordsFor(isFirst ? story : { ...story, say: {}, note: {} }, move),
  }
  await begin((tx) => house.tickets.takeOutcome(tx, actor, ticket.id, input))
  if (isFirst) await logTime(stage, story, move.place, ticket.id)
}

/** A partner's database role reads what was passed on; what it writes goes through the worker, judged by the partner's rights. */
function scopeOf(actor: Actor): Actor['scope'] {
  return actor.side === 'partner' ? { as: 'worker' } : actor.scope
}

function wordsFor(story: TicketStory, move: Extract<Move, { outcome: string }>) {
  const { place, by, needs, outcome } = move
  const first = place === 'l1_classify' && outcome === 'pass_on' ? greeting(story.key) : undefined
  const said = story.say?.[place] ?? first ?? (needs === 'reply' ? answer(story.key) : undefined)
  const noted = story.note?.[place] ?? (needs === 'note' ? note(place, story.key) : undefined)
  return {
    ...(said && !NO_REPLY.includes(by)
      ? { reply: { text: said, files: [], copyContactIds: [], sendAnyway: true } }
      : {}),
    ...(noted && by !== 'rb' ? { note: { text: noted, files: [], mentions: [], forPartner: false } } : {}),
  }
}

async function classify(stage: Stage, story: TicketStory, ticket: Standing, actor: Actor): Promise<void> {
  const { priority, topic = 'technical', tags } = story
  // a letter that names no address is about the client's main portal
  const own = clients.find((client) => stage.cast.clients.get(client.key) === ticket.clientId)
  const portalId = ticket.portalId ?? stage.cast.portals.get(own?.portals[0]?.key ?? '')
  const change = {
    topic,
    ...(priority ? { priority } : {}),
    ...(tags ? { tags } : {}),
    ...(portalId ? { portalId } : {}),
  }
  await stage.house.runtime.database.begin(actor.scope, (tx) =>
    stage.house.tickets.change(tx, actor, ticket.id, null, change),
  )
}

/** Whoever logs time at a place, or speaks there, is who has the ticket. */
function doerOf(story: TicketStory, place: string, role: string): string | undefined {
  const doers = [
    ...(story.time ?? []).filter(([where]) => where === place).map(([, person]) => person),
    ...(story.talk?.[place] ?? []).map(([who]) => who),
  ]
  return doers.find((key) => staff.some((person) => person.key === key && person.roles.some((one) => one === role)))
}

function personFor(story: TicketStory, place: string, role: string): string {
  const named = story.who?.[place] ?? doerOf(story, place, role)
  if (named) return named
  const people = byRole[role] ?? []
  const turn = [...story.key].reduce((sum, char) => sum + char.charCodeAt(0), 0)
  const listed = new Set(staff.filter((person) => person.listed).map((person) => person.key))
  const served = ['krylova', 'petrov', 'gusev', 'smirnova', 'yurin', 'orekhov', 'dina'].includes(story.from)
  const fit = people.filter((person) => !listed.has(person) || served)
  return fit[turn % fit.length]!
}

const staffActor = (stage: Stage, key: string) => actorOf(stage.house, stage.cast, stage.cast.staff.get(key)!)

function dataFor(stage: Stage, story: TicketStory, move: Extract<Move, { outcome: string }>, at: number) {
  const later =
    story.stop === 'it_planned' ? Date.parse(`${dayAt(stage.present, 2)}T21:00:00+03:00`) : at + FOUR_HOURS * MINUTE_MS
  const usual: Record<string, Record<string, string | number | boolean>> = {
    'l1_classify.reject': { reason: 'off_topic' },
    'it_diagnose.integrator': { partner: addressOf('partner') },
    'it_diagnose.vendor': { vendor_topic: 'basic_settings', vendor_number: `B24-${700_000 + story.key.length * 317}` },
    'it_service.done': { checklist_done: true },
    'acc_fix.workaround': {
      priority: '3',
      remainder: 'Найти, почему зависает очередь агентов, и убрать временный перезапуск.',
    },
    'an_specify.covered': {
      specification:
        story.note?.['an_specify'] ??
        'Что меняем, для кого и как проверить — в описании обращения; данные не переносим.',
    },
    'qa_copy.passed': { report: 'report.txt' },
    'it_window.agreed': {
      window_at: later,
      rollback_plan: 'Копия базы и файлов перед установкой; откат занимает 15 минут.',
    },
    'im_postmortem.done': {
      summary: 'Причина: закончилось место под журналы. Добавлены ротация и предупреждение при 80 %.',
    },
  }
  return { ...usual[`${move.place}.${move.outcome}`], ...story.data?.[move.place] }
}

async function take(stage: Stage, story: TicketStory, deed: { place: string; by: string }): Promise<void> {
  const ticket = await standingOf(stage, story.key)
  const actor = await staffActor(stage, personFor(story, deed.place, deed.by))
  await stage.house.runtime.database.begin(actor.scope, (tx) =>
    stage.house.tickets.assign(tx, actor, ticket.id, null, actor.accountId),
  )
  if (story.checklist && deed.place === 'it_service') await goHalfThrough(stage, actor, ticket.id, story.checklist)
}

async function goHalfThrough(stage: Stage, actor: Actor, ticketId: number, checklist: string): Promise<void> {
  const { tickets, runtime } = stage.house
  await runtime.database.begin(actor.scope, async (tx) => {
    await tickets.beginChecklist(tx, actor, ticketId, checklist)
    const [list] = await tickets.checklists(tx, actor, ticketId)
    for (const position of [0, 1])
      await tickets.tickItem(tx, actor, ticketId, { listId: list!.id, position, ticked: true })
  })
}

async function talk(
  stage: Stage,
  story: TicketStory,
  line: { place: string; who: string; text: string },
  at: number,
): Promise<void> {
  const ticket = await standingOf(stage, story.key)
  if (ticket.place !== line.place) throw new Error(`the ticket stands at ${ticket.place}`)
  if (line.who === 'client') return answerByMail(stage, story, ticket, line.text, at)
  const actor = await staffActor(stage, line.who)
  const reply = { text: line.text, files: [], copyContactIds: [], sendAnyway: true }
  await stage.house.runtime.database.begin(actor.scope, (tx) => stage.house.tickets.reply(tx, actor, ticket.id, reply))
}

async function logTime(stage: Stage, story: TicketStory, place: string, ticketId: number): Promise<void> {
  for (const [where, person, activity, minutes, text] of story.time ?? []) {
    if (where !== place) continue
    const actor = await staffActor(stage, person)
    const service = serviceOf(stage, story, place)
    const entry = {
      activity,
      note: text,
      minutes,
      service,
      urgent: false,
      onSite: false,
      visible: true,
      source: 'manual' as const,
    }
    await stage.house.runtime.database.begin(actor.scope, (tx) => stage.house.work.logTime(tx, actor, ticketId, entry))
  }
}

/** The package of the first client includes services; elsewhere hours are drawn. */
function serviceOf(stage: Stage, story: TicketStory, place: string): string | null {
  if (stage.cast.contacts.get(story.from)?.clientId !== stage.cast.clients.get('stroymir')) return null
  if (story.path === 'consultation' || story.path === 'answered' || story.path === 'asked') return 'consulting-email'
  if (story.path === 'service') return 'consulting-configuration'
  if (story.path === 'change' || place === 'an_specify') return 'consulting-configuration'
  return story.path === 'estimated' ? null : 'troubleshooting'
}

async function happen(
  stage: Stage,
  story: TicketStory,
  move: Extract<Move, { happens: string }>,
  at: number,
): Promise<void> {
  if (move.happens === 'timer') return
  const { house, cast } = stage
  const ticket = await standingOf(stage, story.key)
  if (ticket.place !== move.place) throw new Error(`the ticket stands at ${ticket.place}`)
  if (move.happens === 'client_writes')
    return answerByMail(stage, story, ticket, story.wrote?.[move.place] ?? 'Прикладываю.', at)
  if (move.happens === 'merged') return merge(stage, story, ticket.id)
  if (move.happens === 'estimate') return offerEstimate(stage, story, ticket.id)
  const who =
    move.happens === 'approved'
      ? await responsibleOf(stage, ticket.clientId)
      : cast.contacts.get(story.from)!.accountId!
  const actor = await actorOf(house, cast, who)
  await house.runtime.database.begin(actor.scope, async (tx) => {
    if (move.happens === 'rated') {
      const [score, comment = ''] = story.rate!
      await house.surveys.rate(tx, actor, ticket.id, { score, comment })
    } else if (move.happens === 'approved') {
      const [row] = await tx<
        { id: number }[]
      >`select id from estimate where ticket_id = ${ticket.id} and state = 'offered'`
      await house.work.decideEstimate(tx, actor, row!.id, { decision: 'approve', comment: 'Согласовано, делайте.' })
    } else {
      const outcome = move.happens === 'confirmed' ? 'confirm' : 'accept'
      await house.tickets.takeOutcome(tx, actor, ticket.id, { outcome, taskId: move.place, data: {} })
    }
  })
}

async function merge(stage: Stage, story: TicketStory, ticketId: number): Promise<void> {
  const actor = await staffActor(stage, 'marina')
  const into = stage.tickets.get(story.mergedInto ?? '')
  if (into === undefined) throw new Error(`${story.mergedInto} is not open yet`)
  await stage.house.runtime.database.begin(actor.scope, (tx) => stage.house.tickets.merge(tx, actor, ticketId, into))
}

async function offerEstimate(stage: Stage, story: TicketStory, ticketId: number): Promise<void> {
  const actor = await staffActor(stage, story.who?.['an_specify'] ?? 'anna')
  const { title, lines } = story.estimate ?? {
    title: story.subject,
    lines: [['Разработка и проверка', 480, 'development']] as const,
  }
  const validUntil = civilDateIn('Europe/Moscow', stage.present + 14 * 86_400_000)
  const input = {
    title,
    specification: story.note?.['an_specify'] ?? '',
    lines: lines.map(([line, minutes, activity]) => ({ title: line, minutes, activity })),
    validUntil,
    offer: true,
  }
  await stage.house.runtime.database.begin(actor.scope, (tx) =>
    stage.house.work.createEstimate(tx, actor, ticketId, input),
  )
  await logTime(stage, story, 'an_specify', ticketId)
}

async function responsibleOf(stage: Stage, clientId: number): Promise<number> {
  const [row] = await stage.owner<
    { accountId: number }[]
  >`select account_id from contact where client_id = ${clientId} and responsible order by id limit 1`
  return row!.accountId
}
