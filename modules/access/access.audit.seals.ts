import { appendFile, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Instant, isoInstant } from '@opora/core'
import type { Database, Queryable } from '@opora/platform/database'

/** A seal as it was copied out of the database, a line of JSON each. */
export interface ExportedSeal {
  seq: number
  at: string
  heads: Record<string, [number, string]>
  hash: string
}

interface SealRow {
  seq: number
  at: Instant
  heads: ExportedSeal['heads']
  hash: string
}

const TAIL_BYTES = 1_000_000
const AT_ONCE = 1_000
// processes of one installation may share the file: one of them writes at a time
const WRITERS_LOCK = 0x73656178

/** Seals the ends of the audit's chains and copies every seal that the file does not have yet to its end; says how many it copied. */
export async function sealAudit(database: Database, file: string): Promise<number> {
  await database.begin({ as: 'worker' }, (tx) => tx`select seal_audit()`)
  return database.begin({ as: 'worker' }, async (tx) => {
    await tx`select pg_advisory_xact_lock(${WRITERS_LOCK})`
    const tail = await tailOf(file)
    const rows = await sealsAfter(tx, lastExported(tail))
    if (rows.length === 0) return 0
    await mkdir(dirname(file), { recursive: true })
    // what a killed process left half written gets its line to itself
    const broken = tail !== '' && !tail.endsWith('\n') ? '\n' : ''
    await appendFile(
      file,
      broken + rows.map((row) => `${JSON.stringify({ ...row, at: isoInstant(row.at) })}\n`).join(''),
      {
        mode: 0o600,
        flush: true,
      },
    )
    return rows.length
  })
}

export async function latestSeal(sql: Queryable): Promise<SealRow | null> {
  const [row] = await sql<SealRow[]>`
    select seq, at, heads, encode(hash, 'hex') as hash from audit_seal order by seq desc limit 1`
  return row ?? null
}

function sealsAfter(sql: Queryable, seq: number): Promise<SealRow[]> {
  return sql<SealRow[]>`
    select seq, at, heads, encode(hash, 'hex') as hash from audit_seal where seq > ${seq} order by seq limit ${AT_ONCE}`
}

/** The number of the file's last whole line; 0 without one. */
function lastExported(tail: string): number {
  const lines = tail.split('\n')
  for (const line of lines.toReversed()) {
    const seal = readSeal(line)
    if (seal) return seal.seq
  }
  return 0
}

async function tailOf(file: string): Promise<string> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (!handle) return ''
  try {
    const { size } = await handle.stat()
    const length = Math.min(size, TAIL_BYTES)
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.toString('utf8')
  } finally {
    await handle.close()
  }
}

/** The seal on a line of the file; null for what is none. */
export function readSeal(line: string): ExportedSeal | null {
  try {
    const { seq, at, heads, hash } = JSON.parse(line) as ExportedSeal
    return Number.isSafeInteger(seq) ? { seq, at, heads, hash: String(hash) } : null
  } catch {
    return null
  }
}
