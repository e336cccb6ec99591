import { hrefOf, useRoute } from '@opora/ui-kit'
import { useEffect } from 'react'
import { homeOf } from './home-of.ts'
import { type Session, useSession } from './session.tsx'

/**
 * The session of a framed page. Whoever is not signed in is led to the shell's sign-in and back here afterwards, whoever belongs to the
 * other shell to that one, and whose role needs a second factor to turning it on.
 */
export function useEntrance(shell: '/desk' | '/cabinet'): Session {
  const session = useSession()
  const route = useRoute()
  const { account } = session
  const outside = account === null
  const elsewhere = account && homeOf(account) !== shell
  const factorMissing = account?.secondFactor.needed === true && !account.secondFactor.on
  useEffect(() => {
    if (outside)
      route.navigate(hrefOf(`${shell}/sign-in`, { next: hrefOf(route.path, route.search) }), { replace: true })
    else if (elsewhere) location.replace(homeOf(account))
    else if (factorMissing) route.navigate('/desk/second-factor', { replace: true })
  }, [outside, elsewhere, factorMissing, account, route, shell])
  return session
}
