import type { Words } from '@opora/core'

/** A kind of work, by which time is logged and rates differ. */
export interface Activity {
  code: string
  name: Words
}

export const ACTIVITIES: readonly Activity[] = [
  { code: 'consultation', name: { ru: 'Консультация', en: 'Consultation' } },
  // Business consulting, at a rate of its own; a consultation on how to use the portal is ordinary support.
  { code: 'consulting', name: { ru: 'Консалтинг', en: 'Consulting' } },
  { code: 'diagnosis', name: { ru: 'Диагностика', en: 'Diagnosis' } },
  { code: 'configuration', name: { ru: 'Настройка', en: 'Configuration' } },
  { code: 'development', name: { ru: 'Разработка', en: 'Development' } },
  { code: 'layout', name: { ru: 'Вёрстка', en: 'Layout' } },
  { code: 'testing', name: { ru: 'Тестирование', en: 'Testing' } },
  { code: 'servers', name: { ru: 'Серверы', en: 'Servers' } },
  { code: 'analysis', name: { ru: 'Аналитика', en: 'Analysis' } },
  { code: 'design', name: { ru: 'Дизайн', en: 'Design' } },
  { code: 'training', name: { ru: 'Обучение', en: 'Training' } },
  { code: 'documentation', name: { ru: 'Документация', en: 'Documentation' } },
  { code: 'content', name: { ru: 'Контент и продвижение', en: 'Content and promotion' } },
  { code: 'management', name: { ru: 'Ведение клиента', en: 'Account management' } },
]

export const ACTIVITY_CODES: readonly string[] = ACTIVITIES.map((activity) => activity.code)
