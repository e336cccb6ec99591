import { isoInstant, type Locale } from '@opora/core'
import type { JobTasks } from '@opora/platform/jobs'
import { latestSeal } from './access.audit.seals.ts'
import type { AccessPorts } from './access.ports.ts'
import type { AskedLink } from './verbs/letters.ts'
import { createRecovery, SEND_LINK_TASK } from './verbs/recover.ts'
import { tidy } from './verbs/tidy.ts'

const TIDY_TASK = 'access.tidy'
const MAIL_SEAL_TASK = 'access.mailSeal'

export function accessTasks(ports: AccessPorts): JobTasks {
  const recovery = createRecovery(ports)
  return {
    [SEND_LINK_TASK]: (asked: { kind: AskedLink; email: string; locale: Locale }) => recovery.send(asked),
    [TIDY_TASK]: () => tidy(ports.database),
    [MAIL_SEAL_TASK]: () => mailSeal(ports),
  }
}

/** The latest seal of the audit trail to whoever keeps it outside the house. */
async function mailSeal(ports: AccessPorts): Promise<void> {
  const to = ports.settings.auditMail
  if (to === null) return
  await ports.database.begin({ as: 'worker' }, async (tx) => {
    const seal = await latestSeal(tx)
    if (!seal) return
    const data = { name: '', seal: seal.hash, number: String(seal.seq), at: isoInstant(seal.at) }
    await ports.sendMail(tx, { kind: 'access.audit_seal', to, locale: 'ru', data })
  })
}

/** Lines of the crontab: the small hours of every day, UTC. */
export const accessCron = `23 1 * * * ${TIDY_TASK}\n47 2 * * * ${MAIL_SEAL_TASK}`
