import { createHash } from 'node:crypto'
import type { FetchMessageObject, ImapFlow, SearchObject } from 'imapflow'
import type { FetchedLetter, ImapAccount, ImapStore } from './imap-account.ts'
import { StorageFault } from './imap-account.ts'

/** Marks letters that were taken, so that whoever opens one in a mail program hides nothing from us. */
const TAKEN = '$OporaTaken'
const BATCH_LETTERS = 25
const BATCH_BYTES = 16 * 1024 * 1024

export interface ImapRound {
  client: ImapFlow
  account: ImapAccount
  store: ImapStore
  maxLetterBytes: number
  /** UIDs taken on this server and UIDVALIDITY, kept between rounds for servers without keywords. */
  known: KnownUids
  stopped(): boolean
}

export interface KnownUids {
  uidValidity: string
  uids: Set<number>
}

interface Listed {
  uid: number
  size: number
}

/**
 * Takes everything new from the open folder: the letter is committed first and marked or moved afterwards.
 * Gives the number of letters saved. Letters go in the order of their UIDs.
 */
export async function takeNewLetters(round: ImapRound): Promise<number> {
  const box = round.client.mailbox
  if (!box) return 0
  const uidValidity = box.uidValidity.toString()
  if (round.known.uidValidity !== uidValidity) {
    round.known.uidValidity = uidValidity
    round.known.uids.clear()
  }
  const keywords = box.permanentFlags?.has('\\*') || box.permanentFlags?.has(TAKEN) || false
  let saved = 0
  for (const batch of batches(await listNew(round, keywords))) {
    if (round.stopped()) break
    saved += await takeBatch(round, uidValidity, batch, keywords)
  }
  return saved
}

async function listNew(round: ImapRound, keywords: boolean): Promise<Listed[]> {
  const query: SearchObject = keywords ? { unKeyword: TAKEN } : { all: true }
  if (round.account.since) query.since = new Date(round.account.since)
  const uids = (await round.client.search({ ...query, deleted: false }, { uid: true })) || []
  const fresh = uids.filter((uid) => !round.known.uids.has(uid)).sort((a, b) => a - b)
  const listed: Listed[] = []
  for (let start = 0; start < fresh.length; start += 500) {
    const range = fresh.slice(start, start + 500).join(',')
    const rows = await round.client.fetchAll(range, { uid: true, size: true }, { uid: true })
    listed.push(...rows.map((row) => ({ uid: row.uid, size: row.size ?? 0 })))
  }
  return listed.sort((a, b) => a.uid - b.uid)
}

function* batches(listed: readonly Listed[]): Generator<Listed[]> {
  let batch: Listed[] = []
  let bytes = 0
  for (const item of listed) {
    if (batch.length > 0 && (batch.length >= BATCH_LETTERS || bytes + item.size > BATCH_BYTES)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(item)
    bytes += item.size
  }
  if (batch.length > 0) yield batch
}

async function takeBatch(
  round: ImapRound,
  uidValidity: string,
  batch: readonly Listed[],
  keywords: boolean,
): Promise<number> {
  const wanted: Listed[] = []
  for (const item of batch) {
    if (!(await guarded(round.store.has(uidValidity, item.uid)))) wanted.push(item)
  }
  let saved = 0
  for (const row of await fetchLetters(round, wanted)) {
    const letter = letterOf(round, uidValidity, row)
    if (letter === null) continue
    await guarded(round.store.save(letter))
    saved += 1
  }
  await markTaken(
    round,
    batch.map((item) => item.uid),
    keywords,
  )
  for (const item of batch) round.known.uids.add(item.uid)
  return saved
}

async function fetchLetters(round: ImapRound, wanted: readonly Listed[]): Promise<FetchMessageObject[]> {
  if (wanted.length === 0) return []
  const source = wanted.some((item) => item.size > round.maxLetterBytes) ? { maxLength: round.maxLetterBytes } : true
  const range = wanted.map((item) => item.uid).join(',')
  const rows = await round.client.fetchAll(range, { uid: true, size: true, source, internalDate: true }, { uid: true })
  return rows.sort((a, b) => a.uid - b.uid)
}

function letterOf(round: ImapRound, uidValidity: string, row: FetchMessageObject): FetchedLetter | null {
  if (!row.source) return null
  const at = row.internalDate ? new Date(row.internalDate).getTime() : Number.NaN
  return {
    accountId: round.account.id,
    folder: round.account.folder ?? 'INBOX',
    uidValidity,
    uid: row.uid,
    raw: row.source,
    whole: (row.size ?? 0) <= round.maxLetterBytes,
    sha256: createHash('sha256').update(row.source).digest('hex'),
    receivedAt: Number.isFinite(at) ? at : null,
  }
}

/** A failure here is no loss: the next round finds the letters again and `has` says that they are stored. */
async function markTaken(round: ImapRound, uids: readonly number[], keywords: boolean): Promise<void> {
  const range = uids.join(',')
  const after = round.account.after ?? { do: 'mark' }
  if (after.do === 'delete') {
    await round.client.messageDelete(range, { uid: true })
    return
  }
  await round.client.messageFlagsAdd(range, keywords ? ['\\Seen', TAKEN] : ['\\Seen'], { uid: true })
  if (after.do === 'move') {
    await round.client.mailboxCreate(after.to).catch(() => undefined)
    await round.client.messageMove(range, after.to, { uid: true })
  }
}

async function guarded<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (error) {
    throw new StorageFault(error)
  }
}
