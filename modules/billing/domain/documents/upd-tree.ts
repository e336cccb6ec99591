import type { Kopecks } from '@opora/core'
import {
  type ClosingDocument,
  type DocumentParty,
  type PaperReference,
  paperDate,
  type Signer,
} from './closing-document.ts'
import { DOCUMENT_UNITS, type DocumentLine } from './document-lines.ts'
import { vatRateName } from './vat.ts'
import { element, textElement, type XmlElement } from './xml-tree.ts'

/** What a file of the format is for: a счёт-фактура, one with the transfer's fields, or the transfer alone. */
export type UpdFunction = 'СЧФ' | 'СЧФДОП' | 'ДОП'

export function updFunction({ kind, totals }: Pick<ClosingDocument, 'kind' | 'totals'>): UpdFunction {
  if (kind === 'factura') return 'СЧФ'
  return totals.vatRate === null ? 'ДОП' : 'СЧФДОП'
}

export interface UpdFileNames {
  /** Identifiers of the parties at their operators of electronic documents. */
  senderId: string
  receiverId: string
  /** A UUID that makes the file's name its own. */
  fileId: string
}

/** `ON_NSCHFDOPPR_receiver_sender_20260630_uuid`, without the extension. */
export function updFileName(document: ClosingDocument, names: UpdFileNames): string {
  return ['ON_NSCHFDOPPR', names.receiverId, names.senderId, document.date.replaceAll('-', ''), names.fileId].join('_')
}

/**
 * The seller's file of format 5.03 (order ФНС ЕД-7-26/970@ of 19.12.2023): счёт-фактура and УПД in one schema. Elements and
 * attributes are those that a provider of services needs; `upd-format.ts` is our statement of the format.
 */
export function updTree(document: ClosingDocument, names: UpdFileNames): XmlElement {
  const act = updFunction(document)
  return element('Файл', { ИдФайл: updFileName(document, names), ВерсФорм: '5.03', ВерсПрог: 'Opora' }, [
    element(
      'Документ',
      {
        КНД: '1115131',
        Функция: act,
        ПоФактХЖ: act === 'СЧФ' ? null : FACT,
        НаимДокОпр:
          act === 'СЧФ' ? null : act === 'ДОП' ? 'Акт об оказании услуг' : 'Универсальный передаточный документ',
        ДатаИнфПр: paperDate(document.date),
        ВремИнфПр: '09.00.00',
        НаимЭконСубСост: subject(document.seller),
      },
      [head(document, act), lines(document), act === 'СЧФ' ? null : transfer(document), signer(document.head)],
    ),
  ])
}

const FACT = 'Документ об отгрузке товаров (выполнении работ), передаче имущественных прав (документ об оказании услуг)'

function subject({ name, inn, kpp }: DocumentParty): string {
  return [name, inn && `ИНН/КПП ${[inn, kpp].filter(Boolean).join('/')}`].filter(Boolean).join(', ')
}

function head(document: ClosingDocument, act: UpdFunction): XmlElement {
  return element('СвСчФакт', { НомерДок: document.number, ДатаДок: paperDate(document.date) }, [
    party('СвПрод', document.seller),
    ...document.advancePayments.map(({ number, date }) =>
      element('СвПРД', { НомерПРД: number, ДатаПРД: paperDate(date) }),
    ),
    act === 'СЧФ' ? reference('ДокПодтвОтгрНом', 'Акт', document.shipment ?? document) : null,
    ...document.advanceInvoices.map((paper) => reference('ДопСвФХЖ1', 'Счёт-фактура на аванс', paper)),
    party('СвПокуп', document.buyer),
    element('ДенИзм', { КодОКВ: '643', НаимОКВ: 'Российский рубль' }),
  ])
}

function reference(name: string, title: string, { number, date }: PaperReference): XmlElement {
  return element(name, { РеквНаимДок: title, РеквНомерДок: number, РеквДатаДок: paperDate(date) })
}

