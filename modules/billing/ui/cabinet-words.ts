import { dictionary } from '@opora/platform/i18n'

export const cabinetReportWords = dictionary({
  reports: { ru: 'Отчёты', en: 'Reports' },
  lead: {
    ru: 'Раз в месяц мы закрываем период: что сделано, сколько часов ушло и какие сроки мы сдержали.',
    en: 'Once a month we close the period: what was done, how many hours it took and which times we kept.',
  },
  none: { ru: 'Отчётов пока нет', en: 'No reports yet' },
  noneText: { ru: 'Первый появится после закрытия месяца.', en: 'The first one comes when a month is closed.' },
  contract: { ru: 'Договор {number}', en: 'Contract {number}' },
  solved: {
    ru: { one: 'решено {n} обращение', few: 'решено {n} обращения', many: 'решено {n} обращений' },
    en: { one: '{n} request solved', other: '{n} requests solved' },
  },
  rejected: { ru: 'отклонено {n}', en: '{n} rejected' },
  worked: { ru: 'работа {time}', en: '{time} of work' },
  kept: { ru: 'сроки сдержаны на {share} %', en: '{share}% of times kept' },
  breaches: {
    ru: { one: '{n} нарушение', few: '{n} нарушения', many: '{n} нарушений' },
    en: { one: '{n} breach', other: '{n} breaches' },
  },
  pdf: { ru: 'PDF', en: 'PDF' },
  xlsx: { ru: 'Excel', en: 'Excel' },
  other: { ru: 'In English:', en: 'По-русски:' },
  download: { ru: 'Скачать отчёт за {month}: {format}', en: 'Download the report for {month}: {format}' },
})
