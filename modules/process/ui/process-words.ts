import { dictionary } from '@opora/platform/i18n'

export const processWords = dictionary({
  diagram: { ru: 'Схема процесса', en: 'Process diagram' },
  diagramAt: { ru: 'Схема процесса. Сейчас: {places}', en: 'Process diagram. Now: {places}' },
  zoomIn: { ru: 'Крупнее', en: 'Zoom in' },
  zoomOut: { ru: 'Мельче', en: 'Zoom out' },
  whole: { ru: 'Показать целиком', en: 'Show the whole diagram' },
  present: { ru: 'К текущему шагу', en: 'Go to the present step' },
  here: { ru: 'Сейчас', en: 'Now' },
  passed: { ru: 'Пройдено', en: 'Passed' },
  broken: { ru: 'Схема не открывается', en: 'The diagram cannot be shown' },
})
