import { declareRefusals } from '@opora/core'

export const surveysRefusals = declareRefusals({
  'surveys.ticket_not_found': { status: 404, ru: 'Обращение не найдено.', en: 'The ticket was not found.' },
  'surveys.not_solved': {
    status: 409,
    ru: 'Оценить можно решённое обращение.',
    en: 'A ticket can be rated once it is solved.',
  },
  'surveys.archived': {
    status: 409,
    ru: 'Обращение в архиве: оценку уже не изменить.',
    en: 'The ticket is archived: its rating cannot be changed any more.',
  },
})
