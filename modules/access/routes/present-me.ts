import { lacksSecondFactor } from '../authorise.ts'
import type { Me } from '../contract.ts'
import type { Actor } from '../domain/actor.ts'
import { actions, mayEver } from '../domain/policy.ts'
import { type Role, secondFactorRoles } from '../domain/roles.ts'
import type { ProfileFacts } from '../verbs/profile.ts'

export function presentMe(actor: Actor, facts: ProfileFacts): Me {
  const needed = actor.roles.some((role) => secondFactorRoles.includes(role))
  return {
    id: actor.accountId ?? 0,
    side: actor.side === 'system' ? 'staff' : actor.side,
    name: actor.name,
    email: actor.email ?? '',
    locale: actor.locale,
    zone: actor.zone,
    roles: actor.contact ? contactRoles(actor.contact) : [...actor.roles],
    clientIds: actor.clientIds === null ? null : [...actor.clientIds],
    contact: actor.contact && { ...actor.contact, clientName: facts.clientName ?? '' },
    company: { name: facts.companyName, zone: facts.companyZone },
    demo: facts.demo,
    secondFactor: { needed: needed && !facts.demo, on: facts.totpOn, given: !lacksSecondFactor(actor) },
    hasPassword: facts.hasPassword,
    fresh: actor.fresh,
    preferences: facts.preferences as Me['preferences'],
    can: actions.filter((action) => mayEver(actor, action)),
  }
}

function contactRoles(contact: NonNullable<Actor['contact']>): Role[] {
  return [contact.responsible ? 'cr' : 'cu', ...(contact.portalAdmin ? (['pa'] as const) : [])]
}
