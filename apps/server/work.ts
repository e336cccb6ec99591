import { sealAudit, systemActor } from '@opora/access'
import { automationCron, automationJobs } from '@opora/automation'
import { billingCron, billingJobs } from '@opora/billing'
import { changesCron, changesJobs } from '@opora/changes'
import {
  channelsCron,
  channelsJobs,
  type MailboxPolling,
  type SmtpReceiver,
  startMailboxPolling,
  startSmtpReceiver,
} from '@opora/channels'
import { contractsCron, contractsJobs } from '@opora/contracts'
import { startPageLoop } from '@opora/duty'
import { insightCron, insightJobs } from '@opora/insight'
import { keepErasures, peopleJobs } from '@opora/people'
import { type JobRunner, type Loop, startJobRunner, startLoop } from '@opora/platform/jobs'
import { slaCron, slaJobs, startAlarmLoop } from '@opora/sla'
import { ticketsCron, ticketsJobs } from '@opora/tickets'
import { workCron, workJobs } from '@opora/work'
import type { House } from './app.ts'
import { auditSealsFile, erasuresFile } from './config.ts'

export interface Working {
  smtpPort: number | null
  /** Resolves when nothing that is due is left to do: for tests and the demo story. */
  idle(): Promise<void>
  /** Stops taking work; what runs finishes, the rest stays in the queue. */
  stop(): Promise<void>
}

// Due times are looked for this often, whoever woke the loop or not.
const BEAT_MS = 500
const INTAKE_LOOPS = 4
const AUDIT_SEAL_MS = 60_000
const DEAD_JOBS_EVERY_MS = 30_000
// No job lasts so long: what is locked longer belongs to a worker that was killed.
const DEAD_AFTER = '5 minutes'

/** Everything scheduled, in one list; each job only calls a verb. */
export async function startWorking(house: House, options: { receiveMail: boolean }): Promise<Working> {
  const { runtime, access, contracts, people, process, tickets, sla, billing, notices, sender, intake } = house
  const { database, config, log } = runtime
  const jobs: JobRunner = await startJobRunner({
    url: runtime.ownerUrl,
    concurrency: config.server.jobConcurrency,
    cron: [
      access.cron,
      contractsCron,
      slaCron,
      workCron,
      billingCron,
      ticketsCron,
      channelsCron,
      changesCron,
      automationCron,
      insightCron,
    ].join('\n'),
    tasks: {
      ...access.tasks,
      ...contractsJobs(database, contracts, log),
      ...peopleJobs(database, people),
      ...slaJobs(database, sla),
      ...ticketsJobs(database),
      ...channelsJobs(database, config.channels),
      ...changesJobs(database, house.changes),
      ...automationJobs(database, house.automation),
      ...workJobs(house.work),
      ...billingJobs(billing),
      ...insightJobs(house.insight),
      ...house.hearTasks,
    },
    log,
  })
  const loop = (name: string, work: () => Promise<number>): Loop => startLoop({ name, everyMs: BEAT_MS, work, log })
  const loops = [
    loop('process timers', () =>
      process.fireDueTimer(database, (tx, timer) => tickets.timerDue(tx, systemActor(), timer)),
    ),
    loop('letters out', () => sender.sendNext()),
    loop('vendor’s silence', () => tickets.remindOfVendor(database)),
    loop('partners’ access', () => tickets.tellPartnerEnding(database)),
    loop('replies shown', () => tickets.showReplies(database)),
    startLoop({ name: 'dead jobs', everyMs: DEAD_JOBS_EVERY_MS, work: () => releaseDeadJobs(database), log }),
    startLoop({
      name: 'audit seals',
      everyMs: AUDIT_SEAL_MS,
      work: () => sealAudit(database, auditSealsFile(config)),
      log,
    }),
    startLoop({
      name: 'erasures kept',
      everyMs: AUDIT_SEAL_MS,
      work: () => keepErasures(database, erasuresFile(config)),
      log,
    }),
    loop('notices by mail', () => notices.mailNextNotice(database)),
  ]
  const alarms = startAlarmLoop(database, sla, log)
  const pages = startPageLoop(database, house.duty, log)
  const intakeLoops = await intake.startLoops(INTAKE_LOOPS)
  const unlisten = await database.listen('opora_outbox', () => loops[1]!.wake())
  const receiver = options.receiveMail ? await receive(house) : null
  const polling = options.receiveMail ? await pollMailboxes(house) : null
  return {
    smtpPort: receiver?.port ?? null,
    async idle() {
      let before = ''
      for (;;) {
        await polling?.idle()
        await intakeLoops.idle()
        for (const each of [...loops, alarms, pages]) await each.idle()
        const now = await fingerprint(house)
        if (now === before) return
        before = now
      }
    },
    async stop() {
      await receiver?.close()
      await polling?.stop()
      await unlisten()
      await intakeLoops.stop()
      await Promise.all([...loops, alarms, pages].map((each) => each.stop()))
      await jobs.stop()
    },
  }
}

function receive(house: House): Promise<SmtpReceiver> {
  const { config, log } = house.runtime
  const { intake } = house
  return startSmtpReceiver({
    host: config.channels.smtpHost,
    port: config.channels.smtpPort,
    accept: (envelope, raw, session) => intake.acceptSmtp(envelope, raw, session),
    isKnownRecipient: (address) => intake.isKnownRecipient(address),
    isOwnDomain: (domain) => intake.isOwnDomain(domain),
    limits: { messageBytes: config.channels.maxLetterBytes },
    log,
  })
}

function pollMailboxes(house: House): Promise<MailboxPolling> {
  const { config, database, log, vault } = house.runtime
  return startMailboxPolling({
    database,
    vault,
    log,
    // a byte more than a letter may have, so that what was cut is seen to be too large
    maxLetterBytes: config.channels.maxLetterBytes + 1,
    privateHosts: config.channels.privateHosts,
  })
}

async function releaseDeadJobs(database: House['runtime']['database']): Promise<number> {
  await database.worker`select release_dead_jobs(${DEAD_AFTER}::interval)`
  return 0
}

/** What is still to be done, as one text: when two looks agree and nothing waits, the house is quiet. */
async function fingerprint(house: House): Promise<string> {
  const [row] = await house.runtime.database.worker<{ text: string; jobs: number; raw: number }[]>`
    select (select count(*) from job_queue where attempts < max_attempts and run_at <= now()) as jobs,
      (select count(*) from raw_message where state = 'new') as raw,
      concat_ws('|', (select max(id) from ticket_event), (select max(id) from outgoing_mail), (select max(id) from notice),
        (select count(*) from outgoing_mail where state = 'queued' and send_at <= app_now())) as text`
  return row!.jobs > 0 || row!.raw > 0 ? `busy ${performance.now()}` : row!.text
}
