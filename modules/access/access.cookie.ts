import type { Reply } from './access.route.ts'

type CookiePorts = { cookieName: string; secure: boolean; settings: { sessionLifeMs: number } }

/** The `__Host-` prefix makes the browser itself demand TLS, the whole path and no domain. */
export function cookieNameFor(secure: boolean): string {
  return secure ? '__Host-opora_session' : 'opora_session'
}

export function setSessionCookie(ports: CookiePorts, reply: Reply, token: string): void {
  reply.setCookie(ports.cookieName, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: ports.secure,
    maxAge: Math.floor(ports.settings.sessionLifeMs / 1000),
  })
}

export function clearSessionCookie(ports: CookiePorts, reply: Reply): void {
  reply.clearCookie(ports.cookieName, { path: '/', httpOnly: true, sameSite: 'lax', secure: ports.secure })
}
