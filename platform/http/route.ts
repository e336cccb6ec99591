import type { Locale } from '@opora/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { DatabaseScope, Queryable, Tx } from '../database/index.ts'
import type { Log } from '../log/index.ts'
import type { UploadedFile } from './upload.ts'

/** Who calls, as far as the transport must know; the access module's actor carries the rest. */
export interface Caller {
  /** Stable key of the person or token, under which idempotency keys are kept. */
  key: string
  locale: Locale
  scope: DatabaseScope
}

export interface RequestFacts {
  requestId: string
  ip: string
  userAgent: string
  locale: Locale
  log: Log
  /** The version that the caller has seen, from If-Match; null when not sent. */
  expectedVersion: number | null
}

export interface ReadContext<C, P, Q> extends RequestFacts {
  caller: C
  params: P
  query: Q
  /** Runs queries with the caller's eyes. */
  read<T>(body: (sql: Queryable) => Promise<T>): Promise<T>
  request: FastifyRequest
  reply: FastifyReply
}

export interface WriteContext<C, P, Q, B> extends ReadContext<C, P, Q> {
  body: B
  /** The file of a multipart form, read before the transaction began; null where the form holds none. */
  file: UploadedFile | null
  /** The one transaction of this request, with the caller's rights; it commits when the handler returns. */
  tx: Tx
}

interface Described {
  /** Path under /api/v1, with `:name` parameters. */
  path: string
  summary: string
  tag: string
  /** Who may call: 'public', 'signed-in', or an action of the access policy. A route without one does not compile and does not start. */
  policy: string
  /** Answers with something else than JSON: the handler writes to `reply` and returns `undefined`. */
  raw?: { contentType: string }
  /** A sentence for the API page about what is not obvious. */
  description?: string
}

export interface ReadRoute<C, P, Q, R> extends Described {
  method: 'GET'
  params?: z.ZodType<P>
  query?: z.ZodType<Q>
  replies?: z.ZodType<R>
  handle(context: ReadContext<C, P, Q>): Promise<R>
}

export interface WriteRoute<C, P, Q, B, R> extends Described {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  params?: z.ZodType<P>
  query?: z.ZodType<Q>
  body?: z.ZodType<B>
  replies?: z.ZodType<R>
  /** 201 for what creates something; 204 is taken when `replies` is absent. */
  status?: 200 | 201 | 202
  /** A change of something that two people may edit: If-Match is demanded (428 without it). */
  versioned?: boolean
  /**
   * A partner's call runs with a job's rights in the database, because a change moves clocks that rest on contracts which a partner's role
   * cannot see. The handler judges the row by the policy before it does anything.
   */
  partnerAsJob?: boolean
  /** Takes a multipart form with one file instead of JSON. */
  multipart?: boolean
  /** The body's bytes are kept beside what they mean, for a signature over them: `bytesOf(request)`. */
  keepsBytes?: boolean
  /**
   * The handler opens its own transactions and `tx` is absent: for acts whose refusal leaves a trace (a wrong password is counted), which
   * work outside the caller's rights (a contact's own session), or whose answer must not be kept (no Idempotency-Key here).
   */
  ownTransactions?: boolean
  handle(context: WriteContext<C, P, Q, B>): Promise<R>
}

/** A list of routes holds handlers of every shape; each was checked against its own contract where it was made. */
export type AnyRoute<C> = ReadRoute<C, unknown, unknown, unknown> | WriteRoute<C, unknown, unknown, unknown, unknown>

/** Builders that keep each route's own types; bind them once to the caller's type. */
export function routesFor<C extends Caller>() {
  return {
    read: <P, Q, R>(route: Omit<ReadRoute<C, P, Q, R>, 'method'>): AnyRoute<C> =>
      ({ ...route, method: 'GET' as const }) as ReadRoute<C, unknown, unknown, unknown>,
    write: <P, Q, B, R>(route: WriteRoute<C, P, Q, B, R>): AnyRoute<C> =>
      route as WriteRoute<C, unknown, unknown, unknown, unknown>,
  }
}
