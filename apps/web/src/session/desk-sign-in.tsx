import { useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Gate } from './gate.tsx'
import { goHome } from './home-of.ts'
import { ownPath } from './own-path.ts'
import { PasswordForm } from './password-form.tsx'
import { useSession } from './session.tsx'
import { sessionWords } from './session-words.ts'

/** Signing in to the desk. A fresh installation is led to its set-up. */
export function DeskSignIn() {
  const t = useWords(sessionWords)
  const route = useRoute()
  const { account, enter } = useSession()
  const next = ownPath(route.search['next'], ['/desk'], location.origin)
  const setup = useQuery({
    queryKey: ['setup'],
    queryFn: () => api.get<{ needed: boolean }>('/setup', { anonymous: true }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const needed = setup.data?.needed === true
  useEffect(() => {
    if (account?.side === 'client') goHome(account)
    else if (account) route.navigate(next, { replace: true })
    else if (needed) route.navigate('/desk/setup', { replace: true })
  }, [account, needed, next, route])
  return (
    <Gate title={t('deskTitle')} lead={t('deskLead')}>
      <PasswordForm onEnter={enter} />
    </Gate>
  )
}
