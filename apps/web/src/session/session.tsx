import type { Me } from '@opora/access/contract'
import { ApiError, answered, api, onSessionExpired } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react'

export interface Session {
  /** `undefined` while it is not yet known, `null` for nobody. */
  account: Me | null | undefined
  /** The session ended under an open page: its texts are still there. */
  expired: boolean
  /** After signing in. */
  enter: (account: Me) => void
  leave: () => Promise<void>
}

const SessionContext = createContext<Session | null>(null)
export const ME_KEY = ['me'] as const

async function readMe(): Promise<Me | null> {
  try {
    return await api.get<Me>('/me', { anonymous: true })
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}

/** Who is signed in, for both shells. Pages read it by `useQuery({ queryKey: ['me'] })`. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const me = useQuery({
    queryKey: ME_KEY,
    queryFn: readMe,
    initialData: () => answered<Me | null>('/me'),
    staleTime: 5 * 60_000,
  })
  const [expired, setExpired] = useState(false)
  const account = me.data

  useEffect(() => onSessionExpired(() => client.getQueryData(ME_KEY) && setExpired(true)), [client])

  const enter = useCallback(
    (next: Me) => {
      const before = client.getQueryData<Me | null>(ME_KEY)
      if (before && before.id !== next.id) {
        location.reload()
        return
      }
      client.setQueryData(ME_KEY, next)
      setExpired(false)
      void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== ME_KEY[0] })
    },
    [client],
  )

  const leave = useCallback(async () => {
    await api.delete('/session')
    client.clear()
    location.reload()
  }, [client])

  const value = useMemo(() => ({ account, expired, enter, leave }), [account, expired, enter, leave])
  return <SessionContext value={value}>{children}</SessionContext>
}

export function useSession(): Session {
  const session = use(SessionContext)
  if (!session) throw new Error('no SessionProvider above')
  return session
}
