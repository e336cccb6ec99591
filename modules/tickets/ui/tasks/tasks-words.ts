import { dictionary } from '@opora/platform/i18n'

export const tasksWords = dictionary({
  tasks: { ru: 'Мои задачи', en: 'My tasks' },
  instructions: { ru: 'Рабочие инструкции', en: 'Work instructions' },
  none: { ru: 'Задач нет', en: 'No tasks' },
  noneText: {
    ru: 'Когда обращение дойдёт до вашей роли, оно появится здесь.',
    en: 'A ticket that comes to your role appears here.',
  },
  mine: { ru: 'моё', en: 'mine' },
  overdue: { ru: 'срок прошёл', en: 'overdue' },
  noTerm: { ru: 'без срока', en: 'no term' },
  more: { ru: 'Показаны первые 300.', en: 'The first 300 are shown.' },
})
