import type { AnyRoute } from '@opora/platform/http'
import { setSessionCookie } from '../access.cookie.ts'
import type { AccessPorts } from '../access.ports.ts'
import { type Reply, read, write } from '../access.route.ts'
import {
  acceptBody,
  acceptReply,
  askLinkBody,
  askLinkReply,
  magicBody,
  meReply,
  resetBody,
  setUpBody,
  setUpReply,
} from '../contract.ts'
import type { Actor } from '../domain/actor.ts'
import type { AskedLink } from '../verbs/letters.ts'
import type { Profile } from '../verbs/profile.ts'
import { createRecovery } from '../verbs/recover.ts'
import { createSetUp } from '../verbs/set-up.ts'
import type { Entered } from '../verbs/sign-in.ts'
import { presentMe } from './present-me.ts'
import { visitOf } from './session.routes.ts'

const open = { method: 'POST', policy: 'public', ownTransactions: true } as const

export function recoveryRoutes(ports: AccessPorts, profile: Profile): AnyRoute<Actor>[] {
  const recovery = createRecovery(ports)
  const welcome = welcomer(ports, profile)
  return [
    askRoute('/session/magic-link', 'session', 'Ask for a letter that signs a client’s contact in', 'magic'),
    write({
      ...open,
      path: '/session/magic',
      summary: 'Sign in by the link of that letter',
      tag: 'session',
      body: magicBody,
      replies: meReply,
      async handle({ body, request, reply }) {
        return welcome(reply, await recovery.enterByMagicLink(body, visitOf(ports, request)))
      },
    }),
    askRoute('/password/reset-request', 'password', 'Ask for a letter to choose a new password', 'reset'),
    write({
      ...open,
      path: '/password/reset',
      summary: 'Choose a new password by the link of that letter',
      tag: 'password',
      body: resetBody,
      async handle({ body, request }) {
        await recovery.resetPassword(body, visitOf(ports, request))
      },
    }),
    write({
      ...open,
      path: '/invitations/accept',
      summary: 'Join: choose a password by the link of an invitation',
      tag: 'password',
      body: acceptBody,
      replies: acceptReply,
      async handle({ body, request, reply }) {
        const entered = await recovery.acceptInvitation(body, visitOf(ports, request))
        return { me: entered && (await welcome(reply, entered)) }
      },
    }),
  ]

  function askRoute(path: string, tag: string, summary: string, kind: AskedLink): AnyRoute<Actor> {
    return write({
      ...open,
      path,
      summary,
      description: 'Answers the same for any address, known or not.',
      tag,
      status: 202,
      body: askLinkBody,
      replies: askLinkReply,
      async handle({ body, request, locale }) {
        await recovery.ask(kind, body.email, body.locale ?? locale, visitOf(ports, request))
        return { sent: true as const }
      },
    })
  }
}

export function setUpRoutes(ports: AccessPorts, profile: Profile): AnyRoute<Actor>[] {
  const setUp = createSetUp(ports)
  const welcome = welcomer(ports, profile)
  return [
    read({
      path: '/setup',
      summary: 'Is the first account still to be made?',
      tag: 'setup',
      policy: 'public',
      replies: setUpReply,
      async handle() {
        return { needed: await setUp.needed() }
      },
    }),
    write({
      ...open,
      path: '/setup',
      summary: 'Make the company and the first account, by the code that the start printed',
      tag: 'setup',
      status: 201,
      body: setUpBody,
      replies: meReply,
      async handle({ body, request, reply }) {
        return welcome(reply, await setUp.setUp(body, visitOf(ports, request)))
      },
    }),
  ]
}

function welcomer(ports: AccessPorts, profile: Profile) {
  return async (reply: Reply, { token, actor }: Entered) => {
    setSessionCookie(ports, reply, token)
    return presentMe(actor, await profile.facts(actor))
  }
}
