import { Worker } from 'node:worker_threads'
import type { ParsedMail } from '../domain/parsed-mail.ts'

/** A letter that was read, or the reason why it cannot be. `too_hard`: it took more time or memory than a letter may. */
export type ParseOutcome =
  | { ok: true; mail: ParsedMail }
  | { ok: false; failure: 'unreadable' | 'too_hard'; reason: string }

export interface MailParser {
  parse(raw: Uint8Array): Promise<ParseOutcome>
  /** Ends the worker; letters in work end as `too_hard`. A later `parse` starts a new one. */
  close(): Promise<void>
}

export interface MailParserOptions {
  /** For one letter; default 10 s. */
  timeoutMs?: number
  /** Heap of the worker in MiB; default 256. Buffers of letters lie outside it. */
  heapMb?: number
  /** Ends the worker after this long without letters, to give its memory back; default 60 s. */
  idleMs?: number
}

export interface ParseRequest {
  id: number
  raw: Uint8Array
}

export type ParseReply = { id: number; mail: ParsedMail } | { id: number; reason: string }

interface Job {
  id: number
  raw: Uint8Array
  settle(outcome: ParseOutcome): void
}

/** So many letters are handed over ahead, so that the worker never waits for the next. */
const AHEAD = 4

/**
 * Reads letters in a worker thread, which is started with the first letter and kept. One letter at a time, in order;
 * a letter that exceeds time or memory takes the worker with it, and the letters behind it go to a new one.
 */
export function createMailParser(options: MailParserOptions = {}): MailParser {
  const limits = {
    timeoutMs: options.timeoutMs ?? 10_000,
    heapMb: options.heapMb ?? 256,
    idleMs: options.idleMs ?? 60_000,
  }
  const waiting: Job[] = []
  const sent: Job[] = []
  let worker: Worker | null = null
  let deadline: NodeJS.Timeout | undefined
  let idle: NodeJS.Timeout | undefined
  let lastId = 0

  function pump(): void {
    while (sent.length < AHEAD && waiting.length > 0) {
      worker ??= start()
      const job = waiting.shift() as Job
      sent.push(job)
      worker.postMessage({ id: job.id, raw: job.raw } satisfies ParseRequest)
    }
    arm()
  }

  /** The clock runs for the letter at the head only. */
  function arm(): void {
    clearTimeout(deadline)
    clearTimeout(idle)
    if (sent.length > 0) deadline = setTimeout(() => setImmediate(expire, sent[0]?.id), limits.timeoutMs)
    else if (worker !== null) idle = setTimeout(() => void stop(), limits.idleMs).unref()
    if (worker !== null) sent.length > 0 ? worker.ref() : worker.unref()
  }

  /** Answers that lie ready when the clock fires are taken first: this thread may have been the late one. */
  function expire(id: number | undefined): void {
    if (id !== undefined && sent[0]?.id === id) abandon('took too long')
  }

  function start(): Worker {
    const started = new Worker(new URL('./parse-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMb, stackSizeMb: 8 },
    })
    started.on('message', (reply: ParseReply) => {
      if (worker === started) finish(reply)
    })
    started.on('error', (error) => {
      if (worker === started) abandon(error instanceof Error ? error.message : 'the worker failed')
    })
    started.on('exit', () => {
      if (worker === started) abandon('the worker ended')
    })
    return started
  }

  function finish(reply: ParseReply): void {
    const job = sent[0]
    if (job === undefined || job.id !== reply.id) {
      abandon('answers out of order')
      return
    }
    sent.shift()
    job.settle(
      'mail' in reply ? { ok: true, mail: reply.mail } : { ok: false, failure: 'unreadable', reason: reply.reason },
    )
    pump()
  }

  function abandon(reason: string): void {
    void stop()
    sent.shift()?.settle({ ok: false, failure: 'too_hard', reason })
    waiting.unshift(...sent.splice(0))
    pump()
  }

  async function stop(): Promise<void> {
    const ending = worker
    worker = null
    clearTimeout(deadline)
    clearTimeout(idle)
    await ending?.terminate()
  }

  return {
    parse: (raw) =>
      new Promise((resolve) => {
        lastId += 1
        waiting.push({ id: lastId, raw: alone(raw), settle: resolve })
        pump()
      }),
    async close() {
      const left = [...sent.splice(0), ...waiting.splice(0)]
      await stop()
      for (const job of left) job.settle({ ok: false, failure: 'too_hard', reason: 'the parser was closed' })
    },
  }
}

/** Posting a view copies its whole buffer: a small letter inside a pool is cut out first. */
function alone(raw: Uint8Array): Uint8Array {
  return raw.byteLength === raw.buffer.byteLength ? raw : raw.slice()
}
