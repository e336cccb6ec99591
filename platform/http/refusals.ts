import { declareRefusals } from '@opora/core'

export const { specs: httpRefusals, refuse: refuseHttp } = declareRefusals({
  'http.invalid_request': {
    status: 400,
    ru: 'Запрос заполнен неверно: {problem}',
    en: 'The request is not valid: {problem}',
  },
  'http.invalid_json': {
    status: 400,
    ru: 'Тело запроса не читается как JSON.',
    en: 'The body cannot be read as JSON.',
  },
  'http.invalid_form': {
    status: 400,
    ru: 'Форма с файлом не читается или оборвалась. Отправьте файл ещё раз.',
    en: 'The form with the file cannot be read or was cut short. Send the file again.',
  },
  'http.invalid_text': {
    status: 400,
    ru: 'В тексте есть знак, который нельзя сохранить: половина знака Юникода или нулевой байт.',
    en: 'The text holds a character that cannot be kept: half of a Unicode character or a NUL byte.',
  },
  'http.not_found': {
    status: 404,
    ru: 'Такого нет, или оно вам недоступно.',
    en: 'There is no such thing, or it is not open to you.',
  },
  'http.method_not_allowed': {
    status: 405,
    ru: 'Этот адрес так не вызывают.',
    en: 'This address is not called like that.',
  },
  'http.unsupported_media_type': {
    status: 415,
    ru: 'Тело запроса принимается как application/json.',
    en: 'The body is taken as application/json.',
  },
  'http.too_large': { status: 413, ru: 'Запрос слишком велик.', en: 'The request is too large.' },
  'http.foreign_origin': {
    status: 403,
    ru: 'Запрос пришёл с чужой страницы.',
    en: 'The request came from a foreign page.',
  },
  'http.version_required': {
    status: 428,
    ru: 'Укажите версию, которую вы видели, в заголовке If-Match.',
    en: 'Say which version you have seen in the If-Match header.',
  },
  'http.version_conflict': {
    status: 409,
    ru: 'Пока вы правили, это изменил другой человек. Ваш текст сохранён; посмотрите новое и повторите.',
    en: 'Somebody changed this while you were editing. Your text is kept; look at what is new and repeat.',
  },
  'http.idempotency_mismatch': {
    status: 422,
    ru: 'Этот ключ Idempotency-Key уже использован с другим запросом.',
    en: 'This Idempotency-Key was used with another request.',
  },
  'http.bad_cursor': {
    status: 400,
    ru: 'Метка страницы не читается: начните список сначала.',
    en: 'The cursor cannot be read: begin the list anew.',
  },
  'http.too_many_requests': {
    status: 429,
    ru: 'Слишком много запросов. Повторите чуть позже.',
    en: 'Too many requests. Try again a little later.',
  },
  'http.internal': {
    status: 500,
    ru: 'Что-то сломалось у нас. Номер запроса: {requestId}.',
    en: 'Something broke on our side. Request id: {requestId}.',
  },
  'http.storage_full': {
    status: 507,
    ru: 'На сервере кончилось место: ничего не сохранено. Повторите позже; администратор увидит это в журнале.',
    en: 'The server is out of disk space: nothing was kept. Try again later; the administrator sees it in the log.',
  },
  'http.busy': {
    status: 503,
    ru: 'База данных сейчас недоступна. Повторите через минуту.',
    en: 'The database cannot be reached now. Try again in a minute.',
  },
})
