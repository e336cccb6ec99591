import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBankStatement } from './bank-statement.ts'
import { invoiceNumbersIn, matchPayment, type OpenInvoice } from './match-payment.ts'

const STATEMENT = `1CClientBankExchange
ВерсияФормата=1.03
Кодировка=Windows
Отправитель=Бухгалтерия предприятия
ДатаНачала=01.06.2026
ДатаКонца=30.06.2026
РасчСчет=40702810200000000001
СекцияРасчСчет
ДатаНачала=01.06.2026
НачальныйОстаток=0.00
РасчСчет=40702810200000000001
КонецРасчСчет
СекцияДокумент=Платежное поручение
Номер=117
Дата=03.06.2026
Сумма=108580.50
ПлательщикСчет=40702810900000000002
Плательщик=ИНН 7707083893 ООО "Ромашка"
ПлательщикИНН=7707083893
ПлательщикКПП=773601001
ПлательщикБИК=044525225
ПолучательСчет=40702810200000000001
ПолучательИНН=9999000013
Получатель1=ООО "Деск"
ДатаПоступило=04.06.2026
НазначениеПлатежа=Оплата по счету № ДС-000045 от 01.06.2026. В т.ч. НДС = 22%
КонецДокумента
КонецФайла
`

const faultsOf = (text: string) => {
  const result = readBankStatement(text)
  return 'faults' in result ? result.faults.map(({ code, line }) => `${code}:${line}`) : []
}

describe('a bank statement', () => {
  it('is read with its parties, sums and dates', () => {
    const result = readBankStatement(STATEMENT)
    expect(result).toEqual({
      statement: {
        version: '1.03',
        from: '2026-06-01',
        to: '2026-06-30',
        accounts: ['40702810200000000001'],
        payments: [
          {
            line: 13,
            kind: 'Платежное поручение',
            number: '117',
            date: '2026-06-03',
            amountKopecks: 10_858_050,
            payer: {
              name: 'ООО "Ромашка"',
              inn: '7707083893',
              kpp: '773601001',
              account: '40702810900000000002',
              bik: '044525225',
            },
            receiver: { name: 'ООО "Деск"', inn: '9999000013', kpp: '', account: '40702810200000000001', bik: '' },
            purpose: 'Оплата по счету № ДС-000045 от 01.06.2026. В т.ч. НДС = 22%',
            receivedOn: '2026-06-04',
            writtenOffOn: null,
          },
        ],
      },
    })
  })
  it('reads sums with a comma, one digit or none of kopecks', () => {
    for (const [text, sum] of [
      ['12', 1200],
      ['12,5', 1250],
      ['12.05', 1205],
    ] as const) {
      const result = readBankStatement(STATEMENT.replace('108580.50', text))
      expect('statement' in result && result.statement.payments[0]?.amountKopecks).toBe(sum)
    }
  })
  it('is refused whole when anything in it is wrong, with the line', () => {
    expect(faultsOf('hello')).toEqual(['not_a_statement:1'])
    expect(faultsOf(STATEMENT.replace('КонецФайла\n', ''))).toEqual(['cut_off:28'])
    expect(faultsOf(STATEMENT.replace('108580.50', '-5'))).toEqual(['bad_sum:13'])
    expect(faultsOf(STATEMENT.replace('03.06.2026', '31.06.2026'))).toEqual(['bad_date:13'])
    expect(faultsOf(STATEMENT.replace('Дата=03.06.2026\n', ''))).toEqual(['bad_date:13'])
    expect(faultsOf(STATEMENT.replace('КонецДокумента\n', ''))).toEqual(['unclosed_section:13'])
  })
  it('never falls over, whatever the file holds', () => {
    const words = fc.constantFrom(
      'СекцияДокумент=x',
      'КонецДокумента',
      'КонецФайла',
      'Сумма=1',
      'Дата=01.01.2026',
      'СекцияРасчСчет',
      '=',
      'КонецРасчСчет',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 30 }), (lines) => {
        const result = readBankStatement(`1CClientBankExchange\n${lines.join('\n')}`)
        expect(
          'faults' in result ? result.faults.length > 0 : result.statement.payments.every((one) => one.date !== ''),
        ).toBe(true)
      }),
    )
  })
})

