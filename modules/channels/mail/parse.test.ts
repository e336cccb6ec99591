import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseMail } from './parse.ts'

const parse = (text: string, encoding: BufferEncoding = 'utf8') => parseMail(Buffer.from(text, encoding))

/** Windows-1251 and KOI8-R for the Russian alphabet, which Node only decodes. */
function encode(text: string, charset: 'windows-1251' | 'koi8-r'): Buffer {
  const table = new Map<string, number>()
  for (let byte = 0x80; byte < 0x100; byte += 1) table.set(new TextDecoder(charset).decode(Uint8Array.of(byte)), byte)
  return Buffer.from([...text].map((char) => table.get(char) ?? char.charCodeAt(0)))
}

describe('Russian letters are read right', () => {
  const words = 'Добрый день! Не открывается портал, ошибка 500. С уважением, Анна'
  for (const charset of ['windows-1251', 'koi8-r'] as const) {
    test(`declared ${charset}, in the body and in encoded words`, async () => {
      const subject = `=?${charset}?B?${encode('Не открывается', charset).toString('base64')}?=`
      const head = Buffer.from(
        `From: a@b.ru\r\nSubject: ${subject}\r\nContent-Type: text/plain; charset=${charset}\r\n\r\n`,
      )
      const mail = await parseMail(Buffer.concat([head, encode(words, charset)]))
      expect([mail.subject, mail.text]).toEqual(['Не открывается', words])
    })

    test(`undeclared ${charset}, raw in subject, name, file name and body`, async () => {
      const letter = `From: "Анна Петрова" <a@b.ru>\r\nSubject: Не открывается портал\r\nContent-Type: multipart/mixed; boundary=xx\r\n\r\n--xx\r\nContent-Type: text/plain\r\n\r\n${words}\r\n--xx\r\nContent-Type: text/plain; name="Журнал ошибок.txt"\r\nContent-Disposition: attachment; filename="Журнал ошибок.txt"\r\n\r\nlog\r\n--xx--\r\n`
      const mail = await parseMail(encode(letter, charset))
      expect(mail.subject).toBe('Не открывается портал')
      expect(mail.from).toEqual({ name: 'Анна Петрова', address: 'a@b.ru' })
      expect(mail.text).toBe(words)
      expect(mail.attachments.map((part) => part.filename)).toEqual(['Журнал ошибок.txt'])
    })

    test(`${charset} behind base64 and quoted-printable without a charset`, async () => {
      const bytes = encode(words, charset)
      const quoted = [...bytes].map((byte) => `=${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('')
      const base64 = await parse(
        `From: a@b.ru\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64')}\r\n`,
      )
      const printable = await parse(
        `From: a@b.ru\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quoted}\r\n`,
      )
      expect([base64.text, printable.text]).toEqual([words, words])
    })

    test(`${charset} that calls itself utf-8 or iso-8859-1`, async () => {
      for (const label of ['utf-8', 'iso-8859-1', 'us-ascii']) {
        const head = Buffer.from(`From: a@b.ru\r\nContent-Type: text/html; charset="${label}"\r\n\r\n`)
        const mail = await parseMail(Buffer.concat([head, encode(`<p>${words}</p>`, charset)]))
        expect(mail.text).toBe(words)
      }
    })
  }

  test('raw UTF-8 headers and a word of unknown charset', async () => {
    const mail = await parse(
      `From: Анна <a@b.ru>\r\nSubject: =?unknown-8bit?B?${encode('Портал', 'windows-1251').toString('base64')}?= упал\r\n\r\nx`,
    )
    expect(mail.subject).toBe('Портал упал')
    expect(mail.fromText).toBe('Анна <a@b.ru>')
  })

  test('French letters stay French', async () => {
    const mail = await parse(
      'From: a@b.fr\r\nSubject: x\r\n\r\nVoil\xe0 le d\xe9tail de la r\xe9union, \xe0 bient\xf4t',
      'latin1',
    )
    expect(mail.text).toBe('Voilà le détail de la réunion, à bientôt')
  })
})

