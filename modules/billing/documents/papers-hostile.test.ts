import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { type ClosingDocument, DOCUMENT_KINDS, paperSum } from '../domain/documents/closing-document.ts'
import { sampleDocument } from '../domain/documents/document.fixture.ts'
import { shippedTemplate } from '../domain/documents/paper-template.ts'
import { samplePaper } from '../domain/documents/sample-paper.ts'
import { renderPaperXlsx } from './paper-xlsx.ts'
import { renderPaper } from './papers.ts'
import { codeOnPage, wordsOfPdf } from './pdf-page.fixture.ts'

const LONG = 'Ы'.repeat(300)
const HOSTILE = `"><script>alert(1)</script> {номер} \u0000\u0007\ud800 =1+1 ${LONG}`
const HUGE = 9_999_999_999_99

/** A paper with endless words, hostile signs and the greatest sums. */
function hostile(kind: ClosingDocument['kind']): ClosingDocument {
  const sample = samplePaper(kind)
  return {
    ...sample,
    buyer: { ...sample.buyer, name: HOSTILE, fullName: HOSTILE, address: LONG },
    contract: { ...sample.contract, title: LONG.slice(0, 200), number: 'N'.repeat(100) },
    notes: [HOSTILE, `https://example.test/${'a'.repeat(500)}`],
    lines: sample.lines.map((line) => ({
      ...line,
      title: HOSTILE,
      priceKopecks: HUGE,
      amountKopecks: HUGE,
      grossKopecks: HUGE,
    })),
    ...(sample.hours
      ? {
          hours: sample.hours.map((row) => ({
            ...row,
            person: LONG,
            ticketTitle: HOSTILE,
            description: HOSTILE,
            activity: LONG,
            share: LONG,
            ticketNumber: '1'.repeat(20),
          })),
        }
      : {}),
    reconciliation: sample.reconciliation?.map((row) => ({ ...row, title: HOSTILE, owedKopecks: HUGE })) ?? null,
  }
}

/** Words whose right or lower edge lies beyond the page; null without the tool. */
function beyondThePage(pdf: Buffer): string[] | null {
  try {
    const boxes = execFileSync('pdftotext', ['-bbox', '-', '-'], { input: pdf }).toString()
    const [, width, height] = /page width="([\d.]+)" height="([\d.]+)"/.exec(boxes)!.map(Number)
    return [...boxes.matchAll(/xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)/g)]
      .filter(([, left, right, bottom]) => Number(left) < 0 || Number(right) > width! - 10 || Number(bottom) > height!)
      .map(([, , , , word]) => word!)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

test.each([...DOCUMENT_KINDS])(
  '%s bears endless words, hostile signs and huge sums: all stays on the page',
  async (kind) => {
    const pdf = await renderPaper(hostile(kind))
    expect(beyondThePage(pdf) ?? []).toEqual([])
    const words = wordsOfPdf(pdf)
    if (words !== null) expect(words).toContain('<script>alert(1)</script>')
    expect((await renderPaperXlsx(hostile(kind))).subarray(0, 2).toString()).toBe('PK')
  },
)

test('what a field of a template brings is never read as a field again, and is nobody’s markup', async () => {
  const sample = sampleDocument({ kind: 'act' })
  const buyer = { ...sample.buyer, name: '{сумма} {номер} <b>жирно</b>' }
  const template = { ...shippedTemplate('act'), header: 'Для {клиент}, {нечто}' }
  const words = wordsOfPdf(await renderPaper({ ...sample, buyer, template }))
  if (words !== null) expect(words).toContain('Для {сумма} {номер} <b>жирно</b>, {нечто}')
})

test('a bank’s name longer than the code holds is cut there, a long name of the receiver changes the charset, the code stays readable', async () => {
  const sample = sampleDocument()
  const bankName = 'ФИЛИАЛ «ЦЕНТРАЛЬНЫЙ» БАНКА ВТБ (ПУБЛИЧНОЕ АКЦИОНЕРНОЕ ОБЩЕСТВО) Г. МОСКВА'
  const seller = { ...sample.seller, bankName, name: `ООО «${'Длинное имя '.repeat(9)}»` }
  const code = codeOnPage(await renderPaper({ ...sample, seller }))
  expect(code.text).toMatch(/^ST00011\|Name=ООО «Длинное имя/)
  expect(code.text).toContain(`|BankName=${bankName.slice(0, 45)}|BIC=044525225|`)
  expect(code.sideMm).toBeGreaterThanOrEqual(30)
})

test('a paper of nothing is said in words, and has no code to pay nothing by', async () => {
  const sample = sampleDocument()
  const totals = { ...sample.totals, netKopecks: 0, vatKopecks: 0, grossKopecks: 0 }
  const pdf = await renderPaper({ ...sample, lines: [], totals })
  expect(codeOnPage(pdf).text).toBe('')
  const words = wordsOfPdf(pdf)
  if (words !== null) expect(words).toContain('Ноль рублей 00 копеек')
})

test.each([
  [5, '5%'],
  [7, '7%'],
  [20, '20%'],
  [22, '22%'],
] as const)('at %i %% the papers name the rate, the tax and the sum with it', async (rate, name) => {
  const { taxDocument } = await import('../domain/documents/document-lines.ts')
  const sources = sampleDocument().lines.map(({ title, unit, quantityMilli, priceKopecks, amountKopecks }) => ({
    ...{ title, unit, quantityMilli, priceKopecks, amountKopecks },
    sources: [],
  }))
  const taxedSample = taxDocument(sources, { rate, place: 'included', vatOfTotal: 'by_lines' })
  for (const kind of ['invoice', 'act', 'upd', 'factura'] as const) {
    const words = wordsOfPdf(await renderPaper(sampleDocument({ kind, ...taxedSample })))
    if (words === null) return
    const plain = words.replaceAll('\u00a0', ' ')
    expect(plain).toContain(name)
    for (const sum of [taxedSample.totals.vatKopecks, taxedSample.totals.grossKopecks])
      expect(plain).toContain(paperSum(sum).replaceAll('\u00a0', ' '))
  }
})