describe('whose payment it is', () => {
  const invoice = (id: number, number: string, openKopecks: number, payerInn = '7707083893'): OpenInvoice => ({
    id,
    number,
    year: 2026,
    payerInn,
    openKopecks,
  })
  const payment = (purpose: string, amountKopecks: number, inn = '7707083893') => ({
    purpose,
    amountKopecks,
    payer: { name: '', inn, kpp: '', account: '', bik: '' },
  })

  it.each([
    ['Оплата по счету № 45 от 21.11.2026', ['45']],
    ['оплата по счёту ДС-000045', ['ДС-45']],
    ['Счет на оплату N7/2, счет №8', ['7/2', '8']],
    ['За услуги по договору 12', []],
  ])('reads the numbers of “%s”', (purpose, numbers) => {
    expect(invoiceNumbersIn(purpose)).toEqual(numbers)
  })
  it('goes by number and payer first, in part or with a rest', () => {
    const open = [invoice(1, 'ДС-000045', 1_000), invoice(2, 'ДС-000046', 1_000)]
    expect(matchPayment(payment('по счету ДС-45', 400), open)).toMatchObject({
      reason: 'number_and_payer',
      parts: [{ invoiceId: 1, kopecks: 400 }],
      restKopecks: 0,
    })
    expect(matchPayment(payment('по счету ДС-45', 1_500), open)).toMatchObject({
      parts: [{ invoiceId: 1, kopecks: 1_000 }],
      restKopecks: 500,
    })
    expect(matchPayment(payment('счет ДС-45, счет ДС-46', 2_000), open).parts).toHaveLength(2)
  })
  it('goes by the sum and the payer when just one fits', () => {
    expect(matchPayment(payment('за услуги', 700), [invoice(1, '1', 700), invoice(2, '2', 900)])).toMatchObject({
      reason: 'sum_and_payer',
    })
    expect(matchPayment(payment('за услуги', 700), [invoice(1, '1', 700), invoice(2, '2', 700)])).toMatchObject({
      reason: null,
      candidates: [1, 2],
    })
  })
  it('pays several invoices by one order, and takes a bare number for an invoice’s only after a plural', () => {
    expect(
      [
        'по счетам № 45, 46 от 01.02.2026, в т.ч. НДС 22% - 2000.00',
        'по счету № ДС-000045 от 01.02.2026 и № ДС-000046 от 03.02.2026',
        'Оплата счетов №№ 45, 46',
        'Оплата по счетам ДС-45 и ДС-46',
        'счет 45, 2 этап',
        'оплата счета 45, договор 12 от 01.02.2026',
        'по сч. 12/1',
      ].map(invoiceNumbersIn),
    ).toEqual([['45', '46'], ['ДС-45', 'ДС-46'], ['45', '46'], ['ДС-45', 'ДС-46'], ['45'], ['45'], ['12/1']])
  })
  it('never goes by the number of somebody else’s invoice, nor by the sum when another number is named', () => {
    expect(matchPayment(payment('по счету 45', 700, '1'), [invoice(1, '45', 700)])).toMatchObject({
      reason: null,
      candidates: [],
    })
    expect(matchPayment(payment('по счету 45', 700, ''), [invoice(1, '45', 700, '')])).toMatchObject({ reason: null })
    expect(matchPayment(payment('по счету 46', 700), [invoice(1, '45', 700)])).toMatchObject({
      reason: null,
      candidates: [1],
    })
  })
  it('never gives an invoice more than is open, nor more than was paid', () => {
    const invoices = fc.array(fc.record({ number: fc.nat(30), open: fc.integer({ min: 1, max: 1e6 }) }), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(invoices, fc.integer({ min: 1, max: 1e7 }), fc.nat(30), (given, amount, named) => {
        const open = given.map((one, id) => invoice(id, String(one.number), one.open))
        const { parts, restKopecks } = matchPayment(payment(`счет ${named}`, amount), open)
        expect(parts.reduce((sum, part) => sum + part.kopecks, restKopecks)).toBe(amount)
        for (const part of parts) expect(part.kopecks).toBeLessThanOrEqual(open[part.invoiceId]!.openKopecks)
      }),
    )
  })
})
