import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import type { ClosingDocument } from '../domain/documents/closing-document.ts'
import { sampleDocument, untaxed } from '../domain/documents/document.fixture.ts'
import { formatFaults } from '../domain/documents/upd-format.ts'
import { updTree } from '../domain/documents/upd-tree.ts'
import { renderUpdXml } from './upd-xml.ts'

const names = {
  senderId: '2BM-9999000013',
  receiverId: '2BM-5001007329',
  fileId: '0b1c8f5e-7c36-4a7e-9e0b-0a1f6f2f8a11',
}
const sample = (changes: Partial<ClosingDocument> = {}) => sampleDocument({ kind: 'upd', ...changes })

function read(document: ClosingDocument) {
  const made = renderUpdXml(document, names)
  if (!('bytes' in made)) throw new Error(JSON.stringify(made.faults))
  const text = iconv.decode(made.bytes, 'win1251')
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    parseTagValue: false,
  })
  return { text, file: parser.parse(text).Файл }
}

test('a УПД of a payer of VAT is СЧФДОП with both parties, lines, tax and the ground of the transfer', () => {
  const { text, file } = read(sample())
  expect(text.startsWith('<?xml version="1.0" encoding="windows-1251"?>')).toBe(true)
  expect(file).toMatchObject({
    ИдФайл: 'ON_NSCHFDOPPR_2BM-5001007329_2BM-9999000013_20260630_0b1c8f5e-7c36-4a7e-9e0b-0a1f6f2f8a11',
    ВерсФорм: '5.03',
    Документ: {
      КНД: '1115131',
      Функция: 'СЧФДОП',
      СвСчФакт: {
        НомерДок: 'ДС-000045',
        ДатаДок: '30.06.2026',
        СвПрод: {
          ИдСв: {
            СвЮЛУч: {
              НаимОрг: 'Общество с ограниченной ответственностью «Деск»',
              ИННЮЛ: '9999000013',
              КПП: '770701001',
            },
          },
        },
        СвПокуп: { ИдСв: { СвЮЛУч: { ИННЮЛ: '5001007329' } } },
        ДенИзм: { КодОКВ: '643' },
      },
      ТаблСчФакт: {
        СведТов: [
          {
            НомСтр: '1',
            НалСт: '22%',
            СтТовБезНДС: '89000.00',
            СтТовУчНал: '108580.00',
            СумНал: { СумНал: '19580.00' },
          },
          { НомСтр: '2', КолТов: '1.7', ЦенаТов: '2000.00', ОКЕИ_Тов: '356' },
        ],
        ВсегоОпл: { СтТовБезНДСВсего: '92400.00', СтТовУчНалВсего: '112728.00', СумНалВсего: { СумНал: '20328.00' } },
      },
      СвПродПер: {
        СвПер: { ОснПер: { РеквНаимДок: 'Договор поддержки', РеквНомерДок: 'П-12', РеквДатаДок: '15.01.2026' } },
      },
      Подписант: { Должн: 'Генеральный директор', ФИО: { Фамилия: 'Орлов' } },
    },
  })
})

test('without VAT it is ДОП, and a счёт-фактура beside an act is СЧФ without the transfer', () => {
  const without = read(sample(untaxed())).file.Документ
  expect([without.Функция, without.ТаблСчФакт.ВсегоОпл.СумНалВсего.БезНДС]).toEqual(['ДОП', 'без НДС'])
  const factura = read(sample({ kind: 'factura', shipment: { number: '12', date: '2026-06-30' } })).file.Документ
  expect(factura).toMatchObject({ Функция: 'СЧФ', СвСчФакт: { ДокПодтвОтгрНом: { РеквНомерДок: '12' } } })
  expect(factura.СвПродПер).toBeUndefined()
})

test('a sole trader is named as a person', () => {
  const trader = {
    ...sample().seller,
    fullName: 'ИП Орлов Виктор Павлович',
    inn: '500100732259',
    kpp: '',
    ogrn: '304500116000157',
  }
  expect(read(sample({ seller: trader })).file.Документ.СвСчФакт.СвПрод.ИдСв).toEqual({
    СвИП: {
      ИННФЛ: '500100732259',
      ОГРНИП: '304500116000157',
      ФИО: { Фамилия: 'Орлов', Имя: 'Виктор', Отчество: 'Павлович' },
    },
  })
})

test('what does not fit the format is named by its place, and no file is made', () => {
  const buyer = { ...sample().buyer, inn: '123' }
  expect(renderUpdXml(sample({ buyer }), names)).toEqual({
    faults: [{ path: 'Файл/Документ/СвСчФакт/СвПокуп/ИдСв/СвЮЛУч/@ИННЮЛ', code: 'wrong_attribute', found: '123' }],
  })
})

test('the statement of the format sees what is missing, moved, doubled or unknown', () => {
  const codes = (spoil: (tree: ReturnType<typeof updTree>) => void) => {
    const tree = updTree(sample(), names)
    spoil(tree)
    return formatFaults(tree).map(({ code }) => code)
  }
  expect(codes(() => {})).toEqual([])
  expect(codes((tree) => tree.children[0]!.children.reverse())).toEqual(['wrong_children'])
  expect(codes((tree) => tree.children.push(tree.children[0]!))).toEqual(['wrong_children'])
  expect(codes((tree) => delete tree.children[0]!.attributes['КНД'])).toEqual(['missing_attribute'])
  expect(codes((tree) => Object.assign(tree.children[0]!.attributes, { Цвет: '1' }))).toEqual(['unknown_attribute'])
  expect(codes((tree) => tree.children[0]!.children[0]!.children.pop())).toEqual(['wrong_children'])
})

test('signs that windows-1251 lacks, controls and very long texts leave the file whole', () => {
  const document = sample({ notes: ['😀'.repeat(400)] })
  const title = 'Снижено на 100 ₽ × 2 − 漢字 \u0007\u000b😀 <b attr="x">&amp;</b> ]]>'
  const { text, file } = read({ ...document, lines: [{ ...document.lines[0]!, title }] })
  expect(text).not.toContain('?'.repeat(2))
  expect(unreferenced(file.Документ.ТаблСчФакт.СведТов.НаимТов)).toBe(title.replace('\u0007\u000b', ''))
  expect([...unreferenced(file.Документ.СвПродПер.СвПер.СодОпер)].length).toBe(255)
  const endless = read({ ...document, lines: [{ ...document.lines[0]!, title: 'ы'.repeat(5_000) }] })
  expect(endless.file.Документ.ТаблСчФакт.СведТов.НаимТов).toHaveLength(1_000)
})

function unreferenced(text: string): string {
  return text.replaceAll(/&#(\d+);/g, (_mark, code: string) => String.fromCodePoint(Number(code)))
}

test('marks in names are escaped, and nothing of them is lost', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[а-яА-Яa-z0-9 "'<>&.,-]{1,60}$/), (title) => {
      fc.pre(title.trim() !== '')
      const document = sample()
      const { file } = read({ ...document, lines: [{ ...document.lines[0]!, title: `«${title}»` }] })
      expect(file.Документ.ТаблСчФакт.СведТов.НаимТов).toBe(`«${title}»`)
    }),
    { numRuns: 60 },
  )
})
