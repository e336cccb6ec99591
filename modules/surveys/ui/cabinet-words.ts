import { dictionary } from '@opora/platform/i18n'

export const cabinetRatingWords = dictionary({
  ask: { ru: 'Как мы справились?', en: 'How did we do?' },
  rated: { ru: 'Ваша оценка', en: 'Your rating' },
  score1: { ru: 'Плохо', en: 'Bad' },
  score2: { ru: 'Так себе', en: 'Poor' },
  score3: { ru: 'Нормально', en: 'Fair' },
  score4: { ru: 'Хорошо', en: 'Good' },
  score5: { ru: 'Отлично', en: 'Excellent' },
  comment: { ru: 'Хотите что-то добавить?', en: 'Anything to add?' },
  commentBad: { ru: 'Что было не так? Менеджер прочтёт', en: 'What went wrong? The manager will read it' },
  send: { ru: 'Отправить', en: 'Send' },
  thanks: { ru: 'Спасибо, оценка сохранена', en: 'Thank you, your rating is saved' },
  thanksComment: { ru: 'Спасибо, передали команде', en: 'Thank you, we passed it on to the team' },
  change: { ru: 'Оценку можно поменять', en: 'You can change it' },
})
