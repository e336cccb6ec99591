import type { Locale } from '@opora/core'
import { dictionary, speak } from '@opora/platform/i18n'
import type { Letter, Reader, TicketWords } from './letters.ts'

const words = dictionary({
  subject: {
    ru: '[#{number}] Срок оценки закончился: {subject}',
    en: '[#{number}] The estimate has expired: {subject}',
  },
  body: {
    ru: 'Оценка действовала до {date} и не была согласована. Если работа ещё нужна, ответьте на это письмо: мы пришлём новую.',
    en: 'The estimate was valid until {date} and nobody approved it. If the work is still wanted, answer this letter: we will send another.',
  },
})

/** Nobody decided an estimate in time. */
export function expiredLetter(
  company: string,
  reader: Reader,
  ticket: TicketWords,
  until: (locale: Locale) => string,
): Letter {
  const say = speak(words, reader.locale)
  return {
    subject: say('subject', { number: String(ticket.number), subject: ticket.subject }),
    letter: {
      locale: reader.locale,
      title: company,
      body: { text: say('body', { date: until(reader.locale) }) },
      asksForReply: true,
    },
  }
}
