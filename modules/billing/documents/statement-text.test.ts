import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { readBankStatement } from '../domain/documents/bank-statement.ts'
import { decodeStatement } from './statement-text.ts'

const TEXT = [
  '1CClientBankExchange',
  'ВерсияФормата=1.03',
  'СекцияДокумент=Платежное поручение',
  'Номер=1',
  'Дата=03.06.2026',
  'Сумма=10.00',
  'Плательщик1=ООО «Ёлка №1»',
  'КонецДокумента',
  'КонецФайла',
].join('\r\n')

test.each(['win1251', 'cp866', 'utf8'])('a file in %s is read as it is, whatever it says of itself', (encoding) => {
  for (const said of ['', 'Кодировка=Windows\r\n', 'Кодировка=DOS\r\n']) {
    const text = TEXT.replace('СекцияДокумент', `${said}СекцияДокумент`).replace(/[«»]/g, '"')
    expect(decodeStatement(iconv.encode(text, encoding))).toBe(text)
  }
  expect(readBankStatement(decodeStatement(Buffer.from(`\uFEFF${TEXT}`)))).toMatchObject({
    statement: { payments: [{ payer: { name: 'ООО «Ёлка №1»' }, amountKopecks: 1_000 }] },
  })
})

test('a file that is cut or damaged at any byte is refused or read, and never makes the reader fall', () => {
  const whole = iconv.encode(TEXT, 'cp866')
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(255), (at, byte) => {
      const cut = readBankStatement(decodeStatement(whole.subarray(0, at)))
      if (at < whole.length) expect(cut).toHaveProperty('faults')
      const spoilt = Buffer.from(whole)
      spoilt[at % whole.length] = byte
      const read = readBankStatement(decodeStatement(spoilt))
      expect('faults' in read || read.statement.payments.length <= 1).toBe(true)
    }),
    { numRuns: 200 },
  )
})
