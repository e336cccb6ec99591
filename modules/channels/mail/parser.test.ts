import { afterAll, describe, expect, test } from 'vitest'
import { createMailParser } from './parser.ts'

const parser = createMailParser({ timeoutMs: 2_500, heapMb: 128 })
afterAll(() => parser.close())

const letter = (subject: string) => Buffer.from(`From: a@b.ru\r\nSubject: ${subject}\r\n\r\nтекст`)
const subjectOf = async (raw: Buffer) => {
  const outcome = await parser.parse(raw)
  return outcome.ok ? outcome.mail.subject : outcome.failure
}

describe('letters are read in a thread of their own', () => {
  test('in order, and each gets its own answer', async () => {
    const subjects = Array.from({ length: 200 }, (_, i) => `n${i}`)
    expect(await Promise.all(subjects.map((subject) => subjectOf(letter(subject))))).toEqual(subjects)
  })

  test('headers keep being a map, attachments keep being bytes', async () => {
    const outcome = await parser.parse(
      Buffer.from(
        'From: a@b.ru\r\nX-A: 1\r\nContent-Type: application/x-y\r\nContent-Transfer-Encoding: base64\r\n\r\nAQID\r\n',
      ),
    )
    if (!outcome.ok) throw new Error(outcome.reason)
    expect(outcome.mail.headers.get('x-a')).toEqual(['1'])
    expect([...outcome.mail.attachments[0]!.content]).toEqual([1, 2, 3])
  })

  test('what cannot be read says why', async () => {
    const deep = Array.from(
      { length: 200 },
      (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`,
    )
    expect(await parser.parse(Buffer.from(deep.join('')))).toMatchObject({ ok: false, failure: 'unreadable' })
  })

  test('E15: a letter that eats all memory fails alone, and the next one is read', async () => {
    const eater = Buffer.from(`From: a@b.ru\r\n\r\n${'a\n'.repeat(14_000_000)}`)
    const [bad, good] = await Promise.all([parser.parse(eater), subjectOf(letter('next'))])
    expect(bad).toMatchObject({ ok: false, failure: 'too_hard' })
    expect(good).toBe('next')
  })

  test('P1: a letter that takes too long fails alone, and the next one is read', async () => {
    const slow = Buffer.from(
      `From: a@b.ru\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n${'--a\r\n\r\nx\r\n'.repeat(2_000_000)}`,
    )
    const start = performance.now()
    const [bad, good] = await Promise.all([parser.parse(slow), subjectOf(letter('next'))])
    expect(bad).toMatchObject({ ok: false, failure: 'too_hard' })
    expect(good).toBe('next')
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  test('after closing, letters in work are told so and a new letter starts a new thread', async () => {
    const own = createMailParser()
    const waiting = own.parse(letter('lost'))
    await own.close()
    expect(await waiting).toMatchObject({ ok: false, failure: 'too_hard' })
    expect((await own.parse(letter('again'))).ok).toBe(true)
    await own.close()
  })
})

describe('P1: hostile letters are read or refused in no time', () => {
  const head = 'From: a@b.ru\r\nSubject: x\r\n'
  test.each([
    ['a megabyte of From', `From: ${'a,'.repeat(500_000)}\r\n\r\nx`],
    ['a megabyte of comments in From', `From: ${'('.repeat(500_000)}\r\n\r\nx`],
    ['a megabyte of To', `${head}To: ${'<a@b.ru>,'.repeat(100_000)}\r\n\r\nx`],
    ['a megabyte of encoded words', `From: a@b.ru\r\nSubject: ${'=?utf-8?B?YQ==?= '.repeat(60_000)}\r\n\r\nx`],
    ['a megabyte of References', `${head}References: ${'<a@b> '.repeat(160_000)}\r\n\r\nx`],
    ['a megabyte of one header line', `${head}X-A: ${' '.repeat(900_000)}a\r\n\r\nx`],
    ['a megabyte of folded lines', `${head}X-A: ${'\r\n a'.repeat(250_000)}\r\n\r\nx`],
    ['many headers', `${head}${'X-A: 1\r\n'.repeat(100_000)}\r\nx`],
    [
      'a megabyte of Authentication-Results',
      `${head}Authentication-Results: mx${'; dmarc=pass'.repeat(80_000)}\r\n\r\nx`,
    ],
    ['a megabyte of HTML', `${head}Content-Type: text/html\r\n\r\n${'<a "'.repeat(250_000)}`],
    ['a megabyte of broken UTF-8', Buffer.concat([Buffer.from(`${head}\r\n`), Buffer.alloc(1_000_000, 0xff)])],
    [
      'a megabyte of broken header',
      Buffer.concat([Buffer.from(`${head}X-A: `), Buffer.alloc(900_000, 0xe0), Buffer.from('\r\n\r\nx')]),
    ],
    [
      'a report of a megabyte',
      `From: MAILER-DAEMON@x.ru\r\nSubject: Undelivered\r\n\r\n${'user unknown <a@b.ru> 550 5.1.1 '.repeat(30_000)}`,
    ],
    ['a report of spaces', `From: MAILER-DAEMON@x.ru\r\nSubject: Undelivered\r\n\r\nmailbox ${' '.repeat(1_000_000)}`],
    [
      'a name of a file',
      `${head}Content-Type: text/plain; name="${'a/'.repeat(400_000)}"\r\nContent-Disposition: attachment\r\n\r\nx`,
    ],
  ])('%s', async (_, text) => {
    const start = performance.now()
    await parser.parse(Buffer.from(text))
    expect(performance.now() - start).toBeLessThan(3_000)
  })
})
