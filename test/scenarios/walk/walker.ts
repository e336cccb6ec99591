import { expect } from 'vitest'
import type { StaffRole } from '../month/company.ts'
import type { Body, Visitor } from '../month/visitor.ts'
import { LENA, PARTNER, type WalkWorld } from './walk-world.ts'

const STAFF: readonly StaffRole[] = ['l1', 'im', 'it', 'dev', 'qa', 'an', 'rb', 'am']
const CLIENT_ROLES = ['cu', 'cr', 'pa']
const TEXT = 'Причина найдена'
const FIELDS: Record<string, string | boolean> = {
  partner: PARTNER,
  vendor_topic: 'basic_settings',
  vendor_number: 'B24-2148377',
  reason: 'off_topic',
  priority: '3',
  score: '5',
}
const DECISIONS: Record<string, string> = { approved: 'approve', declined: 'decline', asked: 'ask' }
// the installation's clock goes on while the test looks
const AROUND_MS = 60_000

/** Walks tickets through the real server, and knows which flows were taken and which places and buttons were looked at. */
export interface Walker {
  taken: Set<string>
  /** Opens a ticket and takes the steps one after another; each leads where it is said to. Gives the ticket's id. */
  walk(subject: string, steps: string, places: string): Promise<number>
  /** The place before whom the ticket stands. */
  placeOf(id: number): Promise<string>
}

