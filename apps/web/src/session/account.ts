import type { Locale } from '@opora/core'

/** The person who is signed in, as `GET /me` tells. */
export interface Account {
  id: number | string
  name: string
  email: string
  /** `staff` works at the desk, `client` in the cabinet. */
  side?: 'staff' | 'client' | 'partner'
  roles?: readonly string[]
  locale?: Locale | null
  zone?: string | null
  clientName?: string | null
}

/** The account inside an answer, whether it stands alone or beside other things. */
export function accountOf(answer: Account | { account: Account }): Account {
  return 'account' in answer ? answer.account : answer
}
