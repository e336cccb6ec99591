import { type Actor, read, refuseAccess, scopeOf, write } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import {
  contractPage,
  contractParams,
  contractPatch,
  contractQuery,
  contractService,
  contractView,
  newContract,
  newVersion,
  versionList,
} from './contract.ts'
import { type ContractView, contractCard, listContracts, listVersions } from './contracts.read-model.ts'
import type { Contracts } from './contracts.service.ts'
import { includedServices } from './domain/terms.ts'

/** The provider's side of contracts. Who may not see money has `/service` and `/coverage`. */
export function contractRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [...readRoutes(), ...changeRoutes(contracts), ...versionRoutes(contracts)]
}

function readRoutes(): AnyRoute<Actor>[] {
  return [
    read({
      path: '/contracts',
      summary: 'Contracts, the newest first, without money',
      tag: 'contracts',
      policy: 'coverage.read',
      query: contractQuery,
      replies: contractPage,
      handle: ({ caller, query, read }) => read((sql) => listContracts(sql, scopeOf(caller, 'coverage.read'), query)),
    }),
    read({
      path: '/contracts/:id',
      summary: 'A contract with its terms',
      tag: 'contracts',
      policy: 'contract.read',
      params: contractParams,
      replies: contractView,
      handle: async ({ caller, params, read }) => {
        const contract = await read((sql) => contractCard(sql, scopeOf(caller, 'contract.read'), params.id))
        if (!contract) throw refuseAccess('access.not_found')
        return contract
      },
    }),
    read({
      path: '/contracts/:id/service',
      summary: 'What a contract includes, without money',
      tag: 'contracts',
      policy: 'contract.service',
      params: contractParams,
      replies: contractService,
      handle: async ({ caller, params, read }) => {
        const contract = await read((sql) => contractCard(sql, scopeOf(caller, 'contract.service'), params.id))
        if (!contract) throw refuseAccess('access.not_found')
        return serviceOf(contract)
      },
    }),
  ]
}

function serviceOf(contract: ContractView) {
  const {
    terms,
    letterAmountKopecks: _l,
    suspendedReason: _s,
    suspensions: _days,
    parties: _p,
    createdAt: _c,
    version: _v,
    ...row
  } = contract
  return {
    ...row,
    channels: terms.entitlement.channels,
    excludedTopics: terms.entitlement.excludedTopics,
    services: includedServices(terms).map(({ service, allowance }) => ({
      service,
      included:
        allowance.kind === 'unlimited' || allowance.kind === 'excluded' ? allowance.kind : ('allowance' as const),
    })),
  }
}

function changeRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/contracts',
      summary: 'Conclude a contract on a package or on terms of its own',
      tag: 'contracts',
      policy: 'contract.change',
      body: newContract,
      replies: contractView,
      status: 201,
      handle: ({ tx, caller, body }) => contracts.createContract(tx, caller, body),
    }),
    write({
      method: 'PATCH',
      path: '/contracts/:id',
      summary: "Change a contract's status or dates",
      tag: 'contracts',
      policy: 'contract.change',
      params: contractParams,
      body: contractPatch,
      replies: contractView,
      versioned: true,
      handle: ({ tx, caller, params, body, expectedVersion }) =>
        contracts.changeContract(tx, caller, { id: params.id, expectedVersion, patch: body }),
    }),
  ]
}

function versionRoutes(contracts: Contracts): AnyRoute<Actor>[] {
  return [
    read({
      path: '/contracts/:id/versions',
      summary: 'What a contract has said from which date',
      tag: 'contracts',
      policy: 'contract.read',
      params: contractParams,
      replies: versionList,
      handle: ({ caller, params, read }) =>
        read(async (sql) => {
          if (!(await contractCard(sql, scopeOf(caller, 'contract.read'), params.id))) {
            throw refuseAccess('access.not_found')
          }
          return { items: await listVersions(sql, params.id) }
        }),
    }),
    write({
      method: 'POST',
      path: '/contracts/:id/versions',
      summary: 'New terms from a date; the past stays computed by the past',
      tag: 'contracts',
      policy: 'contract.change',
      params: contractParams,
      body: newVersion,
      replies: contractView,
      status: 201,
      versioned: true,
      handle: ({ tx, caller, params, body, expectedVersion }) =>
        contracts.addVersion(tx, caller, { ...body, contractId: params.id, expectedVersion }),
    }),
  ]
}
