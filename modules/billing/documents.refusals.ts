import { declareRefusals } from '@opora/core'

/** What can be refused about closing documents, legal entities and payments. */
export const documentRefusals = declareRefusals({
  'billing.document_not_found': {
    status: 404,
    ru: 'Такого документа нет.',
    en: 'There is no such document.',
  },
  'billing.legal_entity_not_found': {
    status: 404,
    ru: 'Такого юридического лица нет.',
    en: 'There is no such legal entity.',
  },
  'billing.legal_entity_needed': {
    status: 409,
    ru: 'Укажите юридическое лицо, от которого выставляются документы: в настройках или в договоре.',
    en: 'Name the legal entity that issues the documents: in the settings or in the contract.',
  },
  'billing.legal_entity_incomplete': {
    status: 409,
    ru: 'Реквизиты «{name}» заполнены не полностью: {fields}.',
    en: 'The details of “{name}” are incomplete: {fields}.',
  },
  'billing.tax_periods_doubled': {
    status: 422,
    ru: 'Две системы налогообложения начинаются в один день.',
    en: 'Two tax modes begin on one day.',
  },
  'billing.documents_issued': {
    status: 409,
    ru: 'Документы за {month} уже выставлены.',
    en: 'The documents of {month} are issued already.',
  },
  'billing.documents_not_issued': {
    status: 409,
    ru: 'Документы за {month} ещё не выставлены.',
    en: 'The documents of {month} are not issued yet.',
  },
  'billing.documents_sent': {
    status: 409,
    ru: 'Документы за {month} уже отправлены клиенту.',
    en: 'The documents of {month} were sent to the client already.',
  },
  'billing.nothing_to_bill': {
    status: 409,
    ru: 'В {month} выставлять нечего: сумма месяца — ноль.',
    en: 'There is nothing to bill in {month}: the month comes to zero.',
  },
  'billing.document_void': {
    status: 409,
    ru: 'Документ аннулирован.',
    en: 'The document is void.',
  },
  'billing.document_unsent': {
    status: 409,
    ru: 'Документ ещё не отправлен: аннулируйте его и выставьте заново.',
    en: 'The document was not sent yet: make it void and issue it anew.',
  },
  'billing.document_corrected': {
    status: 409,
    ru: 'К документу выставлена более поздняя корректировка: сначала аннулируйте её.',
    en: 'A later corrective document stands on this one: make that void first.',
  },
  'billing.correction_of_act': {
    status: 409,
    ru: 'Суммы корректируют по акту или УПД; счёт-фактура следует за актом.',
    en: 'Sums are corrected by the act or the UPD; a счёт-фактура follows its act.',
  },
  'billing.amendment_of_factura': {
    status: 409,
    ru: 'Исправленный документ выпускают взамен счёта-фактуры или УПД.',
    en: 'An amended document is issued in place of a счёт-фактура or a УПД.',
  },
  'billing.correction_not_less': {
    status: 422,
    ru: 'Строка {number}: новая сумма должна быть меньше нынешней.',
    en: 'Line {number}: the new sum must be less than the present one.',
  },
  'billing.document_decided': {
    status: 409,
    ru: 'По документу уже принято решение.',
    en: 'The document was decided already.',
  },
  'billing.document_paid': {
    status: 409,
    ru: 'Документ оплачен или принят: аннулировать его нельзя.',
    en: 'The document is paid or accepted: it cannot be made void.',
  },
  'billing.link_too_often': {
    status: 429,
    ru: 'Слишком часто: подождите минуту и откройте ссылку снова.',
    en: 'Too often: wait a minute and open the link again.',
  },
  'billing.template_unknown_field': {
    status: 422,
    ru: 'Поля «{found}» нет: возьмите одно из предложенных.',
    en: 'There is no field “{found}”: take one of those offered.',
  },
  'billing.template_not_allowed': {
    status: 422,
    ru: 'В документе этого вида «{found}» не меняется.',
    en: 'In this kind of document “{found}” cannot be changed.',
  },
  'billing.template_missing': {
    status: 422,
    ru: 'Колонку «{found}» убрать нельзя: без неё документ не скажет, что должен.',
    en: 'The column “{found}” cannot go: without it the document does not say what it must.',
  },
  'billing.template_twice': {
    status: 422,
    ru: '«{found}» названо дважды.',
    en: '“{found}” is named twice.',
  },
  'billing.template_not_found': {
    status: 404,
    ru: 'Такого шаблона нет.',
    en: 'There is no such template.',
  },
  'billing.logo_unreadable': {
    status: 422,
    ru: 'Логотип не читается: нужен PNG или JPEG.',
    en: 'The logo cannot be read: it has to be PNG or JPEG.',
  },
  'billing.document_sent': {
    status: 409,
    ru: 'Документ уже отправлен.',
    en: 'The document has been sent already.',
  },
  'billing.figure_not_asked': {
    status: 422,
    ru: 'Правила договора этого показателя не спрашивают.',
    en: 'The contract’s rules do not ask for this figure.',
  },
  'billing.acceptance_not_asked': {
    status: 409,
    ru: 'Этот документ не требует согласования.',
    en: 'This document does not ask for acceptance.',
  },
  'billing.line_not_found': {
    status: 422,
    ru: 'В документе нет строки {number}.',
    en: 'The document has no line {number}.',
  },
  'billing.line_given_back': {
    status: 409,
    ru: 'Строка {number} уже возвращена клиенту по прежнему возражению.',
    en: 'Line {number} was given back to the client by an earlier objection already.',
  },
  'billing.objection_not_found': {
    status: 404,
    ru: 'Такого возражения нет.',
    en: 'There is no such objection.',
  },
  'billing.credit_not_found': {
    status: 404,
    ru: 'Такого удержания нет.',
    en: 'There is no such credit.',
  },
  'billing.penalties_unreviewed': {
    status: 409,
    ru: 'По договору за {month} набежала неустойка {sum}: посмотрите её и решите, прежде чем закрывать месяц.',
    en: 'By the contract {month} came to a penalty of {sum}: review it before the month is closed.',
  },
  'billing.xml_impossible': {
    status: 409,
    ru: 'Файл формата 5.03 собрать нельзя, исправьте реквизиты: {places}.',
    en: 'The file of format 5.03 cannot be made, mend the details: {places}.',
  },
  'billing.statement_unreadable': {
    status: 422,
    ru: 'Это не выписка 1CClientBankExchange или она повреждена: строка {line}.',
    en: 'This is no 1CClientBankExchange statement, or it is damaged: line {line}.',
  },
  'billing.statement_foreign': {
    status: 422,
    ru: 'В выписке нет счёта этого юридического лица ({account}).',
    en: 'The statement does not have the account of this legal entity ({account}).',
  },
  'billing.payment_not_found': {
    status: 404,
    ru: 'Такого платежа нет.',
    en: 'There is no such payment.',
  },
  'billing.payment_too_much': {
    status: 422,
    ru: 'Можно зачесть не больше {sum}: столько осталось у платежа и по счёту.',
    en: 'No more than {sum} can be assigned: that is what is left of the payment and of the invoice.',
  },
  'billing.payment_other_entity': {
    status: 422,
    ru: 'Платёж пришёл другому юридическому лицу.',
    en: 'The payment came to another legal entity.',
  },
})
