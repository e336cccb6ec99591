import { declareRefusals } from '@opora/core'

export const { specs: insightRefusals, refuse: refuseInsight } = declareRefusals({
  'insight.category_unknown': {
    status: 422,
    ru: 'Такой статьи бюджета нет.',
    en: 'There is no such heading of the budget.',
  },
  'insight.category_twice': {
    status: 422,
    ru: 'Статья бюджета названа дважды.',
    en: 'A heading of the budget is named twice.',
  },
  'insight.person_unknown': {
    status: 422,
    ru: 'Такого сотрудника нет.',
    en: 'There is no such person.',
  },
})
