import type { Locale } from '@opora/core'
import { type Answers, answerInWords, type FormField } from './request-form.ts'

/** Answers as one readable letter; the portal is a fact of the request and is left to it unless it is named. */
export function writtenAnswers(
  fields: readonly FormField[],
  answers: Answers,
  locale: Locale,
  portal: string | null = null,
): string {
  const parts = fields.flatMap((field) => {
    const words = answerInWords(field, answers[field.name], locale, portal)
    return words === null ? [] : [`${field.label[locale]}:\n${words}`]
  })
  return parts.join('\n\n')
}

/** The letter that asks for what is missing; the desk may change every word of it. */
export function askingLetter(fields: readonly FormField[], contact: string | null, locale: Locale): string {
  const questions = fields.map((field, index) => {
    const help = field.help[locale] === '' ? '' : ` (${field.help[locale]})`
    const options = field.options.length === 0 ? '' : `: ${field.options.map((one) => one.label[locale]).join(' / ')}`
    return `${index + 1}. ${field.label[locale]}${help}${options}`
  })
  const say =
    locale === 'ru'
      ? {
          hello: contact ? `Здравствуйте, ${contact}!` : 'Здравствуйте!',
          ask: 'Чтобы решить вопрос быстрее, ответьте, пожалуйста:',
          where: 'Ответить можно прямо на это письмо или в кабинете: эти вопросы уже ждут вас там.',
        }
      : {
          hello: contact ? `Hello ${contact},` : 'Hello,',
          ask: 'To solve it sooner, please tell us:',
          where: 'You can answer this letter or in the cabinet: these questions wait for you there.',
        }
  return [say.hello, '', say.ask, '', ...questions, '', say.where].join('\n')
}
