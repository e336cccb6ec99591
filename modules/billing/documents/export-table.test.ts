import { expect, test } from 'vitest'
import { sampleDocument } from '../domain/documents/document.fixture.ts'
import { exportCsv, exportXlsx } from './export-table.ts'

test('a row of the file for 1C is a line of a paper with its parties, tax and sums', () => {
  const [head, first, second, end] = exportCsv([sampleDocument()]).toString().replace('\uFEFF', '').split('\r\n')
  expect(head!.split(';')).toHaveLength(21)
  expect(first).toBe(
    'Счёт на оплату;ДС-000045;30.06.2026;ООО «Деск»;9999000013;770701001;ООО «Ромашка»;5001007329;500101001;П-12;15.01.2026;1;Абонентская плата по пакету поддержки;1;мес;362;89000;89000;22%;19580;108580',
  )
  expect(second).toMatch(/;2;Работы сверх пакета;1,7;ч;356;2000;3400;22%;748;4148$/)
  expect(end).toBe('')
})

test('a name is data: quotes are doubled, and what begins like a formula is no formula', () => {
  const document = sampleDocument()
  const [line] = document.lines
  const csv = (title: string) => exportCsv([{ ...document, lines: [{ ...line!, title }] }]).toString()
  expect(csv('Часы; "срочно"')).toContain(';"Часы; ""срочно""";')
  expect(csv('=HYPERLINK("http://x")')).toContain(`;"'=HYPERLINK(""http://x"")";`)
})

test('the same papers give the same workbook', async () => {
  const [one, two] = await Promise.all([exportXlsx([sampleDocument()]), exportXlsx([sampleDocument()])])
  expect(one.equals(two)).toBe(true)
  expect(one.subarray(0, 2).toString()).toBe('PK')
})
