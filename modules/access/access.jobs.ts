import type { Locale } from '@opora/core'
import type { JobTasks } from '@opora/platform/jobs'
import type { AccessPorts } from './access.ports.ts'
import type { AskedLink } from './verbs/letters.ts'
import { createRecovery, SEND_LINK_TASK } from './verbs/recover.ts'
import { tidy } from './verbs/tidy.ts'

const TIDY_TASK = 'access.tidy'

export function accessTasks(ports: AccessPorts): JobTasks {
  const recovery = createRecovery(ports)
  return {
    [SEND_LINK_TASK]: (asked: { kind: AskedLink; email: string; locale: Locale }) => recovery.send(asked),
    [TIDY_TASK]: () => tidy(ports.database),
  }
}

/** A line of the crontab: the small hours of every day, UTC. */
export const accessCron = `23 1 * * * ${TIDY_TASK}`
