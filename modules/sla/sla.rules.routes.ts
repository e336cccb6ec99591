import { type Actor, mayEver, read, refuseAccess, scopeOf, write } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import type { SlaPolicyData } from './domain/policy.ts'
import { presentMoved, presentVersions, presentWhatIf } from './present-rules.ts'
import {
  followReply,
  movedReply,
  policyPreview,
  policyVersionsReply,
  ruleParams,
  whatIfAsk,
  whatIfReply,
} from './rules.contract.ts'
import type { Sla } from './sla.service.ts'
import { demandPeriod } from './verbs/demand-rules.ts'

/** Thinking about other rules before anybody is bound by them. */
export function slaRulesRoutes(sla: Sla): AnyRoute<Actor>[] {
  return [...previewRoutes(sla), ...followRoutes(sla), versionsRoute(sla), whatIfRoute(sla)]
}

function previewRoutes(sla: Sla): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/sla-policies/:code/preview',
      summary: 'Which open tickets a changed policy would move, and by how much',
      description: 'Nothing is kept. The figures are for all tickets, the list for those that the reader may see.',
      tag: 'sla',
      policy: 'sla.change',
      params: ruleParams,
      body: policyPreview,
      replies: movedReply,
      handle: async ({ tx, caller, params, body, locale }) => {
        const spec = body.spec as SlaPolicyData
        await sla.demandRules(tx, caller, { spec })
        const { moved, changes } = await sla.previewPolicy(tx, scopeOf(caller, 'clock.read'), params.code, spec)
        return presentMoved(moved, changes, locale)
      },
    }),
  ]
}

function followRoutes(sla: Sla): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/sla-policies/:code/follow',
      summary: 'Let open tickets follow the version of a policy that is in force now',
      description: 'Without it they keep what was promised to them. Each ticket that moves gets a fact of its history.',
      tag: 'sla',
      policy: 'sla.change',
      params: ruleParams,
      replies: followReply,
      status: 202,
      handle: async ({ tx, caller, params }) => {
        await sla.letFollow(tx, caller, { policy: params.code })
        return { queued: true }
      },
    }),
    write({
      method: 'POST',
      path: '/calendars/:code/follow',
      summary: 'Let open tickets follow the version of a calendar that is in force now',
      tag: 'calendars',
      policy: 'calendar.change',
      params: ruleParams,
      replies: followReply,
      status: 202,
      handle: async ({ tx, caller, params }) => {
        await sla.letFollow(tx, caller, { calendar: params.code })
        return { queued: true }
      },
    }),
  ]
}

function versionsRoute(sla: Sla): AnyRoute<Actor> {
  return read({
    path: '/sla-policies/:code/versions',
    summary: 'The versions of a policy, the newest first, with what each changed',
    tag: 'sla',
    policy: 'sla.read',
    params: ruleParams,
    replies: policyVersionsReply,
    handle: ({ params, read, locale }) =>
      read(async (sql) => {
        const { versions, now } = await sla.versionsOfPolicy(sql, params.code)
        if (versions.length === 0) throw refuseAccess('access.not_found')
        return { items: presentVersions(versions, now, locale) }
      }),
  })
}

function whatIfRoute(sla: Sla): AnyRoute<Actor> {
  return write({
    method: 'POST',
    path: '/sla/what-if',
    summary: "A period's real tickets under other rules: share kept, breaches, penalties",
    description: 'Nothing is kept. Penalties by the contracts’ own rules, for readers who see money.',
    tag: 'sla',
    policy: 'breach.read',
    body: whatIfAsk,
    replies: whatIfReply,
    handle: async ({ tx, caller, body, locale }) => {
      const { client, contract, policyCode, spec, calendarCode, ofPolicy } = body
      const instead = {
        ...(policyCode === undefined ? {} : { policyCode }),
        ...(spec === undefined ? {} : { spec: spec as SlaPolicyData }),
        ...(calendarCode === undefined ? {} : { calendarCode }),
      }
      const period = { from: Date.parse(body.from), to: Date.parse(body.to) }
      demandPeriod(period)
      await sla.demandRules(tx, caller, instead)
      const found = await sla.whatIf(tx, {
        ...(client === undefined ? {} : { clientId: client }),
        ...(contract === undefined ? {} : { contractId: contract }),
        ...(ofPolicy === undefined ? {} : { ofPolicy }),
        ...period,
        instead,
        scope: scopeOf(caller, 'breach.read'),
        withMoney: mayEver(caller, 'price.read'),
      })
      return presentWhatIf(found, locale)
    },
  })
}
