import type { Instant } from '@opora/core'
import { isoInstant } from '@opora/core'
import type { Json, Queryable } from '../database/index.ts'
import type { Log } from '../log/index.ts'

export interface EnqueueOptions {
  runAt?: Instant
  /** A job with the same key is replaced while it waits. */
  key?: string
  /** Jobs of one queue run one after another. */
  queue?: string
}

/** Puts a job into the queue in the caller's transaction: it runs if, and only if, that transaction commits. */
export async function enqueue(
  sql: Queryable,
  task: string,
  payload: Json,
  options: EnqueueOptions = {},
): Promise<void> {
  const name = queueName(task)
  const runAt = options.runAt === undefined ? null : isoInstant(options.runAt)
  await sql`select enqueue_job(${name}, ${JSON.stringify(payload)}::text::json, ${runAt}::timestamptz, ${options.key ?? null}, ${options.queue ?? null})`
}

export type JobTask = (payload: never) => Promise<void>
export type JobTasks = Record<string, JobTask>

/** Tasks are `module.verb` in the house; the queue's crontab knows colons, not dots. */
function queueName(task: string): string {
  return task.replaceAll('.', ':')
}

function queueCron(lines: string): string {
  return lines.replace(/^(\S+ \S+ \S+ \S+ \S+ )(\S+)/gm, (_line, when: string, task: string) => when + queueName(task))
}

export interface JobRunner {
  stop(): Promise<void>
}

/** Runs the queue's tasks; on stop the running ones finish and the rest stay in the queue. */
export async function startJobRunner(options: {
  url: string
  tasks: JobTasks
  concurrency: number
  cron?: string
  log: Log
}): Promise<JobRunner> {
  const { Logger, run } = await import('graphile-worker')
  const runner = await run({
    connectionString: options.url,
    concurrency: options.concurrency,
    maxPoolSize: options.concurrency + 1,
    noHandleSignals: true,
    pollInterval: 2_000,
    ...(options.cron ? { crontab: queueCron(options.cron) } : {}),
    taskList: Object.fromEntries(
      Object.entries(options.tasks).map(([name, task]) => [
        queueName(name),
        (payload: unknown) => task(payload as never),
      ]),
    ),
    logger: new Logger(() => (level, message) => {
      if (level === 'error') options.log.error({ job: true }, message)
      else if (level === 'warning') options.log.warn({ job: true }, message)
    }),
  })
  return { stop: () => runner.stop() }
}

export interface Loop {
  /** Looks for work now instead of at the next beat. */
  wake(): void
  /** Whether it is at work: it goes on by itself while work is left. */
  isBusy(): boolean
  /** Resolves when a look that began after this call has found nothing left. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/**
 * Looks for due rows at every beat and whenever woken, until a look finds none. `work` takes a batch under row locks and says how many
 * it did, so any number of processes may run the same loop.
 */
export function startLoop(options: { name: string; everyMs: number; work: () => Promise<number>; log: Log }): Loop {
  const control = {
    stopped: false,
    again: false,
    running: null as Promise<void> | null,
    timer: undefined as NodeJS.Timeout | undefined,
  }
  const look = async () => {
    do {
      control.again = false
      try {
        while (!control.stopped && (await options.work()) > 0);
      } catch (error) {
        options.log.error(
          { loop: options.name, err: { message: (error as Error).message, stack: (error as Error).stack } },
          'loop failed',
        )
        control.again = false
      }
    } while (control.again && !control.stopped)
  }
  const wake = () => {
    if (control.stopped) return
    control.again = true
    control.running ??= look().finally(() => {
      control.running = null
    })
  }
  control.timer = setInterval(wake, options.everyMs)
  wake()
  return {
    wake,
    isBusy: () => control.running !== null,
    async idle() {
      wake()
      await control.running
    },
    async stop() {
      control.stopped = true
      clearInterval(control.timer)
      await control.running
    },
  }
}
