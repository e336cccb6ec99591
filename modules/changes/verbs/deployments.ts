import { createHash, createHmac } from 'node:crypto'
import { type Actor, refuseAccess, systemActor, writeAudit } from '@opora/access'
import type { Queryable, Tx } from '@opora/platform/database'
import { enqueue } from '@opora/platform/jobs'
import { sameSecret } from '@opora/platform/secrets'
import type { ChangesPorts } from '../changes.ports.ts'
import { changeRefusals } from '../changes.refusals.ts'
import { deploymentsStore, type SourceRecord } from '../deployments.store.ts'
import { type ReportedDeployment, readDeployment } from '../domain/deployment.ts'
import { lockChange, noteChange } from './load-change.ts'

export const READ_CALL_TASK = 'changes.readDeployment'
const DELIVERY_CHARS = 200

/** The key that a pipeline signs with; a renewed one makes the former worthless. */
function keyOf(ports: Pick<ChangesPorts, 'deriveKey'>, source: Pick<SourceRecord, 'id' | 'keyVersion'>): string {
  return `whk_${ports.deriveKey(`deployments:${source.id}:${source.keyVersion}`).toString('base64url')}`
}

export async function currentKey(ports: ChangesPorts, sql: Queryable, id: number): Promise<string> {
  const source = await deploymentsStore.source(sql, id)
  if (!source) throw refuseAccess('access.not_found')
  return keyOf(ports, source)
}

export interface HookCall {
  sourceId: number
  /** `sha256=<hex>`: HMAC-SHA-256 of the body's bytes with the key. */
  signature: string | null
  /** The sender's name of this delivery; the body's own hash where it names none. */
  delivery: string | null
  body: Buffer
}

/** Keeps a signed call as it came; reading it is a job of the same transaction. The same delivery is kept once. */
export async function receiveCall(ports: ChangesPorts, tx: Tx, call: HookCall): Promise<void> {
  const source = await deploymentsStore.source(tx, call.sourceId)
  // whether such a pipeline exists is nobody's business who cannot sign for it
  const key = keyOf(ports, source ?? { id: 0, keyVersion: 0 })
  const expected = Buffer.from(`sha256=${hmacOf(key, call.body)}`)
  const fits = sameSecret(Buffer.from(call.signature ?? ''), expected)
  if (!source || !fits) throw changeRefusals.refuse('change.hook_refused')
  const hash = createHash('sha256').update(call.body).digest('hex')
  // the name of a delivery is not signed: a body that says when it was is known by itself, so that a replay gains nothing by another name
  const isDated = (parsed(call.body)?.at ?? null) !== null
  const delivery = isDated || !call.delivery ? hash : call.delivery.slice(0, DELIVERY_CHARS)
  const id = await deploymentsStore.keepCall(tx, { sourceId: source.id, delivery, body: call.body })
  if (id !== null) await enqueue(tx, READ_CALL_TASK, { callId: id })
}

function hmacOf(key: string, body: Buffer): string {
  return createHmac('sha256', key).update(body).digest('hex')
}

/** Reads a kept call, once: links the deployment with the changes that it names, and tells the process of one that succeeded. */
export async function readCall(ports: ChangesPorts, tx: Tx, callId: number): Promise<void> {
  const call = await deploymentsStore.lockCall(tx, callId)
  if (call?.state !== 'new') return
  const report = parsed(call.body)
  if (report === null) return await deploymentsStore.markCall(tx, callId, 'unread', 'no_deployment')
  const changes = await deploymentsStore.changesOf(tx, report.ticketNumbers, call.clientId)
  if (changes.length === 0) return await deploymentsStore.markCall(tx, callId, 'unread', 'no_change')
  for (const { changeId, clientId, ticketId } of changes) {
    const actor = systemActor(call.sourceName)
    const { change } = await lockChange(ports, tx, actor, { id: changeId }, 'change.read')
    const { environment, release, status, url } = report
    await deploymentsStore.insertDeployment(tx, {
      clientId,
      changeId,
      ticketId,
      callId,
      sourceName: call.sourceName,
      environment,
      release,
      status,
      url,
      at: report.at ?? call.receivedAt,
    })
    await noteChange(tx, actor, change, 'change.deployed', { status, release, environment })
    await ports.tickets.recordFacts(tx, actor, ticketId, [
      { type: 'deployed', data: { status, release, environment, source: call.sourceName } },
    ])
    if (status === 'succeeded') await ports.tickets.tellProcess(tx, actor, ticketId, 'deployment.done')
  }
  await deploymentsStore.markCall(tx, callId, 'read', null)
}

function parsed(body: Uint8Array): ReportedDeployment | null {
  try {
    return readDeployment(JSON.parse(Buffer.from(body).toString('utf8')))
  } catch {
    return null
  }
}

export async function addSource(
  tx: Tx,
  actor: Actor,
  wish: { name: string; clientId: number | null },
): Promise<number> {
  const id = await deploymentsStore.insertSource(tx, wish)
  await auditSource(tx, actor, 'pipeline.added', id, wish.name)
  return id
}

export async function renewKey(tx: Tx, actor: Actor, id: number): Promise<void> {
  await knownSource(tx, id)
  await deploymentsStore.renewKey(tx, id)
  await auditSource(tx, actor, 'pipeline.key_renewed', id, '')
}

export async function retireSource(tx: Tx, actor: Actor, id: number): Promise<void> {
  await knownSource(tx, id)
  await deploymentsStore.retireSource(tx, id)
  await auditSource(tx, actor, 'pipeline.retired', id, '')
}

async function knownSource(tx: Tx, id: number): Promise<void> {
  if (!(await deploymentsStore.source(tx, id))) throw refuseAccess('access.not_found')
}

async function auditSource(tx: Tx, actor: Actor, action: string, id: number, name: string): Promise<void> {
  await writeAudit(tx, actor, { action, objectType: 'deployment_source', objectId: id, detail: { name } })
}
