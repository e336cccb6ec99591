import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { refuseHttp } from './refusals.ts'

const kept = new WeakMap<FastifyRequest, Buffer>()
// As much as the server takes of any body.
const BYTES_MAX = 1_048_576

/** The bytes of a body as they came; empty for a route that does not keep them. */
export function bytesOf(request: FastifyRequest): Buffer {
  return kept.get(request) ?? Buffer.alloc(0)
}

/** Reads the body whole, keeps it, and hands the parser a stream of the same bytes. */
export async function keepBytes(request: FastifyRequest, _reply: unknown, payload: AsyncIterable<Buffer>) {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of payload) {
    size += part.length
    if (size > BYTES_MAX) throw refuseHttp('http.too_large')
    parts.push(part)
  }
  const body = Buffer.concat(parts)
  kept.set(request, body)
  return Object.assign(Readable.from([body]), { receivedEncodedLength: size })
}