function party(name: string, given: DocumentParty): XmlElement {
  const { inn, kpp } = given
  const known =
    inn.length === 12
      ? element('СвИП', { ИННФЛ: inn, ОГРНИП: given.ogrn }, [fullName(soleName(given.fullName || given.name))])
      : element('СвЮЛУч', { НаимОрг: given.fullName || given.name, ИННЮЛ: inn, КПП: kpp })
  return element(name, {}, [
    element('ИдСв', {}, [known]),
    given.address === ''
      ? null
      : element('Адрес', {}, [element('АдрИнф', { КодСтр: '643', НаимСтран: 'Россия', АдрТекст: given.address })]),
    given.account === '' ? null : bank(given),
  ])
}

function bank({ account, bankName, bik, corrAccount }: DocumentParty): XmlElement {
  return element('БанкРекв', { НомерСчета: account }, [
    element('СвБанк', { НаимБанк: bankName, БИК: bik, КорСчет: corrAccount }),
  ])
}

/** `ИП Орлов Виктор Павлович` → the person. */
function soleName(name: string): string {
  return name.replace(/^(ИП|Индивидуальный предприниматель)\s+/i, '')
}

function fullName(name: string): XmlElement {
  const [family = '', first = '', ...rest] = name.split(/[\s.]+/).filter(Boolean)
  return element('ФИО', { Фамилия: family, Имя: first || family, Отчество: rest.join(' ') })
}

function lines({ lines: all, totals }: ClosingDocument): XmlElement {
  return element('ТаблСчФакт', {}, [
    ...all.map(line),
    element('ВсегоОпл', { СтТовБезНДСВсего: sum(totals.netKopecks), СтТовУчНалВсего: sum(totals.grossKopecks) }, [
      element('СумНалВсего', {}, [taxOf(totals)]),
    ]),
  ])
}

function line(one: DocumentLine): XmlElement {
  const unit = DOCUMENT_UNITS[one.unit]
  return element(
    'СведТов',
    {
      НомСтр: String(one.number),
      НаимТов: cut(one.title, 1_000),
      ОКЕИ_Тов: unit.okei,
      НаимЕдИзм: unit.name,
      КолТов: String(one.quantityMilli / 1_000),
      ЦенаТов: one.netPriceKopecks === null ? null : sum(one.netPriceKopecks),
      СтТовБезНДС: sum(one.netKopecks),
      НалСт: one.vatRate === null ? 'без НДС' : vatRateName(one.vatRate),
      СтТовУчНал: sum(one.grossKopecks),
    },
    [element('Акциз', {}, [textElement('БезАкциз', 'без акциза')]), element('СумНал', {}, [taxOf(one)])],
  )
}

function taxOf({ vatRate, vatKopecks }: { vatRate: number | null; vatKopecks: Kopecks }): XmlElement {
  return vatRate === null ? textElement('БезНДС', 'без НДС') : textElement('СумНал', sum(vatKopecks))
}

function sum(amount: Kopecks): string {
  return `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`
}

/** The first signs of a text, whole ones. */
function cut(text: string, length: number): string {
  return [...text].slice(0, length).join('')
}

function transfer(document: ClosingDocument): XmlElement {
  const { contract, serviceFrom, serviceTo } = document
  return element('СвПродПер', {}, [
    element(
      'СвПер',
      {
        СодОпер: cut(['Услуги оказаны в полном объёме', ...document.notes].join('. '), 255),
        ВидОпер: 'Оказание услуг',
        ДатаПер: paperDate(serviceTo),
        ДатаНач: paperDate(serviceFrom),
        ДатаОкон: paperDate(serviceTo),
      },
      [reference('ОснПер', contract.title, contract)],
    ),
  ])
}

function signer({ position, name }: Signer): XmlElement {
  return element('Подписант', { Должн: position, СпосПодтПолном: '1' }, [fullName(name)])
}
