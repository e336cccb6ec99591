import { declareRefusals } from '@opora/core'

/** Everything that reading a diagram and moving a ticket along it can refuse. */
export const processRefusals = declareRefusals({
  'process.unreadable': {
    status: 422,
    ru: 'Файл не читается как BPMN 2.0: {reason}.',
    en: 'The file cannot be read as BPMN 2.0: {reason}.',
  },
  'process.too_large': {
    status: 413,
    ru: 'Схема больше {limit} КБ.',
    en: 'The diagram is larger than {limit} KB.',
  },
  'process.outside_subset': {
    status: 422,
    ru: 'Схема не принята, замечаний: {count}. Первое: {first}',
    en: 'The diagram is refused, {count} findings. The first: {first}',
  },
  'process.bad_condition': {
    status: 422,
    ru: 'Условие «{text}» не читается: {reason}.',
    en: 'The condition "{text}" cannot be read: {reason}.',
  },
  'process.already_started': {
    status: 409,
    ru: 'Процесс этой заявки уже начат.',
    en: 'The process of this ticket has already started.',
  },
  'process.ended': {
    status: 409,
    ru: 'Процесс этой заявки завершён.',
    en: 'The process of this ticket has ended.',
  },
  'process.not_active': {
    status: 409,
    ru: 'Заявка уже не на шаге «{place}».',
    en: 'The ticket is no longer at the step "{place}".',
  },
  'process.unknown_place': {
    status: 422,
    ru: 'В схеме нет шага «{place}».',
    en: 'The diagram has no step "{place}".',
  },
  'process.unknown_outcome': {
    status: 422,
    ru: 'У шага «{place}» нет исхода «{outcome}».',
    en: 'The step "{place}" has no outcome "{outcome}".',
  },
  'process.outcome_unavailable': {
    status: 409,
    ru: 'Исход «{outcome}» сейчас недоступен: {condition}.',
    en: 'The outcome "{outcome}" is not available now: {condition}.',
  },
  'process.outcome_not_yours': {
    status: 403,
    ru: 'Исход «{outcome}» выбирает другая роль.',
    en: 'The outcome "{outcome}" is for another role to choose.',
  },
  'process.field_required': {
    status: 422,
    ru: 'Заполните поле «{field}».',
    en: 'Fill in the field "{field}".',
  },
  'process.field_invalid': {
    status: 422,
    ru: 'Поле «{field}» заполнено неверно.',
    en: 'The field "{field}" has a value that does not fit.',
  },
  'process.reply_required': {
    status: 422,
    ru: 'К исходу «{outcome}» нужен ответ клиенту.',
    en: 'The outcome "{outcome}" needs a reply to the client.',
  },
  'process.note_required': {
    status: 422,
    ru: 'К исходу «{outcome}» нужна заметка.',
    en: 'The outcome "{outcome}" needs a note.',
  },
  'process.date_missing': {
    status: 422,
    ru: 'Таймеру «{element}» нужен момент времени в «{fact}».',
    en: 'The timer "{element}" needs a moment in "{fact}".',
  },
  'process.no_way_out': {
    status: 409,
    ru: 'На развилке «{element}» не подошло ни одно условие.',
    en: 'No condition holds at the gateway "{element}".',
  },
  'process.nowhere_to_return': {
    status: 409,
    ru: 'Событию «{element}» некуда вернуть заявку.',
    en: 'The event "{element}" has nowhere to return the ticket to.',
  },
  'process.endless_loop': {
    status: 409,
    ru: 'Схема зациклена у «{element}»: шаги без ожидания не кончаются.',
    en: 'The diagram loops at "{element}": steps without waiting never end.',
  },
})
