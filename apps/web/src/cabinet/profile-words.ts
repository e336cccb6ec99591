import { dictionary } from '@opora/platform/i18n'

export const profileWords = dictionary({
  title: { ru: 'Профиль', en: 'Profile' },
  you: { ru: 'О вас', en: 'About you' },
  name: { ru: 'Имя и фамилия', en: 'Name' },
  language: { ru: 'Язык писем и кабинета', en: 'Language of letters and the cabinet' },
  save: { ru: 'Сохранить', en: 'Save' },
  saved: { ru: 'Сохранено', en: 'Saved' },
  password: { ru: 'Пароль', en: 'Password' },
  passwordNone: {
    ru: 'Пароля нет: вы входите по ссылке из письма. Можно задать.',
    en: 'You have no password: you sign in by a link in a letter. You may choose one.',
  },
  current: { ru: 'Нынешний пароль', en: 'Present password' },
  next: { ru: 'Новый пароль', en: 'New password' },
  change: { ru: 'Сменить пароль', en: 'Change the password' },
  choose: { ru: 'Задать пароль', en: 'Choose a password' },
  changed: { ru: 'Пароль сохранён, остальные входы закрыты', en: 'Saved; your other sessions have ended' },
  sessions: { ru: 'Где выполнен вход', en: 'Where you are signed in' },
  here: { ru: 'это устройство', en: 'this device' },
  seen: { ru: 'был(а) здесь', en: 'last seen' },
  end: { ru: 'Завершить', en: 'End' },
  endOthers: { ru: 'Завершить остальные', en: 'End all others' },
  unknownDevice: { ru: 'Неизвестное устройство', en: 'Unknown device' },
})
