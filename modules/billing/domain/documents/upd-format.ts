import type { XmlElement } from './xml-tree.ts'

/** One element of the format: what it must and may carry, and what may stand inside, in order. */
interface ElementRule {
  required?: Record<string, RegExp>
  optional?: Record<string, RegExp>
  /** Children in their order: least and greatest number of each. */
  inside?: Record<string, [least: number, greatest: number]>
  /** Exactly one of these stands inside. */
  oneOf?: string[]
  text?: RegExp
}

const TEXT = (length: number) => new RegExp(`^[^\\u0000-\\u0008]{1,${length}}$`, 'u')
const DATE = /^(0[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])\.20\d\d$/
const SUM = /^\d{1,17}\.\d{2}$/
const MANY = 100_000
const REFERENCE: ElementRule = { required: { РеквНаимДок: TEXT(255), РеквНомерДок: TEXT(255), РеквДатаДок: DATE } }
const PARTY: ElementRule = { inside: { ИдСв: [1, 1], Адрес: [0, 1], БанкРекв: [0, 1] } }

/**
 * Our statement of format 5.03 as far as it is used here: names, obligation, order, length and pattern of what stands in a
 * seller's file about services. It was written from the published description of the order; the tax service's own schema was not
 * at hand, so a file that passes here is still to be checked by the operator of electronic documents.
 */
export const UPD_FORMAT: Record<string, ElementRule> = {
  Файл: {
    required: { ИдФайл: /^ON_NSCHFDOPPR_[^_]{1,46}_[^_]{1,46}_\d{8}_[0-9a-f-]{36}$/i, ВерсФорм: /^5\.03$/ },
    optional: { ВерсПрог: TEXT(40) },
    inside: { Документ: [1, 1] },
  },
  Документ: {
    required: {
      КНД: /^1115131$/,
      Функция: /^(СЧФ|СЧФДОП|ДОП)$/,
      ДатаИнфПр: DATE,
      ВремИнфПр: /^([01]\d|2[0-3])\.[0-5]\d\.[0-5]\d$/,
      НаимЭконСубСост: TEXT(1000),
    },
    optional: { ПоФактХЖ: TEXT(255), НаимДокОпр: TEXT(255) },
    inside: { СвСчФакт: [1, 1], ТаблСчФакт: [1, 1], СвПродПер: [0, 1], Подписант: [1, 10] },
  },
  СвСчФакт: {
    required: { НомерДок: TEXT(1000), ДатаДок: DATE },
    inside: {
      СвПрод: [1, 1],
      СвПРД: [0, MANY],
      ДокПодтвОтгрНом: [0, MANY],
      ДопСвФХЖ1: [0, MANY],
      СвПокуп: [1, 1],
      ДенИзм: [1, 1],
    },
  },
  СвПрод: PARTY,
  СвПокуп: PARTY,
  ИдСв: { oneOf: ['СвЮЛУч', 'СвИП'] },
  СвЮЛУч: { required: { НаимОрг: TEXT(1000), ИННЮЛ: /^\d{10}$/ }, optional: { КПП: /^\d{4}[0-9A-Z]{2}\d{3}$/ } },
  СвИП: { required: { ИННФЛ: /^\d{12}$/ }, optional: { ОГРНИП: /^\d{15}$/ }, inside: { ФИО: [1, 1] } },
  ФИО: { required: { Фамилия: TEXT(60), Имя: TEXT(60) }, optional: { Отчество: TEXT(60) } },
  Адрес: { inside: { АдрИнф: [1, 1] } },
  АдрИнф: { required: { КодСтр: /^643$/, АдрТекст: TEXT(1000) }, optional: { НаимСтран: TEXT(255) } },
  БанкРекв: { required: { НомерСчета: /^\d{20}$/ }, inside: { СвБанк: [1, 1] } },
  СвБанк: { optional: { НаимБанк: TEXT(1000), БИК: /^\d{9}$/, КорСчет: /^\d{20}$/ } },
  СвПРД: { required: { НомерПРД: TEXT(30), ДатаПРД: DATE } },
  ДокПодтвОтгрНом: REFERENCE,
  ДопСвФХЖ1: REFERENCE,
  ОснПер: REFERENCE,
  ДенИзм: { required: { КодОКВ: /^643$/, НаимОКВ: TEXT(255) } },
  ТаблСчФакт: { inside: { СведТов: [1, MANY], ВсегоОпл: [1, 1] } },
  СведТов: {
    required: {
      НомСтр: /^[1-9]\d{0,5}$/,
      НаимТов: TEXT(1000),
      ОКЕИ_Тов: /^\d{3,4}$/,
      НаимЕдИзм: TEXT(255),
      КолТов: /^\d{1,15}(\.\d{1,11})?$/,
      НалСт: /^(0%|5%|7%|10%|20%|22%|5\/105|7\/107|10\/110|20\/120|22\/122|без НДС)$/,
      СтТовУчНал: SUM,
    },
    optional: { ЦенаТов: SUM, СтТовБезНДС: SUM },
    inside: { Акциз: [1, 1], СумНал: [1, 1] },
  },
  Акциз: { inside: { БезАкциз: [1, 1] } },
  БезАкциз: { text: /^без акциза$/ },
  СумНал: { oneOf: ['СумНал', 'БезНДС'], text: SUM },
  БезНДС: { text: /^без НДС$/ },
  ВсегоОпл: { required: { СтТовБезНДСВсего: SUM, СтТовУчНалВсего: SUM }, inside: { СумНалВсего: [1, 1] } },
  СумНалВсего: { oneOf: ['СумНал', 'БезНДС'] },
  СвПродПер: { inside: { СвПер: [1, 1] } },
  СвПер: {
    required: { СодОпер: TEXT(255), ДатаПер: DATE },
    optional: { ВидОпер: TEXT(255), ДатаНач: DATE, ДатаОкон: DATE },
    inside: { ОснПер: [1, MANY] },
  },
  Подписант: { optional: { Должн: TEXT(255), СпосПодтПолном: /^[1-6]$/ }, inside: { ФИО: [1, 1] } },
}

