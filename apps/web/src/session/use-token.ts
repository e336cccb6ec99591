import { useEffect, useState } from 'react'

/** The token after `#` of a letter's link. It leaves the address at once: addresses are kept in histories and shown on shared screens. */
export function useTokenOfAddress(): string {
  const [token] = useState(() => decodeURIComponent(location.hash.slice(1)))
  useEffect(() => {
    if (location.hash) window.history.replaceState(window.history.state, '', location.pathname + location.search)
  }, [])
  return token
}
