import { pino } from 'pino'

export type Log = Pick<ReturnType<typeof pino>, 'debug' | 'info' | 'warn' | 'error' | 'fatal'> & {
  child(fields: object): Log
}

const HIDDEN = ['password', 'token', 'secret', 'code', 'totp', 'authorization', 'cookie', 'raw', 'pass', 'accessToken']

/** Structured lines of JSON with every field that could hold a secret blanked, at any depth of two. */
export function createLog(options: { level: string; stream?: { write(line: string): void } }): Log {
  const paths = HIDDEN.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
  const settings = {
    level: options.level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths, censor: '***' },
  }
  return (options.stream ? pino(settings, options.stream) : pino(settings)) as unknown as Log
}

export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  fatal() {},
  child: () => silentLog,
}
