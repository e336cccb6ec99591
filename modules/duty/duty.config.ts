import { defineConfig, setting } from '@opora/platform/config'

export const dutyConfig = defineConfig('duty', {
  waitMinutes: setting.integer({
    env: 'OPORA_PAGE_WAIT_MINUTES',
    default: 5,
    min: 1,
    max: 1_440,
    ru: 'Сколько минут ждать ответа на вызов, прежде чем вызвать следующего.',
    en: 'How many minutes somebody who is paged has to answer before the next person is paged.',
  }),
})
