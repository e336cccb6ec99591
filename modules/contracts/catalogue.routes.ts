import { type Actor, read, refuseAccess, write } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import { termsOfPackage } from './catalogue/terms-of-package.ts'
import {
  listActivities,
  listPackages,
  listServices,
  listSlaPolicies,
  packageByCode,
  priceListOn,
} from './catalogue.read-model.ts'
import {
  activitiesReply,
  codeParams,
  contractTerms,
  newSlaPolicy,
  packageChange,
  packagesReply,
  packageTermsQuery,
  packageView,
  servicesReply,
  slaPoliciesReply,
  slaPolicyChange,
  slaPolicyView,
} from './contract.ts'
import type { Contracts } from './contracts.service.ts'

export function catalogueRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [...dictionaryRoutes(), ...packageRoutes(contracts), ...policyRoutes(contracts)]
}

function dictionaryRoutes(): AnyRoute<Actor>[] {
  return [
    read({
      path: '/catalogue/services',
      summary: 'Services that can be sold or included',
      tag: 'catalogue',
      policy: 'coverage.read',
      replies: servicesReply,
      handle: ({ read }) => read(async (sql) => ({ items: await listServices(sql) })),
    }),
    read({
      path: '/catalogue/activities',
      summary: 'Kinds of work that time is logged under',
      tag: 'catalogue',
      policy: 'coverage.read',
      replies: activitiesReply,
      handle: ({ read }) => read(async (sql) => ({ items: await listActivities(sql) })),
    }),
  ]
}

function packageRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [
    read({
      path: '/catalogue/packages',
      summary: 'Packages of the catalogue',
      tag: 'catalogue',
      policy: 'catalogue.read',
      replies: packagesReply,
      handle: ({ read }) =>
        read(async (sql) => ({ items: (await listPackages(sql)).map((row) => ({ ...row, spec: { ...row.spec } })) })),
    }),
    read({
      path: '/catalogue/packages/:code/terms',
      summary: 'The terms that a contract on a package begins from',
      tag: 'catalogue',
      policy: 'catalogue.read',
      params: codeParams,
      query: packageTermsQuery,
      replies: contractTerms,
      handle: async ({ params, query, read }) => {
        const { options, ...choice } = query
        return await read(async (sql) => {
          const found = await packageByCode(sql, params.code)
          if (!found) throw refuseAccess('access.not_found')
          const { spec } = await priceListOn(sql, query.startsOn)
          return termsOfPackage(found.spec, { ...choice, options: options?.split(',') }, spec)
        })
      },
    }),
    write({
      method: 'PUT',
      path: '/catalogue/packages/:code',
      summary: 'Change a package; contracts keep their terms',
      tag: 'catalogue',
      policy: 'catalogue.change',
      params: codeParams,
      body: packageChange,
      replies: packageView,
      versioned: true,
      handle: async ({ tx, caller, params, body, expectedVersion }) => {
        await contracts.changePackage(tx, caller, { ...body, code: params.code, expectedVersion })
        const row = (await packageByCode(tx, params.code))!
        return { ...row, spec: { ...row.spec } }
      },
    }),
  ]
}

function policyRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [
    read({
      path: '/sla-policies',
      summary: 'Policies of promised times',
      tag: 'sla',
      policy: 'sla.read',
      replies: slaPoliciesReply,
      handle: ({ read }) => read(async (sql) => ({ items: (await listSlaPolicies(sql)) as never })),
    }),
    write({
      method: 'POST',
      path: '/sla-policies',
      summary: 'Add a policy',
      tag: 'sla',
      policy: 'sla.change',
      body: newSlaPolicy,
      replies: slaPolicyView,
      status: 201,
      handle: async ({ tx, caller, body }) => {
        const version = await contracts.saveSlaPolicy(tx, caller, { ...body, expectedVersion: null, isNew: true })
        const { validFrom: _from, ...saved } = body
        return { ...saved, version }
      },
    }),
    write({
      method: 'PUT',
      path: '/sla-policies/:code',
      summary: 'Change a policy; clocks that run keep the version that they began with',
      tag: 'sla',
      policy: 'sla.change',
      params: codeParams,
      body: slaPolicyChange,
      replies: slaPolicyView,
      versioned: true,
      handle: async ({ tx, caller, params, body, expectedVersion }) => {
        const { code } = params
        const version = await contracts.saveSlaPolicy(tx, caller, { ...body, code, expectedVersion, isNew: false })
        const { validFrom: _from, ...saved } = body
        return { ...saved, code, version }
      },
    }),
  ]
}
