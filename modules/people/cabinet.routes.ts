import { type Actor, read, refuseAccess, scopeOf, write } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import { companyOf } from './clients.read-model.ts'
import { listContacts } from './contacts.read-model.ts'
import {
  type ContactView,
  colleaguePage,
  colleaguePatch,
  colleagueQuery,
  colleagueView,
  companyView,
  contactParams,
  invited,
  newColleague,
} from './contract.ts'
import type { People } from './people.service.ts'

/** The client's own side: the company's card and the people of the company. */
export function cabinetPeopleRoutes(people: People): AnyRoute<Actor>[] {
  return [companyRoute(), ...colleagueRoutes(people)]
}

function companyRoute(): AnyRoute<Actor> {
  return read({
    path: '/cabinet/company',
    summary: 'The own company and its account manager',
    tag: 'cabinet',
    policy: 'client.read',
    replies: companyView,
    handle: async ({ caller, read }) => {
      const clientId = ownClient(caller)
      const company = await read((sql) => companyOf(sql, scopeOf(caller, 'client.read'), clientId))
      if (!company) throw refuseAccess('access.not_found')
      return company
    },
  })
}

function colleagueRoutes(people: People): AnyRoute<Actor>[] {
  return [
    read({
      path: '/cabinet/colleagues',
      summary: 'People of the own company, as far as the reader may see them',
      tag: 'cabinet',
      policy: 'contact.read',
      query: colleagueQuery,
      replies: colleaguePage,
      handle: async ({ caller, query, read }) => {
        const clientId = ownClient(caller)
        const page = await read((sql) => listContacts(sql, scopeOf(caller, 'contact.read'), { ...query, clientId }))
        return { ...page, items: page.items.map((contact) => asColleague(contact, caller)) }
      },
    }),
    write({
      method: 'POST',
      path: '/cabinet/colleagues',
      summary: 'Add a person of the own company and invite them to the cabinet',
      tag: 'cabinet',
      policy: 'contact.change',
      body: newColleague,
      replies: colleagueView,
      status: 201,
      handle: async ({ tx, caller, body }) => {
        ownClient(caller)
        return asColleague(await people.createColleague(tx, caller, body), caller)
      },
    }),
    write({
      method: 'PATCH',
      path: '/cabinet/colleagues/:id',
      summary: 'Change, confirm or block a person of the own company',
      tag: 'cabinet',
      policy: 'contact.change',
      params: contactParams,
      body: colleaguePatch,
      replies: colleagueView,
      versioned: true,
      handle: async ({ tx, caller, params, body, expectedVersion }) => {
        ownClient(caller)
        const changed = await people.changeContact(tx, caller, { id: params.id, expectedVersion, patch: body })
        return asColleague(changed, caller)
      },
    }),
    write({
      method: 'POST',
      path: '/cabinet/colleagues/:id/invitation',
      summary: 'Send the invitation to the cabinet again',
      tag: 'cabinet',
      policy: 'contact.change',
      params: contactParams,
      replies: invited,
      status: 202,
      handle: async ({ tx, caller, params }) => {
        ownClient(caller)
        await people.inviteContact(tx, caller, params.id)
        return { state: 'invited' as const }
      },
    }),
  ]
}

/** The cabinet is for contacts: the provider's people have their own routes. */
function ownClient(actor: Actor): number {
  if (!actor.contact) throw refuseAccess('access.not_allowed')
  return actor.contact.clientId
}

function asColleague(contact: ContactView, actor: Actor) {
  const { clientId: _client, clientName: _name, mailBadSince: _bad, ...rest } = contact
  return { ...rest, self: contact.id === actor.contact?.id }
}
