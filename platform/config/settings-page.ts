import type { Locale } from '@opora/core'
import type { ModuleConfig } from './load.ts'
import type { Setting } from './setting.ts'

const WORDS = {
  ru: {
    title: 'Настройки',
    intro:
      'Настройки задаются в окружении, в файле из `OPORA_CONFIG` или в `opora.env` папки данных (строки `ИМЯ=значение` или JSON). Окружение сильнее файла. При неверной настройке Опора не запускается и называет все ошибки сразу. Тайну можно положить в файл и назвать его в `ИМЯ_FILE`.',
    head: '| Имя | Вид | По умолчанию | Зачем |',
    required: 'обязательна',
    none: 'нет',
    generated: 'Страница собрана из кода: `npm run generate`.',
  },
  en: {
    title: 'Settings',
    intro:
      'Settings come from the environment, from the file named by `OPORA_CONFIG`, or from `opora.env` in the data folder (lines `NAME=value`, or JSON). The environment wins over the file. With a wrong setting Opora does not start, and names every fault at once. A secret may lie in a file named by `NAME_FILE`.',
    head: '| Name | Type | Default | What for |',
    required: 'required',
    none: 'none',
    generated: 'This page is generated from the code: `npm run generate`.',
  },
}

/** The page of all settings, from the modules' own declarations. */
export function settingsPage(modules: readonly ModuleConfig[], locale: Locale): string {
  const words = WORDS[locale]
  const sections = modules.map((config) => {
    const rows = Object.values(config.settings).map((one) => row(one, locale))
    return [`## ${config.module}`, '', words.head, '| --- | --- | --- | --- |', ...rows].join('\n')
  })
  return `${[`# ${words.title}`, words.intro, ...sections, words.generated].join('\n\n')}\n`
}

function row(one: Setting<unknown>, locale: Locale): string {
  const words = WORDS[locale]
  const missing = one.default === undefined ? words.required : words.none
  const value = one.defaultText ? `\`${one.defaultText}\`` : missing
  return `| \`${one.env}\` | ${cell(one.kind[locale])} | ${value} | ${cell(one[locale])} |`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
