import { type Actor, forSides, read, refuseAccess, scopeOf, write } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import { clientCard, listClients, staffServing } from './clients.read-model.ts'
import { contactCard, listContacts } from './contacts.read-model.ts'
import {
  clientPage,
  clientParams,
  clientPatch,
  clientQuery,
  clientView,
  contactPage,
  contactParams,
  contactPatch,
  contactQuery,
  contactView,
  invited,
  newClient,
  newContact,
  servingStaff,
  servingStaffChange,
} from './contract.ts'
import type { People } from './people.service.ts'
import { personalDataRoutes } from './personal-data.routes.ts'

/** The provider's side: clients, their contacts, who serves whom. */
export function peopleRoutes(people: People): AnyRoute<Actor>[] {
  // the desk's replies hold the provider's own notes; the client's people have replies of their own under /cabinet
  const routes = [...clientRoutes(people), ...staffRoutes(people), ...contactRoutes(people)]
  return [...forSides(['staff'], routes), ...personalDataRoutes(people)]
}

function clientRoutes(people: People): AnyRoute<Actor>[] {
  return [
    read({
      path: '/clients',
      summary: 'Clients by name',
      tag: 'clients',
      policy: 'client.read',
      query: clientQuery,
      replies: clientPage,
      handle: ({ caller, query, read }) => read((sql) => listClients(sql, scopeOf(caller, 'client.read'), query)),
    }),
    write({
      method: 'POST',
      path: '/clients',
      summary: 'Add a client',
      tag: 'clients',
      policy: 'client.create',
      body: newClient,
      replies: clientView,
      status: 201,
      handle: ({ tx, caller, body }) => people.createClient(tx, caller, body),
    }),
    read({
      path: '/clients/:id',
      summary: "A client's card",
      tag: 'clients',
      policy: 'client.read',
      params: clientParams,
      replies: clientView,
      handle: async ({ caller, params, read }) => {
        const card = await read((sql) => clientCard(sql, scopeOf(caller, 'client.read'), params.id))
        if (!card) throw refuseAccess('access.not_found')
        return card
      },
    }),
    write({
      method: 'PATCH',
      path: '/clients/:id',
      summary: "Change a client's card",
      tag: 'clients',
      policy: 'client.change',
      params: clientParams,
      body: clientPatch,
      replies: clientView,
      versioned: true,
      handle: ({ tx, caller, params, body, expectedVersion }) =>
        people.changeClient(tx, caller, { id: params.id, expectedVersion, patch: body }),
    }),
  ]
}

function staffRoutes(people: People): AnyRoute<Actor>[] {
  return [
    read({
      path: '/clients/:id/staff',
      summary: "Who of the provider's people serves a client",
      tag: 'clients',
      policy: 'staff.read',
      params: clientParams,
      replies: servingStaff,
      handle: ({ caller, params, read }) =>
        read(async (sql) => {
          if (!(await clientCard(sql, scopeOf(caller, 'client.read'), params.id))) {
            throw refuseAccess('access.not_found')
          }
          return { items: await staffServing(sql, params.id) }
        }),
    }),
    write({
      method: 'PUT',
      path: '/clients/:id/staff',
      summary: 'Name the people who serve a client',
      description: 'Beside those who serve every client.',
      tag: 'clients',
      policy: 'staff.change',
      params: clientParams,
      body: servingStaffChange,
      replies: servingStaff,
      handle: async ({ tx, caller, params, body }) => {
        await people.assignStaff(tx, caller, { clientId: params.id, accountIds: body.accountIds })
        return { items: await staffServing(tx, params.id) }
      },
    }),
  ]
}

function contactRoutes(people: People): AnyRoute<Actor>[] {
  return [
    read({
      path: '/contacts',
      summary: 'Contacts by name, of one client or of all',
      tag: 'contacts',
      policy: 'contact.read',
      query: contactQuery,
      replies: contactPage,
      handle: ({ caller, query, read }) => read((sql) => listContacts(sql, scopeOf(caller, 'contact.read'), query)),
    }),
    write({
      method: 'POST',
      path: '/clients/:id/contacts',
      summary: 'Add a contact to a client',
      tag: 'contacts',
      policy: 'contact.change',
      params: clientParams,
      body: newContact,
      replies: contactView,
      status: 201,
      handle: ({ tx, caller, params, body }) => people.createContact(tx, caller, { ...body, clientId: params.id }),
    }),
    read({
      path: '/contacts/:id',
      summary: "A contact's card",
      tag: 'contacts',
      policy: 'contact.read',
      params: contactParams,
      replies: contactView,
      handle: async ({ caller, params, read }) => {
        const card = await read((sql) => contactCard(sql, scopeOf(caller, 'contact.read'), params.id))
        if (!card) throw refuseAccess('access.not_found')
        return card
      },
    }),
    write({
      method: 'PATCH',
      path: '/contacts/:id',
      summary: 'Change, confirm or block a contact',
      tag: 'contacts',
      policy: 'contact.change',
      params: contactParams,
      body: contactPatch,
      replies: contactView,
      versioned: true,
      handle: ({ tx, caller, params, body, expectedVersion }) =>
        people.changeContact(tx, caller, { id: params.id, expectedVersion, patch: body }),
    }),
    write({
      method: 'POST',
      path: '/contacts/:id/invitation',
      summary: 'Invite a contact to the cabinet',
      tag: 'contacts',
      policy: 'contact.change',
      params: contactParams,
      replies: invited,
      status: 202,
      handle: async ({ tx, caller, params }) => {
        await people.inviteContact(tx, caller, params.id)
        return { state: 'invited' as const }
      },
    }),
  ]
}
