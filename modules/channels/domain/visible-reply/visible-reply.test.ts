import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meets, replyCases } from '../../testkit/reply-corpus.ts'
import { REPLY_LINE } from './separators.ts'
import { visibleReply } from './visible-reply.ts'

const visible = (text: string) => visibleReply(text).visible

describe('Russian mail programs', () => {
  const quotation = '> Добрый день!\n> Проверьте, пожалуйста.\n'
  test.each([
    ['Gmail', `Проверил, работает.\n\nпт, 12 окт. 2026 г. в 10:00, Поддержка <support@desk.ru>:\n\n${quotation}`],
    [
      'Gmail with a verb',
      `Проверил, работает.\n\nПт, 12 окт. 2026 г. в 10:00, Поддержка <support@desk.ru> пишет:\n\n${quotation}`,
    ],
    ['Yandex', `Проверил, работает.\n\n12.10.2026, 10:00, "Поддержка" <support@desk.ru>:\n${quotation}`],
    [
      'Mail.ru',
      `Проверил, работает.\n\nПонедельник, 12 октября 2026, 10:00 +03:00 от Поддержка <support@desk.ru>:\n${quotation}`,
    ],
    [
      'Apple Mail',
      `Проверил, работает.\n\n12 окт. 2026 г., в 10:00, Поддержка <support@desk.ru> написал(а):\n\n${quotation}`,
    ],
    ['Thunderbird', `Проверил, работает.\n\n12.10.2026 10:00, Поддержка пишет:\n${quotation}`],
    ['The Bat', `Проверил, работает.\n\nВы писали 12 октября 2026 г., 10:00:00:\n\n${quotation}`],
    [
      'Outlook',
      'Проверил, работает.\n\nОт: Поддержка <support@desk.ru>\nОтправлено: 12 октября 2026 г. 10:00\nКому: Анна\nТема: RE: [#12] Портал\n\nДобрый день!',
    ],
    [
      'Outlook with a line',
      'Проверил, работает.\n\n________________________________\nОт: Поддержка\nОтправлено: 12 октября 2026 г.\nКому: Анна\nТема: Портал\n\nДобрый день!',
    ],
    ['Outlook 2003', 'Проверил, работает.\n\n-----Исходное сообщение-----\nОт: Поддержка\n\nДобрый день!'],
    [
      'a phone',
      `Проверил, работает.\n\nОтправлено с iPhone\n\n12 окт. 2026 г., в 10:00, Поддержка <support@desk.ru> написал(а):\n\n${quotation}`,
    ],
    ['a phone alone', 'Проверил, работает.\n\nОтправлено из мобильной Почты Mail.ru'],
    ['a signature', 'Проверил, работает.\n\n-- \nАнна Петрова\nООО «Ромашка»'],
    ['our own line', `Проверил, работает.\n\n> ${REPLY_LINE.ru}\n> Добрый день!`],
    ['our own line, not quoted', `Проверил, работает.\n${REPLY_LINE.ru}\nДобрый день!`],
    ['our own line in English', `Проверил, работает.\n| ${REPLY_LINE.en}\nHello`],
  ])('%s', (_, text) => expect(visible(text)).toBe('Проверил, работает.'))
})

describe('what stays', () => {
  test('an answer below the quotation', () => {
    expect(visible('12.10.2026, 10:00, Поддержка <s@desk.ru> пишет:\n> Работает?\n\nДа, спасибо.')).toBe('Да, спасибо.')
  })

  test('quotations between answers, because they are what is answered', () => {
    const text = '> Какой портал?\nОсновной.\n> С какого часа?\nС десяти.'
    expect(visible(text)).toBe(text)
  })

  test.each([
    'В понедельник в 10:00 портал упал, в журнале написано:\nошибка 500',
    'Пользователь пишет:\nне могу войти',
    'В 10:00 система пишет:\nошибка 500',
    '12 октября портал написал:\nошибка 500',
    'Вчера, 12 октября в 10:00, коллеги записали:\nошибка 500',
    'От: 10:00\nДо: 12:00\nпортал не работал',
    'Дата: 12 октября\nВремя: 10:00\nАдрес: портал',
    'Шаги:\n----\n1. открыл\n----\n2. закрыл',
    'Список:\n-- первое\n-- второе',
  ])('%j is no quotation', (text) => expect(visible(text)).toBe(text))

  test('a forwarded letter, because it is what the writer has to say', () => {
    const text =
      'См. ниже\n\n---------- Forwarded message ---------\nFrom: a@b.ru\nDate: x\nSubject: y\nTo: c@d.ru\n\nТекст'
    expect(visible(text)).toBe(text)
  })

  test('the whole letter, when all of it looks quoted', () => {
    expect(visibleReply('> только цитата')).toEqual({ visible: '> только цитата', quoted: '' })
  })

  test('every word, either seen or folded', () => {
    const word = fc.constantFrom(
      'да',
      '> цитата',
      'On Mon, 1 Jan 2026 at 10:00, A <a@b.ru> wrote:',
      '-- ',
      '',
      'От: a@b.ru',
      'Тема: x',
      '__',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), (lines) => {
        const { visible, quoted } = visibleReply(lines.join('\n'))
        const words = (text: string) => text.split(/\s+/).filter(Boolean).sort()
        expect(words(`${visible}\n${quoted}`)).toEqual(words(lines.join('\n')))
      }),
      { numRuns: 500 },
    )
  })
})

/** How many cases of each source are met; the rest differ in policy (signatures, forwards) or in a rare language. */
const MINIMUM: Record<string, [met: number, of: number]> = {
  'crisp-email-reply-parser': [67, 72],
  'discourse-email_reply_trimmer': [54, 64],
  'github-zapier-email_reply_parser': [20, 24],
  'mailgun-talon-text': [61, 64],
  'willdurand-EmailReplyParser': [38, 41],
}

describe('the corpora of other parsers', () => {
  test.each(Object.entries(MINIMUM))('%s: at least %s', (source, [met, of]) => {
    const results = replyCases(source).map((one) => meets(one, visibleReply(one.input_text as string)))
    const judged = results.filter((result) => result !== null)
    expect(judged.length).toBe(of)
    expect(judged.filter(Boolean).length).toBeGreaterThanOrEqual(met)
  })
})

describe('P1: a hostile letter cannot hold a core', () => {
  test.each([
    ['quotation marks', '>'.repeat(1_000_000)],
    ['quoted lines', '> a\n'.repeat(250_000)],
    ['beginnings of attributions', 'On Mon, 1 Jan 2026 '.repeat(50_000)],
    ['lines that begin an attribution', 'On Mon, 1 Jan 2026\n'.repeat(50_000)],
    ['attributions', 'On Mon, 1 Jan 2026 at 10:00, A <a@b.ru> wrote:\n> x\n'.repeat(20_000)],
    ['header lines', 'From: a@b.ru\n'.repeat(80_000)],
    ['dashes', `${'-'.repeat(1_000_000)}\n`],
    ['lines of dashes', '-- \n'.repeat(250_000)],
    ['blank lines', '\n'.repeat(1_000_000)],
    ['spaces', ' '.repeat(1_000_000)],
    ['phones', 'Sent from my phone\n'.repeat(50_000)],
    ['at signs', 'a@'.repeat(500_000)],
  ])('a megabyte of %s is read within a second', (_, text) => {
    const start = performance.now()
    visibleReply(text)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
