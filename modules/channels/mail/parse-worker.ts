import { parentPort } from 'node:worker_threads'
import { parseMail } from './parse.ts'
import type { ParseReply, ParseRequest } from './parser.ts'

/** The thread in which hostile letters are read: it may run out of memory or time, the process does not. */
const port = parentPort
if (!port) throw new Error('parse-worker runs as a worker thread only')

let last = Promise.resolve()
port.on('message', (request: ParseRequest) => {
  last = last.then(() => answer(request))
})

async function answer({ id, raw }: ParseRequest): Promise<void> {
  let reply: ParseReply
  let transfer: ArrayBuffer[] = []
  try {
    const mail = await parseMail(raw)
    transfer = [...new Set(mail.attachments.map((part) => part.content.buffer as ArrayBuffer))]
    reply = { id, mail }
  } catch (error) {
    reply = { id, reason: error instanceof Error ? error.message.slice(0, 300) : 'unknown' }
  }
  port?.postMessage(reply, transfer)
}
