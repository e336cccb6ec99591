import { type Actor, read, write } from '@opora/access'
import { isoInstant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import { listPriceLists, listServices, packageByCode } from './catalogue.read-model.ts'
import {
  codeParams,
  newPackage,
  newPriceList,
  newPriceListVersion,
  newService,
  packageView,
  priceListChange,
  priceListsReply,
  priceListView,
  sampleMonthView,
  samplePreviewBody,
  serviceChange,
  serviceView,
} from './contract.ts'
import type { SamplePorts } from './contracts.ports.ts'
import type { Contracts } from './contracts.service.ts'
import { previewSample } from './verbs/sample.ts'

/** The editor of the catalogue: services, packages of one's own, price lists with dates, and what a client would pay for a month. */
export function priceListRoutes(contracts: Contracts, ports: SamplePorts): AnyRoute<Actor>[] {
  return [...serviceRoutes(contracts), ...listRoutes(contracts), ...previewRoutes(ports)]
}

function serviceRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/catalogue/services',
      summary: 'Add a service to the catalogue',
      tag: 'catalogue',
      policy: 'catalogue.change',
      body: newService,
      replies: serviceView,
      status: 201,
      handle: async ({ tx, caller, body }) => {
        await contracts.addService(tx, caller, body)
        return await serviceOf(tx, body.code)
      },
    }),
    write({
      method: 'PUT',
      path: '/catalogue/services/:code',
      summary: 'Change a service or put it away',
      tag: 'catalogue',
      policy: 'catalogue.change',
      params: codeParams,
      body: serviceChange,
      replies: serviceView,
      versioned: true,
      handle: async ({ tx, caller, params, body, expectedVersion }) => {
        await contracts.changeService(tx, caller, { ...body, code: params.code, expectedVersion })
        return await serviceOf(tx, params.code)
      },
    }),
    write({
      method: 'POST',
      path: '/catalogue/packages',
      summary: 'Add a package to the catalogue',
      tag: 'catalogue',
      policy: 'catalogue.change',
      body: newPackage,
      replies: packageView,
      status: 201,
      handle: async ({ tx, caller, body }) => {
        await contracts.addPackage(tx, caller, body)
        const row = (await packageByCode(tx, body.code))!
        return { ...row, spec: { ...row.spec } }
      },
    }),
  ]
}

async function serviceOf(sql: Queryable, code: string) {
  return (await listServices(sql)).find((one) => one.code === code)!
}

async function listsOf(sql: Queryable) {
  const lists = await listPriceLists(sql)
  return lists.map((list) => ({
    ...list,
    versions: list.versions.map((one) => ({ ...one, createdAt: isoInstant(one.createdAt) })),
  }))
}

function listRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  const listOf = async (sql: Queryable, code: string) => (await listsOf(sql)).find((one) => one.code === code)!
  return [
    read({
      path: '/catalogue/price-lists',
      summary: 'Price lists with everything that was and will be in force',
      tag: 'catalogue',
      policy: 'catalogue.read',
      replies: priceListsReply,
      handle: ({ read }) => read(async (sql) => ({ items: await listsOf(sql) })),
    }),
    write({
      method: 'POST',
      path: '/catalogue/price-lists',
      summary: 'Add a price list',
      tag: 'catalogue',
      policy: 'catalogue.change',
      body: newPriceList,
      replies: priceListView,
      status: 201,
      handle: async ({ tx, caller, body }) => {
        await contracts.addPriceList(tx, caller, body)
        return await listOf(tx, body.code)
      },
    }),
    write({
      method: 'PUT',
      path: '/catalogue/price-lists/:code',
      summary: 'Name a price list, or make it the one that contracts begin from',
      tag: 'catalogue',
      policy: 'catalogue.change',
      params: codeParams,
      body: priceListChange,
      replies: priceListView,
      versioned: true,
      handle: async ({ tx, caller, params, body, expectedVersion }) => {
        await contracts.changePriceList(tx, caller, { ...body, code: params.code, expectedVersion })
        return await listOf(tx, params.code)
      },
    }),
    write({
      method: 'POST',
      path: '/catalogue/price-lists/:code/versions',
      summary: 'New prices from a date; contracts that are there keep theirs',
      tag: 'catalogue',
      policy: 'catalogue.change',
      params: codeParams,
      body: newPriceListVersion,
      replies: priceListView,
      status: 201,
      handle: async ({ tx, caller, params, body }) => {
        await contracts.addPriceListVersion(tx, caller, { ...body, code: params.code })
        return await listOf(tx, params.code)
      },
    }),
  ]
}

function previewRoutes(ports: SamplePorts): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/catalogue/preview',
      summary: 'What a client would pay for a month under what is edited, line by line; nothing is changed',
      tag: 'catalogue',
      policy: 'catalogue.read',
      body: samplePreviewBody,
      replies: sampleMonthView,
      status: 200,
      handle: ({ tx, caller, body }) => previewSample(tx, caller, ports, body),
    }),
  ]
}
