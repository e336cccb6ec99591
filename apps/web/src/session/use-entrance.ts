import { hrefOf, useRoute } from '@opora/ui-kit'
import { useEffect } from 'react'
import { type Session, useSession } from './session.tsx'

/** The session of a framed page; whoever is not signed in is led to `signIn` and back here afterwards. */
export function useEntrance(signIn: string): Session {
  const session = useSession()
  const route = useRoute()
  const outside = session.account === null
  useEffect(() => {
    if (outside) route.navigate(hrefOf(signIn, { next: hrefOf(route.path, route.search) }), { replace: true })
  }, [outside, route, signIn])
  return session
}
