import { useRoute } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useEffect } from 'react'
import { useSession } from '../session/session.tsx'

/** The bare address of the installation: staff go to the desk, everybody else to the cabinet; a fresh one to its set-up. */
export function FrontPage() {
  const route = useRoute()
  const { account } = useSession()
  useEffect(() => {
    if (account === undefined) return
    if (account && account.side !== 'client') location.replace('/desk')
    else if (account) route.navigate('/cabinet', { replace: true })
    else
      void isFresh().then((fresh) =>
        fresh ? location.replace('/desk/setup') : route.navigate('/cabinet', { replace: true }),
      )
  }, [account, route])
  return null
}

async function isFresh(): Promise<boolean> {
  try {
    return (await api.get<{ needed: boolean }>('/setup', { anonymous: true })).needed
  } catch {
    return false
  }
}
