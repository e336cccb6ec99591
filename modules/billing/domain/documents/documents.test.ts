import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountInWords } from './amount-in-words.ts'
import { type LineSource, taxDocument } from './document-lines.ts'
import { type PaymentOrder, paymentCharset, paymentString, paymentStringFaults } from './payment-string.ts'
import { taxed, vatRateName, vatRateOn } from './vat.ts'

const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, 'testdata', name), 'utf8'))
const line = (amountKopecks: number): LineSource => ({
  title: 'Услуги',
  unit: 'service',
  quantityMilli: 1_000,
  priceKopecks: amountKopecks,
  amountKopecks,
  sources: [],
})

describe('a sum in words', () => {
  it.each(read('amount-words-vectors.json') as { kopecks: number; text: string }[])(
    '$kopecks is “$text”',
    ({ kopecks, text }) => {
      expect(amountInWords(kopecks)).toBe(text)
    },
  )
  it('has no negative and no broken sums', () => {
    expect(() => amountInWords(-1)).toThrow(RangeError)
    expect(() => amountInWords(0.5)).toThrow(RangeError)
  })
  it('is different for different sums', () => {
    fc.assert(
      fc.property(fc.nat(1e12), fc.nat(1e12), (a, b) => {
        expect(amountInWords(a) === amountInWords(b)).toBe(a === b)
      }),
    )
  })
})

describe('VAT', () => {
  interface Vector {
    mode: 'on_top' | 'included'
    rate: number
    net_kopecks: number
    vat_kopecks: number
    gross_kopecks: number
  }
  it.each(read('vat-vectors.json').vectors as Vector[])(
    '$mode $rate % of $net_kopecks / $gross_kopecks is $vat_kopecks',
    (v) => {
      expect(taxed(v.mode === 'on_top' ? v.net_kopecks : v.gross_kopecks, v.rate, v.mode)).toEqual({
        netKopecks: v.net_kopecks,
        vatKopecks: v.vat_kopecks,
        grossKopecks: v.gross_kopecks,
      })
    },
  )
  it('takes the rate of the day of service: 20 % to the end of 2025, 22 % from 2026, 5 and 7 % kept', () => {
    const general = [{ from: '2020-01-01', mode: 'general' as const }]
    expect(vatRateOn(general, '2025-12-31')).toBe(20)
    expect(vatRateOn(general, '2026-01-01')).toBe(22)
    const moving = [
      { from: '2026-03-01', mode: 'usn5' as const },
      { from: '2025-01-01', mode: 'no_vat' as const },
      { from: '2026-07-01', mode: 'usn7' as const },
    ]
    expect(
      ['2024-12-31', '2026-02-28', '2026-03-01', '2026-06-30', '2026-07-01'].map((day) => vatRateOn(moving, day)),
    ).toEqual([null, null, 5, 5, 7])
  })
  it('names the rate, and the computed one for an advance', () => {
    expect([vatRateName(22), vatRateName(null)]).toEqual(['22%', 'Без НДС'])
    for (const [rate, name] of Object.entries(read('vat-vectors.json').calculated_rates as Record<string, string>))
      expect(vatRateName(Number(rate), true)).toBe(name.split(' ')[0])
  })
  it('adds up by lines or by the total, as the setting says', () => {
    const { lines_net_kopecks, rate, sum_of_lines, vat_of_total } = read('vat-vectors.json').sum_trap
    const sources = (lines_net_kopecks as number[]).map(line)
    const given = { rate, place: 'on_top' as const }
    expect(taxDocument(sources, { ...given, vatOfTotal: 'by_lines' }).totals.vatKopecks).toBe(sum_of_lines)
    expect(taxDocument(sources, { ...given, vatOfTotal: 'by_total' }).totals.vatKopecks).toBe(vat_of_total)
  })
  it('never loses a kopeck: lines add up to the total, net and tax to gross', () => {
    const amounts = fc.array(fc.oneof(fc.nat(1e9), fc.nat(6)), { minLength: 1, maxLength: 40 })
    const given = fc.record({
      rate: fc.constantFrom(null, 5, 7, 10, 20, 22),
      place: fc.constantFrom('included' as const, 'on_top' as const),
      vatOfTotal: fc.constantFrom('by_lines' as const, 'by_total' as const),
    })
    fc.assert(
      fc.property(amounts, given, (sums, how) => {
        const { lines, totals } = taxDocument(sums.map(line), how)
        for (const one of [...lines, totals]) {
          expect(one.netKopecks + one.vatKopecks).toBe(one.grossKopecks)
          expect(Math.min(one.netKopecks, one.vatKopecks, one.grossKopecks)).toBeGreaterThanOrEqual(0)
        }
        const whole = sums.reduce((a, b) => a + b, 0)
        expect(how.place === 'included' ? totals.grossKopecks : totals.netKopecks).toBe(whole)
        expect(lines.reduce((sum, one) => sum + one.grossKopecks, 0)).toBe(totals.grossKopecks)
        if (how.vatOfTotal === 'by_total') expect(totals.vatKopecks).toBe(taxed(whole, how.rate, how.place).vatKopecks)
      }),
    )
  })
})

