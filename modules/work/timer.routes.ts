import { type Actor, read, refuseAccess, write } from '@opora/access'
import { isoInstant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import { idleAnswer, timeEntry, timerPreference, timerStart, timerStarted, timerState, timerStop } from './contract.ts'
import { entryView, idleAfterOf, timerOf } from './time.read-model.ts'
import { asGiven } from './time.routes.ts'
import { accountOf } from './verbs/log-time.ts'
import type { Work } from './work.service.ts'

const tag = 'time'

async function stateOf(sql: Queryable, caller: Actor) {
  const now = await databaseNow(sql)
  const accountId = accountOf(caller)
  return {
    timer: await timerOf(sql, accountId, now),
    now: isoInstant(now),
    idleAfterMinutes: await idleAfterOf(sql, accountId),
  }
}

/** The one timer of a person: it runs in the database, whatever happens to tabs and machines. */
export function timerRoutes(work: Work): AnyRoute<Actor>[] {
  return [
    read({
      path: '/timer',
      summary: 'My running timer',
      tag,
      policy: 'time.log',
      replies: timerState,
      handle: ({ caller, read: run }) => run((sql) => stateOf(sql, caller)),
    }),
    write({
      method: 'PUT',
      path: '/timer',
      partnerAsJob: true,
      summary: 'Start my timer, or go over to another ticket',
      tag,
      policy: 'time.log',
      body: timerStart,
      replies: timerStarted,
      handle: async ({ tx, caller, body }) => {
        const logged = await work.startTimer(tx, caller, body)
        return { ...(await stateOf(tx, caller)), logged: logged === null ? null : await entryView(tx, caller, logged) }
      },
    }),
    write({
      method: 'POST',
      path: '/timer/stop',
      partnerAsJob: true,
      summary: 'Stop my timer and log its time',
      tag,
      policy: 'time.log',
      status: 201,
      body: timerStop,
      replies: timeEntry,
      handle: async ({ tx, caller, body }) => {
        const view = await entryView(tx, caller, await work.stopTimer(tx, caller, asGiven(caller, body)))
        if (!view) throw refuseAccess('access.not_found')
        return view
      },
    }),
    ...idleRoutes(work),
    write({
      method: 'DELETE',
      path: '/timer',
      partnerAsJob: true,
      summary: 'Throw my running timer away',
      tag,
      policy: 'time.log',
      handle: async ({ tx, caller }) => {
        await work.dropTimer(tx, caller)
      },
    }),
  ]
}

/** Silence: its signs of life, what becomes of it, and how long it is let be. */
function idleRoutes(work: Work): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/timer/seen',
      partnerAsJob: true,
      summary: 'I am at work; after a long silence changes nothing, and the answer asks',
      tag,
      policy: 'time.log',
      replies: timerState,
      handle: async ({ tx, caller }) => {
        await work.seenAtTimer(tx, caller)
        return stateOf(tx, caller)
      },
    }),
    write({
      method: 'POST',
      path: '/timer/idle',
      partnerAsJob: true,
      summary: 'What becomes of a silence: keep it, leave it out, or stop at the last sign of life',
      tag,
      policy: 'time.log',
      body: idleAnswer,
      replies: timerStarted,
      handle: async ({ tx, caller, body }) => {
        const logged = await work.answerIdle(tx, caller, body)
        return { ...(await stateOf(tx, caller)), logged: logged === null ? null : await entryView(tx, caller, logged) }
      },
    }),
    write({
      method: 'PUT',
      path: '/timer/preference',
      partnerAsJob: true,
      summary: 'How long a silence is asked about; 0: never',
      tag,
      policy: 'time.log',
      body: timerPreference,
      replies: timerState,
      handle: async ({ tx, caller, body }) => {
        await work.setIdleAfter(tx, caller, body.idleAfterMinutes)
        return stateOf(tx, caller)
      },
    }),
  ]
}
