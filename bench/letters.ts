import type { Sql } from '@opora/platform/database'
import { sendAll } from '../test/drills/letter-senders.ts'

/** One connection sends letter after letter; the time runs from the first DATA until the last ticket is committed. */
export async function receiveStream(port: number, sql: Sql, count: number): Promise<{ perSecond: number }> {
  const run = Date.now()
  const letters = Array.from({ length: count }, (_, index) =>
    [
      `From: Person <stream${index % 200}@client7.test>`,
      'To: support@bench.test',
      `Subject: Stream ${run} ${index}`,
      `Message-ID: <stream-${run}-${index}@client7.test>`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      `Не открывается карточка сделки ${index}, ошибка 500 при сохранении.`,
    ].join('\r\n'),
  )
  const [before] = await sql<{ count: number }[]>`select count(*) as count from raw_message where state = 'done'`
  const from = performance.now()
  await sendAll(letters, [port], Date.now() + 120_000, 'support@bench.test')
  for (;;) {
    const [now] = await sql<{ count: number }[]>`select count(*) as count from raw_message where state = 'done'`
    if (now!.count - before!.count >= count) break
    const [stuck] = await sql<
      { count: number }[]
    >`select count(*) as count from raw_message where state not in ('new', 'done')`
    if (stuck!.count > 0) throw new Error('letters were set aside')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { perSecond: (count / (performance.now() - from)) * 1000 }
}
