import type { Me } from '@opora/access/contract'
import { useRoute } from '@opora/ui-kit'
import { useEffect } from 'react'

/** The desk opens where the person works: those who read no tickets but close months begin there. */
export function useHome(account: Me | null | undefined): void {
  const { path, navigate } = useRoute()
  const months = account ? !account.can.includes('ticket.text') && account.can.includes('period.read') : false
  useEffect(() => {
    if (months && path === '/desk') navigate('/desk/months', { replace: true })
  }, [months, path, navigate])
}
