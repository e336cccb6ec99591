import { afterEach, describe, expect, test } from 'vitest'
import { LETTER, smtpBench } from '../testkit/smtp-bench.ts'
import { beginLetter, rawSmtp, sendLetter } from '../testkit/smtp-client.ts'
import { until } from '../testkit/until.ts'

const bench = smtpBench()
afterEach(() => bench.stop())

describe('limits', () => {
  test('the size is announced, refused beforehand and refused afterwards', async () => {
    const { port, taken } = await bench.start({ limits: { messageBytes: 10_000 } })
    const smtp = await rawSmtp(port)
    expect(await smtp.say('EHLO client.test')).toContain('SIZE 10000')
    expect(await smtp.say('MAIL FROM:<a@b.test> SIZE=20000')).toMatch(/^552/)
    expect(await sendLetter(smtp, `Subject: x\r\n\r\n${'a'.repeat(80)}\r\n${'b'.repeat(11_000)}`)).toMatch(/^552/)
    expect(await sendLetter(smtp, LETTER)).toMatch(/^250/)
    expect(taken).toHaveLength(1)
    smtp.close()
  })

  test('letters that together exceed the memory set apart are asked to come later', async () => {
    const { port, taken } = await bench.start({ limits: { bufferedBytes: 5_000 } })
    const smtp = await rawSmtp(port)
    expect(await sendLetter(smtp, `Subject: x\r\n\r\n${'a\r\n'.repeat(4_000)}`)).toMatch(/^452 4\.3\.1/)
    expect(await sendLetter(smtp, LETTER)).toMatch(/^250/)
    expect(taken).toHaveLength(1)
    smtp.close()
  })

  test('recipients of one letter and connections of one address are counted', async () => {
    const { port } = await bench.start({ limits: { recipients: 2, clientsPerAddress: 2 } })
    const [first, second] = [await rawSmtp(port), await rawSmtp(port)]
    expect((await rawSmtp(port)).greeting).toMatch(/^421/)
    await beginLetter(first, 'a@desk.test')
    expect(await first.say('RCPT TO:<b@desk.test>')).toMatch(/^250/)
    expect(await first.say('RCPT TO:<c@desk.test>')).toMatch(/^452/)
    first.close()
    second.close()
    await until(async () => {
      const next = await rawSmtp(port)
      next.close()
      return next.greeting.startsWith('220')
    })
  })

  test('D5: silence and dripping both end, and a letter cut in the middle is never stored', async () => {
    const { port, taken } = await bench.start({ limits: { idleMs: 200, sessionMs: 600 } })
    const silent = await rawSmtp(port)
    const dripping = await rawSmtp(port)
    await beginLetter(dripping)
    await dripping.say('DATA')
    const drip = setInterval(() => dripping.send('a'), 50)
    expect(await silent.answer()).toMatch(/^421/)
    expect(await dripping.answer()).toBe('closed')
    clearInterval(drip)
    const cut = await rawSmtp(port)
    await beginLetter(cut)
    await cut.say('DATA')
    cut.send('Subject: half')
    cut.close()
    await until(() => bench.inFlight() === 0)
    expect(taken).toEqual([])
  })
})