export function createWalker(world: WalkWorld): Walker {
  const taken = new Set<string>()
  const seenPlaces = new Set<string>()
  const seenButtons = new Set<string>()
  const { house, staff, lena } = world
  const { owner } = house.db
  const head = (id: number): Promise<Body> => staff.im.get(`/tickets/${id}`)

  async function one(id: number, step: string, place: string): Promise<void> {
    if (step.startsWith('!')) await hear(id, step.slice(1))
    else if (step.startsWith('@')) await timer(id, step.slice(1))
    else await press(id, step, place)
    const { passed } = await staff.im.get(`/tickets/${id}/process`)
    for (const flow of passed) if (world.definition.flows[flow]) taken.add(flow)
  }

  /** Who takes this: the first of the roles that may, in person. */
  async function takerOf(roles: readonly string[]): Promise<Visitor> {
    const role = roles[0]!
    if (role === 'in') return world.partner()
    if (CLIENT_ROLES.includes(role)) return lena
    return staff[role as StaffRole]
  }
  const pathOf = (who: Visitor, id: number) => `${who.name === LENA ? '/cabinet/tickets' : '/tickets'}/${id}`

  async function press(id: number, outcomeId: string, placeId: string): Promise<void> {
    const place = world.places.get(placeId)!
    const outcome = place.outcomes.find((candidate) => candidate.id === outcomeId)
    if (!outcome) throw new Error(`the diagram has no ${placeId}.${outcomeId}`)
    const roles = outcome.by ?? place.takers
    const who = await takerOf(roles)
    const path = pathOf(who, id)
    const button = (await who.get(path)).outcomes.find((candidate: Body) => candidate.id === outcomeId)
    if (!button) throw new Error(`${who.name} has no button ${outcomeId} at ${placeId}`)
    const key = `${placeId}.${outcomeId}`
    if (!seenButtons.has(key)) {
      seenButtons.add(key)
      await refusals(id, who, button, roles)
    }
    if (outcomeId === 'offer' || outcomeId === 'ask_estimate') return estimate(id, who)
    await who.post(`${path}/outcomes`, await filled(who, button))
  }

  async function filled(who: Visitor, button: Body): Promise<Body> {
    const data: Body = {}
    for (const field of button.fields) data[field.name] = await valueFor(who, field)
    const message = button.needs === null ? {} : { [button.needs]: { text: TEXT } }
    return { outcome: button.id, taskId: button.taskId, data, ...message }
  }

  async function valueFor(who: Visitor, field: Body): Promise<string | boolean> {
    if (field.type === 'boolean' || field.type === 'checklist') return true
    if (field.type === 'file') return who.upload('отчёт.txt', Buffer.from('12 проверок, все прошли'))
    if (field.type === 'datetime') return new Date((await clock()) + 26 * 3_600_000).toISOString()
    const wish = FIELDS[field.name]
    if (field.type !== 'choice') return wish ?? TEXT
    const values = field.options.map((option: Body) => option.value)
    return values.includes(wish) ? wish! : values[0]
  }

  /** The button is not for every role, and asks for what the diagram says it asks for: the ticket stays where it is. */
  async function refusals(id: number, who: Visitor, button: Body, roles: readonly string[]): Promise<void> {
    const stranger = STAFF.find((role) => !roles.includes(role))!
    const whole = await filled(who, button)
    const before = (await head(id)).place
    const refused = await staff[stranger].ask('POST', `/tickets/${id}/outcomes`, whole)
    expect([button.id, stranger, refused.status, refused.body.code]).toEqual([
      button.id,
      stranger,
      403,
      'process.outcome_not_yours',
    ])
    const path = `${pathOf(who, id)}/outcomes`
    for (const field of button.fields.filter((candidate: Body) => candidate.required)) {
      if (field.type === 'checklist') continue
      const { [field.name]: _left, ...rest } = whole.data
      const short = await who.ask('POST', path, { ...whole, data: rest })
      expect([button.id, field.name, short.status]).toEqual([button.id, field.name, 422])
    }
    if (button.needs !== null) {
      const { [button.needs]: _left, ...silent } = whole
      const short = await who.ask('POST', path, silent)
      expect([button.id, short.body.code]).toEqual([button.id, `process.${button.needs}_required`])
    }
    expect((await head(id)).place).toBe(before)
  }

  async function estimate(id: number, who: Visitor): Promise<void> {
    await who.post(`/tickets/${id}/estimates`, {
      specification: 'Поле в карточке и проверка',
      lines: [{ title: 'Поле', minutes: 120, activity: 'development' }],
      validUntil: new Date((await clock()) + 30 * 86_400_000).toISOString().slice(0, 10),
    })
    await house.settle()
  }

  async function hear(id: number, message: string): Promise<void> {
    const [area, word] = message.split('.') as [string, string]
    if (message === 'client.wrote') await lena.post(`/cabinet/tickets/${id}/replies`, { text: 'Проверили, вот ответ' })
    else if (message === 'client.rated') await lena.post(`/cabinet/tickets/${id}/rating`, { score: 5 })
    else if (area === 'estimate') {
      const { items } = await staff.im.get(`/tickets/${id}/estimates`)
      const open = items.find((row: Body) => row.state === 'offered')
      const body = { decision: DECISIONS[word], comment: 'Решили' }
      await lena.post(`/cabinet/estimates/${open.id}/decision`, body)
    } else if (area === 'vendor') await staff.it.post(`/tickets/${id}/vendor/answer`, { text: 'Обновите PHP' })
    else if (area === 'partner') {
      const { number } = await head(id)
      await house.settle()
      const letter = house.post.to(PARTNER, `[#${number}]`).at(-1)!
      await house.write({ from: PARTNER, subject: `Re: ${letter.subject}`, text: 'Готово', answers: letter })
    } else if (area === 'deployment') await world.deploy((await head(id)).number)
    else throw new Error(`nobody sends ${message}`)
    await house.settle()
  }

  /** A timer fires at its moment and not before. */
  async function timer(id: number, element: string): Promise<void> {
    const [row] = await owner<{ dueAt: number }[]>`
      select due_at from process_timer where ticket_id = ${id} and element_id = ${element} and fired_at is null and cancelled_at is null`
    if (!row) throw new Error(`no timer ${element} runs`)
    const before = await staff.im.get(`/tickets/${id}/process`)
    await house.at(new Date(row.dueAt - AROUND_MS).toISOString())
    expect((await staff.im.get(`/tickets/${id}/process`)).passed, `${element} fired early`).toEqual(before.passed)
    await house.at(new Date(row.dueAt + AROUND_MS).toISOString())
  }

  async function clock(): Promise<number> {
    const [row] = await owner<{ now: number }[]>`select app_now() as now`
    return row!.now
  }

  /** Where the ticket has come to: what staff and the client are told, what the clock does, who has which buttons. */
  async function look(id: number, placeId: string): Promise<void> {
    const ticket = await head(id)
    expect(ticket.place).toBe(placeId)
    const place = world.places.get(placeId)
    if (!place || seenPlaces.has(placeId)) return
    seenPlaces.add(placeId)
    const cabinet = await lena.get(`/cabinet/tickets/${id}`)
    expect([placeId, ticket.status, ticket.statusForClient, ticket.lane, cabinet.status]).toEqual([
      placeId,
      place.statusStaff.ru,
      place.statusClient.ru,
      place.role,
      place.statusClient.ru,
    ])
    await lookAtClock(id, place.clockEffect, placeId)
    for (const role of STAFF) {
      const buttons = (await staff[role].get(`/tickets/${id}`)).outcomes.map((button: Body) => button.id)
      expect([placeId, role, buttons.sort()]).toEqual([placeId, role, buttonsOf(placeId, [role])])
    }
    const own = cabinet.outcomes.map((button: Body) => button.id)
    expect([placeId, 'client', own.sort()]).toEqual([placeId, 'client', buttonsOf(placeId, CLIENT_ROLES)])
  }

  const buttonsOf = (placeId: string, roles: readonly string[]): string[] => {
    const place = world.places.get(placeId)!
    return place.outcomes
      .filter((outcome) => (outcome.by ?? place.takers).some((role) => roles.includes(role)))
      .map((outcome) => outcome.id)
      .sort()
  }

  async function lookAtClock(id: number, effect: string, placeId: string): Promise<void> {
    const { items } = await staff.im.get(`/tickets/${id}/clocks`)
    const clocks = items.filter((one: Body) => one.metric === 'resolution')
    // the policy counts waiting for the vendor and for a partner as the provider's own time
    const expected =
      effect === 'stop'
        ? ['met', 'stopped']
        : ['wait:client', 'wait:approval', 'wait:payment', 'wait:date'].includes(effect)
          ? ['paused']
          : ['running']
    expect([placeId, effect, expected.includes(clocks.at(-1)?.state) ? expected : clocks.at(-1)?.state]).toEqual([
      placeId,
      effect,
      expected,
    ])
  }

  return {
    taken,
    placeOf: async (id) => (await head(id)).place,
    async walk(subject, steps, places) {
      const { id } = await lena.post('/cabinet/tickets', { portalId: world.portalId, subject, saw: 'Ошибка 500' })
      let place = 'l1_classify'
      await look(id, place)
      const route = places.split(' ')
      for (const [index, step] of steps.split(' ').entries()) {
        try {
          await one(id, step, place)
          place = route[index]!
          await look(id, place)
        } catch (error) {
          throw new Error(`${subject}: step ${index + 1}, ${step} → ${route[index]}: ${(error as Error).message}`, {
            cause: error,
          })
        }
      }
      return id
    },
  }
}
