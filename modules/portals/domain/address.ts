const ADDRESS_MAX = 300

/**
 * A portal's address in one form: scheme, host in lower case and ASCII, port and path where they matter, no trailing slash, no
 * credentials, query or fragment. A bare host gets https. `null` when it is no address of the web.
 */
export function readPortalAddress(text: string): string | null {
  const given = text.trim()
  if (given.length === 0 || given.length > ADDRESS_MAX || /\s/.test(given)) return null
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`)
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password) return null
  if (!url.hostname.includes('.') && !url.hostname.startsWith('[') && url.hostname !== 'localhost') return null
  return `${url.protocol}//${url.host}${url.pathname}`.replace(/\/+$/, '')
}

export function hostOfAddress(address: string): string {
  return URL.parse(address)?.hostname ?? address
}

/** The portal whose host a text names, if exactly one is named. */
export function portalNamedIn<Portal extends { address: string }>(
  text: string,
  portals: readonly Portal[],
): Portal | null {
  const words = text.toLowerCase()
  const named = portals.filter((portal) => {
    const host = hostOfAddress(portal.address).toLowerCase()
    const at = words.indexOf(host)
    // a longer name that merely ends or begins like the host is another host
    return at >= 0 && !/[\w.-]/.test(words[at - 1] ?? ' ') && !/[\w-]/.test(words[at + host.length] ?? ' ')
  })
  return named.length === 1 ? (named[0] ?? null) : null
}
