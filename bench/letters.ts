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
  const [newest] = await sql<{ id: number }[]>`select coalesce(max(id), 0) as id from raw_message`
  const from = performance.now()
  await sendAll(letters, [port], Date.now() + 120_000, 'support@bench.test')
  for (;;) {
    // of this stream's letters alone: counting all that were ever received takes a core from what is measured
    const [now] = await sql<{ done: number; aside: number }[]>`
      select count(*) filter (where state = 'done') as done, count(*) filter (where state not in ('new', 'done')) as aside
      from raw_message where id > ${newest!.id}`
    if (now!.aside > 0) throw new Error('letters were set aside')
    if (now!.done >= count) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { perSecond: (count / (performance.now() - from)) * 1000 }
}
