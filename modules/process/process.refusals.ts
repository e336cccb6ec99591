import { declareRefusals } from '@opora/core'

export const { specs: processServiceRefusals, refuse: refuseProcess } = declareRefusals({
  'process.not_found': {
    status: 404,
    ru: 'У обращения нет процесса, или он ещё не опубликован.',
    en: 'The ticket has no process, or none has been published.',
  },
  'process.version_not_found': {
    status: 404,
    ru: 'Такой версии процесса нет.',
    en: 'There is no such version of the process.',
  },
  'process.unsound': {
    status: 422,
    ru: 'Схема не опубликована, ошибок: {count}. Первая: {firstRu}',
    en: 'The diagram is not published, {count} errors. The first: {firstEn}',
  },
  'process.unchanged': {
    status: 409,
    ru: 'Схема не отличается от версии {version}.',
    en: 'The diagram is no different from version {version}.',
  },
  'process.from_the_past': {
    status: 422,
    ru: 'Версия не может действовать с прошедшего дня.',
    en: 'A version cannot hold from a moment that has passed.',
  },
  'process.over': {
    status: 409,
    ru: 'Процесс этой заявки уже завершён.',
    en: 'The process of this ticket is over.',
  },
  'process.does_not_fit': {
    status: 409,
    ru: 'Заявка не может перейти на эту версию: в ней нет «{elements}».',
    en: 'The ticket cannot move to this version: it has no "{elements}".',
  },
  'process.draft_not_found': {
    status: 404,
    ru: 'Черновика этого процесса нет.',
    en: 'The process has no draft.',
  },
  'process.draft_exists': {
    status: 409,
    ru: 'Черновик уже есть: его рисует {name}.',
    en: 'There is a draft already: {name} is drawing it.',
  },
  'process.period': {
    status: 422,
    ru: 'Начало периода должно быть раньше конца, а период — не длиннее года.',
    en: 'A period begins before it ends and is no longer than a year.',
  },
  'process.published_meanwhile': {
    status: 409,
    ru: 'Пока вы рисовали, опубликована другая версия.',
    en: 'Another version has been published in the meantime.',
  },
})
