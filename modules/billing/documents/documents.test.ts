import { inflateRawSync } from 'node:zlib'
import { printable } from '@opora/platform/pdf'
import { expect, test } from 'vitest'
import { buildClientReport } from '../domain/build-report.ts'
import { MARCH, QUIET } from '../domain/report.fixture.ts'
import { reportFormat } from './report-format.ts'
import { renderReportPdf, reportDefinition } from './report-pdf.ts'
import { renderReportXlsx, reportSheets } from './report-xlsx.ts'

const report = buildClientReport(MARCH)
const quiet = buildClientReport(QUIET)

/** Everything that a document says, in order, with plain spaces. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return `${value.replaceAll('\u00a0', ' ')}\n`
  if (Array.isArray(value)) return value.map(textOf).join('')
  if (typeof value !== 'object' || value === null || value instanceof Date) return ''
  const { text, stack, columns, ul, table, content } = value as Record<string, unknown>
  const body = (table as { body?: unknown } | undefined)?.body
  return [text, stack, columns, ul, body, content].map(textOf).join('')
}

/** The files of an archive by name. */
function unzip(archive: Buffer): Record<string, string> {
  const files: Record<string, string> = {}
  let at = archive.readUInt32LE(archive.lastIndexOf('PK\u0005\u0006') + 16)
  while (archive.readUInt32LE(at) === 0x02014b50) {
    const [size, nameLength, local] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
      archive.readUInt32LE(at + 42),
    ]
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength)
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const packed = archive.subarray(from, from + size)
    files[name] = (archive.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8')
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return files
}

test('the PDF says who it is for, the month, the figures, each breach and each piece of work', () => {
  const text = textOf(reportDefinition(report, 'ru'))
  for (const said of [
    'Отчёт о поддержке',
    'ООО «Ромашка»',
    'март 2026',
    '92,9 %',
    '20 ч 20 мин',
    'Ждали журнал сервера от хостинга',
    '3 ч 30 мин',
    'Исправлен обработчик карточки',
    '30 мин × 2 = 60 мин (вне часов обслуживания)',
    '36 320 ₽',
    'Быстро, спасибо!',
  ]) {
    expect(text).toContain(said)
  }
  expect(text).not.toContain('внутренняя заметка')
})

test('the English report has no Russian heading and says the same figures', () => {
  const text = textOf(reportDefinition(report, 'en'))
  for (const said of ['Support report', 'March 2026', '92.9%', '20 h 20 min', '₽36,320', 'Development'])
    expect(text).toContain(said)
  const latin = {
    ...QUIET,
    provider: { name: 'Provider' },
    client: { name: 'Client' },
    contract: { number: '1', title: '', packageName: null },
  }
  expect(textOf(reportDefinition(buildClientReport(latin), 'en'))).not.toMatch(/[а-яё]/i)
})

/** The same facts with everything that people typed in Latin letters; what exists in both languages stays. */
function latin<T>(value: T): T {
  if (typeof value === 'string') return (/[а-яё]/i.test(value) ? 'typed' : value) as T
  if (Array.isArray(value)) return value.map(latin) as T
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  if (entries.length === 2 && 'ru' in value && 'en' in value) return value
  return Object.fromEntries(entries.map(([key, item]) => [key, latin(item)])) as T
}

test('the English files of a full month hold no Russian word but those that people typed', async () => {
  const typed = buildClientReport(latin(MARCH))
  expect(textOf(reportDefinition(typed, 'en'))).not.toMatch(/[а-яё]/i)
  expect(JSON.stringify(reportSheets(typed, 'en'))).not.toMatch(/[а-яё]/i)
  const files = unzip(await renderReportXlsx(typed, 'en'))
  expect(Object.values(files).join('')).not.toMatch(/[а-яё]/i)
  expect(files['xl/styles.xml']).toContain('d mmm yyyy')
})

test('a month with a refused request says so beside what was solved', () => {
  const [first, ...others] = MARCH.requests
  if (!first) throw new Error('the fixture is empty')
  const refused = buildClientReport({ ...MARCH, requests: [{ ...first, rejectedAt: first.solvedAt }, ...others] })
  expect(textOf(reportDefinition(refused, 'ru'))).toContain('решено 7, открыто 3, отклонено 1')
  expect(textOf(reportDefinition(refused, 'en'))).toContain('7 solved, 3 open, 1 rejected')
  expect(reportSheets(refused, 'en')[0]?.rows[0]).toEqual(['Requests', 11, '7 solved, 3 open, 1 rejected'])
  expect(textOf(reportDefinition(report, 'ru'))).not.toContain('отклонено')
})