describe('a payment’s QR string', () => {
  const order: PaymentOrder = {
    name: 'ООО "Деск"',
    account: '40702810200000000001',
    bank: 'ПАО СБЕРБАНК',
    bik: '044525225',
    corrAccount: '30101810400000000225',
    inn: '9999000013',
    kpp: '770701001',
    sumKopecks: 12_200_000,
    purpose: 'Оплата по счету № 45 от 21.11.2026. В т.ч. НДС 22% - 22000.00',
  }
  it('is the standard’s', () => {
    expect(paymentString(order)).toBe(
      'ST00012|Name=ООО "Деск"|PersonalAcc=40702810200000000001|BankName=ПАО СБЕРБАНК|BIC=044525225|CorrespAcc=30101810400000000225|PayeeINN=9999000013|KPP=770701001|Sum=12200000|Purpose=Оплата по счету № 45 от 21.11.2026. В т.ч. НДС 22% - 22000.00',
    )
  })
  it('is separated by what no value holds', () => {
    expect(paymentString({ ...order, purpose: 'Счёт 1|2' })).toMatch(/^ST00012~Name=/)
  })
  it('names what does not fit', () => {
    const faults = (changes: Partial<PaymentOrder>) =>
      paymentStringFaults({ ...order, ...changes }).map(({ field }) => field)
    expect(faults({ account: '123' })).toEqual(['account'])
    expect(faults({ bank: 'б'.repeat(46) })).toEqual(['bank'])
    expect(faults({ sumKopecks: 0 })).toEqual(['sumKopecks'])
    expect(faults({ name: `${'ж'.repeat(159)}漢` })).toEqual(['name'])
    expect(() => paymentString({ ...order, bik: '1' })).toThrow(RangeError)
  })
  it('is written in windows-1251 where a long Russian name would not fit the block in UTF-8', () => {
    const long = { ...order, name: 'ж'.repeat(160), bank: 'б'.repeat(45) }
    expect([paymentCharset(order), paymentCharset(long)]).toEqual(['utf8', 'windows-1251'])
    expect(paymentString(long)).toMatch(/^ST00011\|Name=ж{160}\|/)
  })
  it('reads back as it was', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 1, max: 1e12 }), (purpose, sumKopecks) => {
        fc.pre(!/[\n\r]/.test(purpose))
        const given = { ...order, purpose, sumKopecks }
        fc.pre(paymentStringFaults(given).length === 0)
        const text = paymentString(given)
        const fields = Object.fromEntries(
          text
            .slice(8)
            .split(text[7]!)
            .map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
        )
        expect(fields).toMatchObject({ Name: order.name, Sum: String(sumKopecks), Purpose: purpose })
      }),
    )
  })
})
