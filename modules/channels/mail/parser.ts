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
  const { timeoutMs = 10_000, heapMb = 256, idleMs = 60_000 } = options
  const queue = new ParseQueue({ timeoutMs, heapMb, idleMs })
  return {
    parse: (raw) => new Promise((resolve) => queue.add(alone(raw), resolve)),
    close: () => queue.close(),
  }
}

class ParseQueue {
  private readonly limits: Required<MailParserOptions>
  private readonly waiting: Job[] = []
  private readonly sent: Job[] = []
  private worker: Worker | null = null
  private deadline: NodeJS.Timeout | undefined
  private idle: NodeJS.Timeout | undefined
  private lastId = 0

  constructor(limits: Required<MailParserOptions>) {
    this.limits = limits
  }

  add(raw: Uint8Array, settle: Job['settle']): void {
    this.lastId += 1
    this.waiting.push({ id: this.lastId, raw, settle })
    this.pump()
  }

  async close(): Promise<void> {
    const left = [...this.sent.splice(0), ...this.waiting.splice(0)]
    await this.stop()
    for (const job of left) job.settle({ ok: false, failure: 'too_hard', reason: 'the parser was closed' })
  }

  private pump(): void {
    while (this.sent.length < AHEAD && this.waiting.length > 0) {
      this.worker ??= this.start()
      const job = this.waiting.shift() as Job
      this.sent.push(job)
      this.worker.postMessage({ id: job.id, raw: job.raw } satisfies ParseRequest)
    }
    this.arm()
  }

  /** The clock runs for the letter at the head only. */
  private arm(): void {
    clearTimeout(this.deadline)
    clearTimeout(this.idle)
    const head = this.sent[0]
    if (head !== undefined) {
      this.worker?.ref()
      this.deadline = setTimeout(() => setImmediate(() => this.expire(head.id)), this.limits.timeoutMs)
    } else if (this.worker !== null) {
      this.worker.unref()
      this.idle = setTimeout(() => void this.stop(), this.limits.idleMs).unref()
    }
  }

  /** Answers that lie ready when the clock fires are taken first: this thread may have been the late one. */
  private expire(id: number): void {
    if (this.sent[0]?.id === id) this.abandon('took too long')
  }

  private start(): Worker {
    const started = new Worker(new URL('./parse-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: this.limits.heapMb, stackSizeMb: 8 },
    })
    started.on('message', (reply: ParseReply) => {
      if (this.worker === started) this.finish(reply)
    })
    started.on('error', (error) => {
      if (this.worker === started) this.abandon(error instanceof Error ? error.message : 'the worker failed')
    })
    started.on('exit', () => {
      if (this.worker === started) this.abandon('the worker ended')
    })
    return started
  }

  private finish(reply: ParseReply): void {
    const job = this.sent[0]
    if (job === undefined || job.id !== reply.id) {
      this.abandon('answers out of order')
      return
    }
    this.sent.shift()
    job.settle(
      'mail' in reply ? { ok: true, mail: reply.mail } : { ok: false, failure: 'unreadable', reason: reply.reason },
    )
    this.pump()
  }

  private abandon(reason: string): void {
    void this.stop()
    this.sent.shift()?.settle({ ok: false, failure: 'too_hard', reason })
    this.waiting.unshift(...this.sent.splice(0))
    this.pump()
  }

  private async stop(): Promise<void> {
    const ending = this.worker
    this.worker = null
    clearTimeout(this.deadline)
    clearTimeout(this.idle)
    await ending?.terminate()
  }
}

/** Posting a view copies its whole buffer: a small letter inside a pool is cut out first. */
function alone(raw: Uint8Array): Uint8Array {
  return raw.byteLength === raw.buffer.byteLength ? raw : raw.slice()
}
