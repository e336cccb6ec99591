import { useRoute } from '@opora/ui-kit'
import { useEffect } from 'react'
import { useSession } from '../session/session.tsx'

/** The bare address of the installation: staff go to the desk, everybody else to the cabinet. */
export function FrontPage() {
  const route = useRoute()
  const { account } = useSession()
  useEffect(() => {
    if (account === undefined) return
    if (account && account.side !== 'client') location.replace('/desk')
    else route.navigate('/cabinet', { replace: true })
  }, [account, route])
  return null
}
