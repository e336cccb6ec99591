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

interface LoopOptions {
  name: string
  everyMs: number
  /** Takes a batch under row locks and says how many it did, so any number of processes may run the same loop. */
  work(): Promise<number>
  log: Log
}

/** Looks for due rows at every beat and whenever woken, until a look finds none. */
export function startLoop(options: LoopOptions): Loop {
  return looping(options, () => false)
}

export interface Crew {
  /** There is one thing more to do: whoever is free looks once, else whoever is free first. */
  tell(): void
  hasFree(): boolean
  /** Resolves when looks that began after this call have found nothing left. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/**
 * Loops that share one kind of work of which they are told thing by thing. Each thing wants one look: a look for the next after each,
 * and looks of the others, would be in vain, and cost as much as finding something. The beat looks until nothing is left, whoever was told.
 */
export function startCrew(size: number, options: LoopOptions): Crew {
  let told = 0
  const work = () => {
    told = Math.max(0, told - 1)
    return options.work()
  }
  const loops = Array.from({ length: size }, (_, index) =>
    looping({ ...options, name: `${options.name} ${index + 1}`, work }, () => told > 0),
  )
  return {
    tell() {
      told += 1
      loops.find((loop) => !loop.isBusy())?.lookOnce()
    },
    hasFree: () => loops.some((loop) => !loop.isBusy()),
    async idle() {
      await Promise.all(loops.map((loop) => loop.idle()))
    },
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}

/** `isTold`: whether there is something to look for that nobody has looked for yet. */
function looping(options: LoopOptions, isTold: () => boolean): Loop & { lookOnce(): void } {
  const control = {
    stopped: false,
    again: false,
    running: null as Promise<void> | null,
    timer: undefined as NodeJS.Timeout | undefined,
  }
  const work = async () => options.work()
  const look = async () => {
    do {
      const untilNone = control.again
      control.again = false
      try {
        while ((await work()) > 0 && untilNone && !control.stopped);
      } catch (error) {
        options.log.error(
          { loop: options.name, err: { message: (error as Error).message, stack: (error as Error).stack } },
          'loop failed',
        )
        control.again = false
      }
    } while ((control.again || isTold()) && !control.stopped)
    // at once, not a turn later: who is told in between would find it busy
    control.running = null
  }
  const lookOnce = () => {
    if (control.stopped) return
    control.running ??= look()
  }
  const wake = () => {
    control.again = true
    lookOnce()
  }
  control.timer = setInterval(wake, options.everyMs)
  wake()
  return {
    wake,
    lookOnce,
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
