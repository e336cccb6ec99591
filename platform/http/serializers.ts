import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'
import type { FastifySchemaCompiler } from 'fastify'

type Writer = (answer: unknown) => string
type Compiler = (route: Parameters<FastifySchemaCompiler<unknown>>[0] & { httpStatus?: string }) => Writer

/**
 * Writers of answers, made when an answer of the kind is written for the first time, and once for replies of one shape. Most of some
 * hundreds of routes are not called in the life of a process; making all their writers took most of the start.
 */
export function serializersOnDemand(): Compiler {
  const compile = SerializerSelector()({}, {})
  const made = new Map<string, Writer>()
  return ({ schema, method, url, httpStatus = '200' }) => {
    let own: Writer | undefined
    const make = (): Writer => {
      const shape = JSON.stringify(schema)
      const writer: Writer = made.get(shape) ?? compile({ schema, method, url, httpStatus })
      made.set(shape, writer)
      return writer
    }
    return (answer) => {
      own ??= make()
      return own(answer)
    }
  }
}