describe('what a letter is taken apart into', () => {
  test('E7: the author is From, never Reply-To', async () => {
    const mail = await parse('From: evil@x.ru\r\nReply-To: anna@client.ru\r\nSubject: x\r\n\r\nx')
    expect(mail.from).toEqual({ name: '', address: 'evil@x.ru' })
    expect(mail.replyTo).toEqual([{ name: '', address: 'anna@client.ru' }])
  })

  test('ids, addresses and where it was delivered', async () => {
    const mail = await parse(
      'Message-ID: <1@x>\r\nIn-Reply-To: <0@x>\r\nReferences: <a@x>\r\n <0@x>\r\nFrom: a@x.ru\r\nTo: B <b@y.ru>, g: c@z.ru;\r\nCc: "bad"@q.ru, d@w.ru\r\nDelivered-To: support+rpl_1@desk.ru\r\nDate: Mon, 12 Oct 2026 10:00:00 +0300 (MSK)\r\n\r\nx',
    )
    expect(mail).toMatchObject({
      messageId: '1@x',
      inReplyTo: ['0@x'],
      references: ['a@x', '0@x'],
      to: [
        { name: 'B', address: 'b@y.ru' },
        { name: '', address: 'c@z.ru' },
      ],
      cc: [{ name: '', address: 'd@w.ru' }],
      deliveredTo: ['support+rpl_1@desk.ru'],
      date: Date.UTC(2026, 9, 12, 7),
    })
  })

  test('an image of the HTML is inline, a file is not, and names have no folders', async () => {
    const mail = await parse(
      'From: a@x.ru\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<img src="cid:i1">\r\n--b\r\nContent-Type: image/png; name="..\\..\\a\u202egnp.exe"\r\nContent-ID: <i1>\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b\r\nContent-Type: application/pdf; name="../../etc/passwd"\r\n\r\nx\r\n--b--\r\n',
    )
    expect(
      mail.attachments.map(({ filename, mime, cid, inline, sizeBytes }) => ({
        filename,
        mime,
        cid,
        inline,
        sizeBytes,
      })),
    ).toEqual([
      { filename: 'agnp.exe', mime: 'image/png', cid: 'i1', inline: true, sizeBytes: 3 },
      { filename: 'passwd', mime: 'application/pdf', cid: null, inline: false, sizeBytes: 2 },
    ])
  })

  test('a letter within a letter is a file, not text', async () => {
    const mail = await parse(
      'From: a@x.ru\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nсм. письмо\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: b@y.ru\r\nSubject: in\r\n\r\ninner\r\n--b--\r\n',
    )
    expect(mail.text).toBe('см. письмо')
    expect(mail.attachments.map((part) => part.mime)).toEqual(['message/rfc822'])
    expect(mail.attachedLetter).toEqual({ from: { name: '', address: 'b@y.ru' }, subject: 'in', text: 'inner' })
  })

  test('where the plain part is empty, the words come from the HTML', async () => {
    const part = (type: string, text: string) => `--b\r\nContent-Type: text/${type}\r\n\r\n${text}\r\n`
    const mail = await parse(
      `From: a@x.ru\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n${part('plain', ' ')}${part('html', '<p>слова</p>')}--b--\r\n`,
    )
    expect(mail.text).toBe('слова')
  })

  test('a letter whose boundary never occurs is shown as it came', async () => {
    const mail = await parse(
      'From: a@x.ru\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--other\r\n\r\nслова\r\n',
    )
    expect(mail.text).toContain('слова')
  })

  test('the folded header map keeps every value, and its names cannot reach the prototype', async () => {
    const mail = await parse('From: a@x.ru\r\nX-A: 1\r\n 2\r\nx-a: 3\r\n__proto__: x\r\nconstructor: y\r\n\r\nx')
    expect(mail.headers.get('x-a')).toEqual(['1 2', '3'])
    expect(mail.headers.get('__proto__')).toEqual(['x'])
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })
})

describe('E15: poison letters give a letter', () => {
  test.each([
    ['an invalid charset in From', 'From: =?x-evil?Q?a?= <a@b.ru>\r\nSubject: x\r\n\r\nx'],
    ['NUL bytes', 'From: a\u0000b@c.ru\r\nSubject: x\u0000y\r\n\r\na\u0000b'],
    [
      'utf-32LE behind base64',
      'From: a@b.ru\r\nContent-Type: text/plain; charset=utf-32LE\r\nContent-Transfer-Encoding: base64\r\n\r\nQQAAAEIAAAA=\r\n',
    ],
    ['nothing at all', ''],
    ['only line ends', '\r\n\r\n\r\n'],
    ['no blank line', 'From: a@b.ru\r\nSubject: x'],
    ['a lone surrogate in an encoded word', 'From: a@b.ru\r\nSubject: =?utf-16le?B?ANg=?=\r\n\r\nx'],
    ['a date of nonsense', 'From: a@b.ru\r\nDate: tomorrow\r\n\r\nx'],
    ['broken base64', 'From: a@b.ru\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!====AA=A\r\n'],
  ])('%s', async (_, text) => {
    const mail = await parse(text)
    expect(JSON.stringify([...mail.headers, mail.text, mail.subject, mail.fromText])).not.toContain('\\u0000')
    expect(mail.text.isWellFormed()).toBe(true)
  })

  test('any bytes are read, or refused as an error', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'From: a@b.ru\r\n',
        'Content-Type: multipart/mixed; boundary=b\r\n',
        '\r\n',
        '--b\r\n',
        '--b--\r\n',
        'Content-Type: text/plain\r\n',
        'Content-Transfer-Encoding: base64\r\n',
        '\xff\xfe',
        '=?utf-8?B?',
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
        const mail = await parse(pieces.join(''), 'latin1')
        return mail.text.isWellFormed() && !mail.text.includes('\0')
      }),
      { numRuns: 400 },
    )
  })

  test('too deep a nesting is refused', async () => {
    const deep = Array.from(
      { length: 200 },
      (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`,
    ).join('')
    await expect(parse(`From: a@b.ru\r\n${deep}`)).rejects.toThrow(/nesting/)
  })
})
