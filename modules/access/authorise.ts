import { refuseAccess } from './access.refusals.ts'
import type { Actor } from './domain/actor.ts'
import { mayEver, policy } from './domain/policy.ts'
import { secondFactorRoles } from './domain/roles.ts'
import { isAction } from './domain/token-scopes.ts'

/**
 * Policies that are no actions. `public`: anybody. `signed-in`: anybody who is. `profile`: one's own profile, which is open even before
 * the second factor that one's role needs is on, because that is where one turns it on.
 */
export const openPolicies = ['public', 'signed-in', 'profile'] as const

export function isKnownPolicy(name: string): boolean {
  return (openPolicies as readonly string[]).includes(name) || Object.hasOwn(policy, name)
}

/** Does this person's role demand a second factor that this sign-in lacks? */
export function lacksSecondFactor(actor: Actor): boolean {
  return !actor.secondFactor && actor.roles.some((role) => secondFactorRoles.includes(role))
}

/** Throws unless the caller may call a route of this policy at all. An unknown policy is a fault of the program, never open. */
export function authorise(actor: Actor | null, name: string): Actor {
  if (!isKnownPolicy(name)) throw new Error(`unknown policy: ${name}`)
  if (!actor) throw refuseAccess('access.sign_in_required')
  if (name === 'profile') return actor
  if (lacksSecondFactor(actor)) throw refuseAccess('access.second_factor_required')
  if (isAction(name) && !mayEver(actor, name)) throw refuseAccess('access.not_allowed')
  return actor
}

/** For what must not be done from a screen left open: demands that the password was given within the last ten minutes. */
export function demandFresh(actor: Actor): void {
  if (!actor.fresh) throw refuseAccess('access.confirm_again')
}

/** For what only a person does, never a script: demands a session and answers its number. */
export function demandSession(actor: Actor): { sessionId: number; accountId: number } {
  if (actor.sessionId === null || actor.accountId === null) throw refuseAccess('access.not_allowed')
  return { sessionId: actor.sessionId, accountId: actor.accountId }
}
