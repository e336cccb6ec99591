import type { Me } from '@opora/access/contract'
import { useSession } from '../session/session.tsx'

export interface Rights {
  /** `undefined` until it is known who is signed in. */
  me: Me | undefined
  may: (action: string) => boolean
  /** Speaks for the company. */
  responsible: boolean
}

/** Who reads the page and what of it they may see; the server judges again. */
export function useRights(): Rights {
  const me = useSession().account ?? undefined
  return {
    me,
    may: (action) => me?.can.includes(action) ?? false,
    responsible: me?.contact?.responsible ?? false,
  }
}
