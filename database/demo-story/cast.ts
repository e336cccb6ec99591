import { type Actor, systemActor } from '@opora/access'
import { packageByCode, termsOfPackage } from '@opora/contracts'
import { civilDateIn, DAY_MS } from '@opora/core'
import type { House } from '@opora/server'
import { clients } from './clients.ts'
import { staff } from './people.ts'
import { addressOf, type ClientStory, type ContactStory, PASSWORD, SUPPORT } from './story.ts'

const ZONE = 'Europe/Moscow'

export interface CastContact {
  id: number
  clientId: number
  name: string
  email: string
  accountId: number | null
}

/** Everybody and everything that the story's data name by a key. */
export interface Cast {
  staff: Map<string, number>
  contacts: Map<string, CastContact>
  clients: Map<string, number>
  portals: Map<string, number>
  contracts: Map<string, number>
  actors: Map<number, Actor>
}

/** Brings the provider's people, the clients with their contacts, portals and contracts into being, at the story's first day. */
export async function gatherCast(house: House, present: number): Promise<Cast> {
  const cast: Cast = {
    staff: new Map(),
    contacts: new Map(),
    clients: new Map(),
    portals: new Map(),
    contracts: new Map(),
    actors: new Map(),
  }
  await openMailbox(house)
  await hire(house, cast)
  for (const client of clients) await signClient(house, cast, client, present)
  await openCabinets(house, cast)
  return cast
}

async function openMailbox(house: House): Promise<void> {
  const mailbox = {
    name: 'Поддержка',
    address: SUPPORT,
    protocol: 'smtp' as const,
    imap: null,
    formMap: null,
    defaultTopic: null,
    active: true,
  }
  await house.runtime.database.begin({ as: 'staff' }, (tx) => house.mailboxes.create(tx, systemActor(), mailbox))
}

async function hire(house: House, cast: Cast): Promise<void> {
  const { database } = house.runtime
  await Promise.all(
    staff.map(async (person) => {
      const { name, roles, specialities = [] } = person
      const id = await database.begin({ as: 'staff' }, (tx) =>
        house.access.createUser(tx, {
          email: addressOf(person.key),
          name,
          roles,
          specialities,
          serves: person.listed ? 'listed' : 'all',
          password: PASSWORD,
          weakPassword: true,
        }),
      )
      cast.staff.set(person.key, id)
    }),
  )
}

async function signClient(house: House, cast: Cast, story: ClientStory, present: number): Promise<void> {
  const actor = systemActor()
  await house.runtime.database.begin({ as: 'worker' }, async (tx) => {
    const accountManagerId = cast.staff.get(story.manager)!
    const client = await house.people.createClient(tx, actor, { ...story.card, accountManagerId })
    cast.clients.set(story.key, client.id)
    const accountIds = (story.served ?? []).map((key) => cast.staff.get(key)!)
    if (accountIds.length > 0) await house.people.assignStaff(tx, actor, { clientId: client.id, accountIds })
    for (const { key, cabinet: _, ...contact } of story.contacts) {
      const email = addressOf(key)
      const made = await house.people.createContact(tx, actor, { ...contact, email, clientId: client.id })
      cast.contacts.set(key, { id: made.id, clientId: client.id, name: made.name, email, accountId: null })
    }
    for (const { key, admin, licence, facts = {}, ...portal } of story.portals) {
      const dates = licence
        ? { licenceActivatedOn: dayAt(present, licence[0]), licenceUntil: dayAt(present, licence[1]) }
        : {}
      const adminContactId = admin ? cast.contacts.get(admin)!.id : null
      const made = await house.portals.createPortal(tx, actor, {
        ...portal,
        ...dates,
        adminContactId,
        clientId: client.id,
      })
      cast.portals.set(key, made.id)
      for (const [name, value] of Object.entries(facts))
        await house.portals.recordFact(tx, actor, { portalId: made.id, name, value, source: 'audit' })
    }
  })
  await signContract(house, cast, story, present)
}

async function signContract(house: House, cast: Cast, story: ClientStory, present: number): Promise<void> {
  const actor = systemActor()
  const { terms: change, packageCode = '', monthlyFeeKopecks, minutesPerMonth, ...contract } = story.contract
  // the contract began with the month in which the history begins
  const startsOn = `${dayAt(present, -92).slice(0, 7)}-01`
  await house.runtime.database.begin({ as: 'worker' }, async (tx) => {
    const offer = await packageByCode(tx, packageCode)
    if (!offer) throw new Error(`the catalogue has no package ${packageCode}`)
    const begun = termsOfPackage(offer.spec, {
      startsOn,
      ...(monthlyFeeKopecks ? { monthlyFeeKopecks } : {}),
      ...(minutesPerMonth ? { minutesPerMonth } : {}),
    })
    const made = await house.contracts.createContract(tx, actor, {
      ...contract,
      clientId: cast.clients.get(story.key)!,
      status: 'active',
      startsOn,
      signedOn: startsOn,
      terms: change ? change(begun, startsOn) : begun,
    })
    cast.contracts.set(story.key, made.id)
  })
}

const cabinetPeople = (): ContactStory[] =>
  clients.flatMap((client) => client.contacts.filter((contact) => contact.cabinet))

async function openCabinets(house: House, cast: Cast): Promise<void> {
  await Promise.all(
    cabinetPeople().map(async ({ key }) => {
      const contact = cast.contacts.get(key)!
      contact.accountId = await house.runtime.database.begin({ as: 'staff' }, (tx) =>
        house.access.createCabinetUser(tx, {
          contactId: contact.id,
          email: contact.email,
          password: PASSWORD,
          weakPassword: true,
        }),
      )
    }),
  )
}

/** The rights that a person of the story has, as a signed-in request would carry them. */
export async function actorOf(house: House, cast: Cast, accountId: number): Promise<Actor> {
  const known = cast.actors.get(accountId)
  if (known) return known
  const actor = await house.access.actorOf(house.runtime.database.worker, accountId)
  if (!actor) throw new Error(`account ${accountId} may not come in`)
  const full = { ...actor, fresh: true, secondFactor: true }
  cast.actors.set(accountId, full)
  return full
}

export function dayAt(present: number, days: number): string {
  return civilDateIn(ZONE, present + days * DAY_MS)
}
