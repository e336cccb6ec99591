import type { FormField } from './request-form.ts'

const blank = { help: { ru: '', en: '' }, options: [], shownWhen: [], requiredWhen: [] }

/** The form of requests whose topic has none of its own (10-requests-and-process, "A good request"). */
export const GENERAL_FORM: FormField[] = [
  { ...blank, name: 'portal', kind: 'portal', need: 'wanted', label: { ru: 'Портал или сайт', en: 'Portal or site' } },
  {
    ...blank,
    name: 'did',
    kind: 'long_text',
    need: 'wanted',
    label: { ru: 'Что вы делали', en: 'What you did' },
    help: { ru: 'По шагам: куда нажали, что заполнили', en: 'Step by step: what you clicked, what you filled in' },
  },
  {
    ...blank,
    name: 'expected',
    kind: 'long_text',
    need: 'wanted',
    label: { ru: 'Чего ждали', en: 'What you expected' },
  },
  {
    ...blank,
    name: 'saw',
    kind: 'long_text',
    need: 'required',
    label: { ru: 'Что увидели', en: 'What you saw' },
    help: { ru: 'Текст ошибки целиком, если она есть', en: 'The full text of the error, if there is one' },
  },
  {
    ...blank,
    name: 'looked',
    kind: 'text',
    need: 'optional',
    label: { ru: 'Где уже смотрели', en: 'Where you have already looked' },
    help: {
      ru: 'Другой браузер, другой сотрудник, инструкция. Можно пропустить',
      en: 'Another browser, a colleague’s account, a manual. May be left out',
    },
  },
  { ...blank, name: 'screenshot', kind: 'file', need: 'wanted', label: { ru: 'Снимок экрана', en: 'Screenshot' } },
]
