import { type Actor, forSides, read, refuseAccess, scopeOf, write } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import {
  cabinetPortals,
  factList,
  factPage,
  factParams,
  factQuery,
  newFact,
  newPortal,
  portalPage,
  portalParams,
  portalPatch,
  portalQuery,
  portalView,
  productChange,
  productList,
  productParams,
  productView,
} from './contract.ts'
import { factHistory, latestFacts, listPortals, listProducts, portalCard } from './portals.read-model.ts'
import type { Portals } from './portals.service.ts'

const CABINET_PORTALS_MAX = 200

export function portalsRoutes(portals: Portals): AnyRoute<Actor>[] {
  return [
    // the desk's replies hold the provider's own notes
    ...forSides(['staff'], [...registryRoutes(portals), ...factRoutes(portals), ...productRoutes(portals)]),
    cabinetRoute(),
  ]
}

function registryRoutes(portals: Portals): AnyRoute<Actor>[] {
  return [
    read({
      path: '/portals',
      summary: 'Portals by name, of one client or of all',
      tag: 'portals',
      policy: 'portal.read',
      query: portalQuery,
      replies: portalPage,
      handle: ({ caller, query, read }) => read((sql) => listPortals(sql, scopeOf(caller, 'portal.read'), query)),
    }),
    write({
      method: 'POST',
      path: '/portals',
      summary: 'Add a portal of a client',
      tag: 'portals',
      policy: 'portal.change',
      body: newPortal,
      replies: portalView,
      status: 201,
      handle: ({ tx, caller, body }) => portals.createPortal(tx, caller, body),
    }),
    read({
      path: '/portals/:id',
      summary: "A portal's card",
      tag: 'portals',
      policy: 'portal.read',
      params: portalParams,
      replies: portalView,
      handle: async ({ caller, params, read }) => {
        const card = await read((sql) => portalCard(sql, scopeOf(caller, 'portal.read'), params.id))
        if (!card) throw refuseAccess('access.not_found')
        return card
      },
    }),
    write({
      method: 'PATCH',
      path: '/portals/:id',
      summary: "Change a portal's card",
      tag: 'portals',
      policy: 'portal.change',
      params: portalParams,
      body: portalPatch,
      replies: portalView,
      versioned: true,
      handle: ({ tx, caller, params, body, expectedVersion }) =>
        portals.changePortal(tx, caller, { id: params.id, expectedVersion, patch: body }),
    }),
  ]
}

function factRoutes(portals: Portals): AnyRoute<Actor>[] {
  return [
    read({
      path: '/portals/:id/facts',
      summary: 'The newest value of each fact of a portal',
      tag: 'portals',
      policy: 'portal.read',
      params: portalParams,
      replies: factList,
      handle: ({ caller, params, read }) =>
        read(async (sql) => {
          if (!(await portalCard(sql, scopeOf(caller, 'portal.read'), params.id)))
            throw refuseAccess('access.not_found')
          return { items: await latestFacts(sql, params.id) }
        }),
    }),
    read({
      path: '/portals/:id/facts/:name',
      summary: 'Every value that a fact has had, the newest first',
      tag: 'portals',
      policy: 'portal.read',
      params: factParams,
      query: factQuery,
      replies: factPage,
      handle: ({ caller, params, query, read }) =>
        read(async (sql) => {
          if (!(await portalCard(sql, scopeOf(caller, 'portal.read'), params.id)))
            throw refuseAccess('access.not_found')
          return await factHistory(sql, params.id, params.name, query)
        }),
    }),
    write({
      method: 'POST',
      path: '/portals/:id/facts/:name',
      summary: 'Add a measured value',
      tag: 'portals',
      policy: 'portal.change',
      params: factParams,
      body: newFact,
      replies: factList,
      status: 201,
      handle: async ({ tx, caller, params, body }) => {
        await portals.recordFact(tx, caller, { ...body, portalId: params.id, name: params.name })
        return { items: await latestFacts(tx, params.id) }
      },
    }),
  ]
}

function productRoutes(portals: Portals): AnyRoute<Actor>[] {
  return [
    read({
      path: '/portal-products',
      summary: 'Products that can be supported',
      tag: 'portals',
      policy: 'portal.read',
      replies: productList,
      handle: ({ read }) => read(async (sql) => ({ items: await listProducts(sql) })),
    }),
    write({
      method: 'PUT',
      path: '/portal-products/:code',
      summary: 'Add or change a product',
      tag: 'portals',
      policy: 'settings.change',
      params: productParams,
      body: productChange,
      replies: productView,
      handle: async ({ tx, caller, params, body }) => {
        const product = { ...body, code: params.code }
        await portals.changeProduct(tx, caller, product)
        return product
      },
    }),
  ]
}

function cabinetRoute(): AnyRoute<Actor> {
  return read({
    path: '/cabinet/portals',
    summary: 'Portals of the own company',
    tag: 'cabinet',
    policy: 'portal.read',
    replies: cabinetPortals,
    handle: async ({ caller, read }) => {
      const { contact } = caller
      if (!contact) throw refuseAccess('access.not_allowed')
      const query = { clientId: contact.clientId, archived: 'false' as const, limit: CABINET_PORTALS_MAX }
      const page = await read((sql) => listPortals(sql, scopeOf(caller, 'portal.read'), query))
      return {
        items: page.items.map(({ product, adminContact, ...portal }) => ({
          id: portal.id,
          name: portal.name,
          address: portal.address,
          product: { code: product.code, nameRu: product.nameRu, nameEn: product.nameEn },
          edition: portal.edition,
          environment: portal.environment,
          licenceUntil: portal.licenceUntil,
          licenceState: portal.licenceState,
          adminContact: adminContact ? { name: adminContact.name } : null,
        })),
      }
    },
  })
}
