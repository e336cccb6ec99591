import type { AnyRoute } from '@opora/platform/http'
import { clearSessionCookie, setSessionCookie } from '../access.cookie.ts'
import type { AccessPorts } from '../access.ports.ts'
import { type Request, write } from '../access.route.ts'
import { confirmBody, meReply, signInBody } from '../contract.ts'
import type { Actor } from '../domain/actor.ts'
import type { Profile } from '../verbs/profile.ts'
import type { SignIn, Visit } from '../verbs/sign-in.ts'
import { presentMe } from './present-me.ts'

/** From where this request comes, with the session that its browser had. */
export function visitOf(ports: AccessPorts, request: Request): Visit {
  return {
    ip: request.ip,
    userAgent: String(request.headers['user-agent'] ?? '').slice(0, 300),
    requestId: request.id,
    previousToken: request.cookies[ports.cookieName] ?? null,
  }
}

export function sessionRoutes(ports: AccessPorts, signIn: SignIn, profile: Profile): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/session',
      summary: 'Sign in',
      description: 'A wrong password and an unknown address answer alike. `access.totp_required` asks for the code.',
      tag: 'session',
      policy: 'public',
      ownTransactions: true,
      body: signInBody,
      replies: meReply,
      async handle({ body, request, reply }) {
        const { token, actor } = await signIn.signIn(body, visitOf(ports, request))
        setSessionCookie(ports, reply, token)
        return presentMe(actor, await profile.facts(actor))
      },
    }),
    write({
      method: 'DELETE',
      path: '/session',
      summary: 'Sign out',
      tag: 'session',
      policy: 'profile',
      ownTransactions: true,
      async handle({ caller, reply }) {
        await signIn.signOut(caller)
        clearSessionCookie(ports, reply)
      },
    }),
    write({
      method: 'POST',
      path: '/session/confirm',
      summary: 'Give the password again before something grave',
      description: 'Acts that answer `access.confirm_again` are open for ten minutes afterwards.',
      tag: 'session',
      policy: 'profile',
      ownTransactions: true,
      body: confirmBody,
      async handle({ caller, body }) {
        await signIn.confirm(caller, body.password)
      },
    }),
  ]
}