test('a quiet month says so in every section instead of leaving empty tables', () => {
  const text = textOf(reportDefinition(quiet, 'ru'))
  for (const said of ['Обращений за месяц не было.', 'Работ за месяц не было.', 'В договоре нет пакета часов.'])
    expect(text).toContain(said)
})

test('the PDF is a PDF with its font inside, and rendering again gives the same bytes', async () => {
  const first = await renderReportPdf(report, 'ru')
  expect(first.subarray(0, 5).toString()).toBe('%PDF-')
  expect(first.includes('Roboto')).toBe(true)
  expect((await renderReportPdf(report, 'ru')).equals(first)).toBe(true)
})

test('hostile text does not break a document: no controls, no half pairs, no endless words that push the page apart', async () => {
  const [request] = MARCH.requests
  const [work] = MARCH.work
  if (!request || !work) throw new Error('the fixture is empty')
  const hostile = `=1+1 ${'a'.repeat(400)}\u0000\u0007\ud800<&>"' ${'ы'.repeat(200)}`
  const odd = buildClientReport({
    ...MARCH,
    client: { name: hostile },
    requests: [{ ...request, title: hostile, number: 'N'.repeat(60) }],
    work: [{ ...work, description: hostile }],
  })
  expect((await renderReportPdf(odd, 'ru')).length).toBeGreaterThan(10_000)
  const files = unzip(await renderReportXlsx(odd, 'ru'))
  expect(files['xl/sharedStrings.xml']).toContain('=1+1 aaa')
  expect(Object.values(files).join('')).not.toContain('<f>')
})

test('text is cleaned of what documents cannot hold and keeps the rest', () => {
  expect(printable({ a: ['x\u0000y\ud800z\tж\n😀'] })).toEqual({ a: ['xyz\tж\n😀'] })
})

test('the workbook has a sheet for each section, with minutes and money as numbers', async () => {
  const files = unzip(await renderReportXlsx(report, 'ru'))
  const names = [...(files['xl/workbook.xml'] ?? '').matchAll(/<sheet [^>]*name="([^"]+)"/g)].map((match) => match[1])
  expect(names).toEqual(['Сводка', 'Обращения', 'Сроки', 'Работы', 'Часы', 'Начислено', 'Оценки', 'Отзывы'])
  expect(files['xl/worksheets/sheet4.xml']).toContain('<v>1261</v>')
  expect(files['xl/worksheets/sheet6.xml']).toContain('<v>36320</v>')
})

test('sheets without rows are left out of a quiet month, and the main ones stay', () => {
  expect(reportSheets(quiet, 'en').map((sheet) => sheet.name)).toEqual([
    'Summary',
    'Requests',
    'Promises',
    'Work',
    'Hours',
  ])
})

test('the workbook is the same bytes however late it is made', async () => {
  const first = await renderReportXlsx(report, 'ru')
  expect((await renderReportXlsx(report, 'ru')).equals(first)).toBe(true)
  const dosTimes = Object.keys(unzip(first)).map((name) => first.readUInt32LE(first.lastIndexOf(name) - 46 + 12))
  expect(new Set(dosTimes)).toEqual(new Set([0x0021_0000]))
})

test('moments in the workbook read as the wall clock of the report’s zone', () => {
  const requests = reportSheets(report, 'ru')[1]
  expect(requests?.rows[0]?.[6]).toEqual(new Date('2026-03-02T09:12:00Z'))
})

test('figures are said in the reader’s language', () => {
  const ru = reportFormat('ru', 'Europe/Moscow')
  expect(ru.moment(report.from)).toBe('01.03.2026 00:00')
  expect([ru.share(1000), ru.share(667), ru.share(null)].map((s) => s.replaceAll('\u00a0', ' '))).toEqual([
    '100 %',
    '66,7 %',
    '—',
  ])
  const en = reportFormat('en', 'Europe/Moscow')
  expect(en.share(667)).toBe('66.7%')
  expect([en.moment(report.from), en.shortMoment(report.from), en.day('2026-04-12')]).toEqual([
    '1 Mar 2026 00:00',
    '1 Mar 00:00',
    '12 Apr 2026',
  ])
})
