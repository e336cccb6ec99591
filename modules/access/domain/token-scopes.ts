import type { Actor } from './actor.ts'
import { type Action, actions, mayEver } from './policy.ts'

const areas = new Set(actions.map((action) => action.split('.')[0]))

/**
 * The scopes that do not fit: unknown words, and rights that their maker does not have. A token is a part of its maker's rights, and what
 * the maker loses later the token loses too.
 */
export function unfitScopes(maker: Actor, scopes: readonly string[]): string[] {
  return scopes.filter((scope) => !fits(maker, scope))
}

function fits(maker: Actor, scope: string): boolean {
  if (scope === '*' || scope === 'read') return true
  const [area, verb] = scope.split('.')
  if (verb === '*') return areas.has(area) && actions.some((a) => a.startsWith(`${area}.`) && mayEver(maker, a))
  return isAction(scope) && mayEver(maker, scope)
}

export function isAction(name: string): name is Action {
  return (actions as string[]).includes(name)
}
