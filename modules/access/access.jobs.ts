import type { Locale } from '@opora/core'
import type { JobTasks } from '@opora/platform/jobs'
import type { AccessPorts } from './access.ports.ts'
import { INVITE_CONTACT_TASK, inviteContactNow } from './verbs/invitations.ts'
import { type AskedLink, createRecovery, SEND_LINK_TASK } from './verbs/recover.ts'
import { tidy } from './verbs/tidy.ts'

const TIDY_TASK = 'access.tidy'

export function accessTasks(ports: AccessPorts): JobTasks {
  const recovery = createRecovery(ports)
  return {
    [SEND_LINK_TASK]: (asked: { kind: AskedLink; email: string; locale: Locale }) => recovery.send(asked),
    [INVITE_CONTACT_TASK]: (asked: { contactId: number; byAccountId: number | null }) => inviteContactNow(ports, asked),
    [TIDY_TASK]: () => tidy(ports.database),
  }
}

/** A line of the crontab: the small hours of every day, UTC. */
export const accessCron = `23 1 * * * ${TIDY_TASK}`
