import { expect, test } from 'vitest'
import { splitQuote } from './split-quote.ts'

test('the quotation under an answer is folded away', () => {
  expect(
    splitQuote('Спасибо, заработало!\n\n3 марта 2026 г., 12:01, Опора <support@x.test> пишет:\n> Проверьте'),
  ).toEqual({
    own: 'Спасибо, заработало!',
    quoted: '3 марта 2026 г., 12:01, Опора <support@x.test> пишет:\n> Проверьте',
  })
  expect(splitQuote('Yes\n> a\n> b\n').own).toBe('Yes')
})

test('an answer between quoted lines stays whole, and so does a text that only quotes', () => {
  const inline = '> первый вопрос\nда\n> второй вопрос\nнет, потому что\nиначе\nне\nвыйдет'
  expect(splitQuote(inline)).toEqual({ own: inline, quoted: '' })
  expect(splitQuote('> только цитата').own).toBe('> только цитата')
})

test('a plain text has no quotation', () => {
  expect(splitQuote('Добрый день!\nНе открывается CRM.')).toEqual({
    own: 'Добрый день!\nНе открывается CRM.',
    quoted: '',
  })
})