export interface FormatFault {
  /** Names of elements from the root, and `@attribute` last where an attribute is at fault. */
  path: string
  code:
    | 'unknown_element'
    | 'missing_attribute'
    | 'wrong_attribute'
    | 'unknown_attribute'
    | 'wrong_children'
    | 'wrong_text'
  found: string
}

/** Everything in a file that the statement of the format does not allow; empty for a file that may leave. */
export function formatFaults(root: XmlElement, format = UPD_FORMAT): FormatFault[] {
  return faultsOf(root, root.name, format)
}

function faultsOf(node: XmlElement, path: string, format: Record<string, ElementRule>): FormatFault[] {
  const rule = format[node.name]
  if (!rule) return [{ path, code: 'unknown_element', found: node.name }]
  return [
    ...attributeFaults(node, path, rule),
    ...contentFaults(node, path, rule),
    ...node.children.flatMap((child) => faultsOf(child, `${path}/${child.name}`, format)),
  ]
}

function attributeFaults(
  { attributes }: XmlElement,
  path: string,
  { required = {}, optional = {} }: ElementRule,
): FormatFault[] {
  const known: Record<string, RegExp> = { ...required, ...optional }
  const missing = Object.keys(required)
    .filter((name) => !(name in attributes))
    .map((name): FormatFault => ({ path: `${path}/@${name}`, code: 'missing_attribute', found: '' }))
  const wrong = Object.entries(attributes).flatMap(([name, value]): FormatFault[] => {
    const pattern = known[name]
    if (!pattern) return [{ path: `${path}/@${name}`, code: 'unknown_attribute', found: value }]
    return pattern.test(value) ? [] : [{ path: `${path}/@${name}`, code: 'wrong_attribute', found: value }]
  })
  return [...missing, ...wrong]
}

function contentFaults({ children, text }: XmlElement, path: string, rule: ElementRule): FormatFault[] {
  const names = children.map((child) => child.name)
  const told = names.join(' ')
  if (text !== null) return rule.text?.test(text) ? [] : [{ path, code: 'wrong_text', found: text }]
  if (rule.oneOf)
    return names.length === 1 && rule.oneOf.includes(names[0]!) ? [] : [{ path, code: 'wrong_children', found: told }]
  const order = Object.keys(rule.inside ?? {})
  const sorted = names.every((name, index) => index === 0 || order.indexOf(names[index - 1]!) <= order.indexOf(name))
  const counted = Object.entries(rule.inside ?? {}).every(([name, [least, greatest]]) => {
    const count = names.filter((other) => other === name).length
    return least <= count && count <= greatest
  })
  const known = names.every((name) => order.includes(name))
  return sorted && counted && known ? [] : [{ path, code: 'wrong_children', found: told }]
}
