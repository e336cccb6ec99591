import { isoInstant } from '@opora/core'
import type { AnyRoute } from '@opora/platform/http'
import { setSessionCookie } from '../access.cookie.ts'
import type { AccessPorts } from '../access.ports.ts'
import { listSessions } from '../access.read-model.ts'
import { read, write } from '../access.route.ts'
import { demandSession } from '../authorise.ts'
import {
  codeBody,
  endedReply,
  idParams,
  meChange,
  meReply,
  passwordBody,
  recoveryCodesReply,
  sessionsReply,
  totpBeginReply,
} from '../contract.ts'
import type { Actor } from '../domain/actor.ts'
import type { Profile } from '../verbs/profile.ts'
import type { SecondFactor } from '../verbs/second-factor.ts'
import { presentMe } from './present-me.ts'

export function profileRoutes(ports: AccessPorts, profile: Profile, secondFactor: SecondFactor): AnyRoute<Actor>[] {
  return [...meRoutes(ports, profile), ...ownSessionRoutes(ports, profile), ...secondFactorRoutes(ports, secondFactor)]
}

const own = { tag: 'me', policy: 'profile', ownTransactions: true } as const

function meRoutes(ports: AccessPorts, profile: Profile): AnyRoute<Actor>[] {
  return [
    read({
      path: '/me',
      summary: 'Who I am and what I may do',
      tag: 'me',
      policy: 'profile',
      replies: meReply,
      async handle({ caller }) {
        return presentMe(caller, await profile.facts(caller))
      },
    }),
    write({
      ...own,
      method: 'PATCH',
      path: '/me',
      summary: 'Change my name, language, zone or preferences',
      body: meChange,
      replies: meReply,
      async handle({ caller, body }) {
        await profile.change(caller, body)
        const changed = {
          name: body.name ?? caller.name,
          locale: body.locale ?? caller.locale,
          zone: body.zone ?? caller.zone,
        }
        return presentMe({ ...caller, ...changed }, await profile.facts(caller))
      },
    }),
    write({
      ...own,
      method: 'PUT',
      path: '/me/password',
      summary: 'Change my password',
      description: 'Every other session of mine ends.',
      body: passwordBody,
      async handle({ caller, body, reply }) {
        setSessionCookie(ports, reply, await profile.changePassword(caller, body))
      },
    }),
  ]
}

function ownSessionRoutes(ports: AccessPorts, profile: Profile): AnyRoute<Actor>[] {
  return [
    read({
      path: '/me/sessions',
      summary: 'Where I am signed in',
      tag: 'me',
      policy: 'profile',
      replies: sessionsReply,
      async handle({ caller }) {
        const { accountId, sessionId } = demandSession(caller)
        const sessions = await listSessions(ports.database.staff, accountId)
        return {
          items: sessions.map((one) => ({
            id: one.id,
            createdAt: isoInstant(one.createdAt),
            seenAt: isoInstant(one.seenAt),
            ip: one.ip,
            userAgent: one.userAgent,
            current: one.id === sessionId,
          })),
        }
      },
    }),
    write({
      ...own,
      method: 'DELETE',
      path: '/me/sessions',
      summary: 'End my other sessions',
      replies: endedReply,
      async handle({ caller }) {
        return { ended: await profile.endOtherSessions(caller) }
      },
    }),
    write({
      ...own,
      method: 'DELETE',
      path: '/me/sessions/:id',
      summary: 'End one session of mine',
      params: idParams,
      async handle({ caller, params }) {
        await profile.endSession(caller, params.id)
      },
    }),
  ]
}

function secondFactorRoutes(ports: AccessPorts, secondFactor: SecondFactor): AnyRoute<Actor>[] {
  return [
    write({
      ...own,
      method: 'POST',
      path: '/me/totp',
      summary: 'Begin turning the second factor on',
      description: 'Answers a secret and a picture to scan; it is on once a code is given to `/me/totp/confirm`.',
      replies: totpBeginReply,
      async handle({ caller }) {
        return secondFactor.begin(caller)
      },
    }),
    write({
      ...own,
      method: 'POST',
      path: '/me/totp/confirm',
      summary: 'Turn the second factor on by a first code',
      body: codeBody,
      replies: recoveryCodesReply,
      async handle({ caller, body, reply }) {
        const { recoveryCodes, sessionToken } = await secondFactor.confirm(caller, body.code)
        setSessionCookie(ports, reply, sessionToken)
        return { recoveryCodes }
      },
    }),
    write({
      ...own,
      method: 'POST',
      path: '/me/totp/off',
      summary: 'Turn the second factor off',
      body: codeBody,
      async handle({ caller, body }) {
        await secondFactor.turnOff(caller, body.code)
      },
    }),
    write({
      ...own,
      method: 'POST',
      path: '/me/totp/recovery-codes',
      summary: 'New recovery codes in place of the old',
      replies: recoveryCodesReply,
      async handle({ caller }) {
        return { recoveryCodes: await secondFactor.renewRecoveryCodes(caller) }
      },
    }),
  ]
}
