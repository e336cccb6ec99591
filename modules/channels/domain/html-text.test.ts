import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { htmlToText } from './html-text.ts'

describe('the words of an HTML letter', () => {
  test.each([
    ['<p>Добрый день!</p><p>Не работает&nbsp;портал</p>', 'Добрый день!\n\nНе работает портал'],
    ['a<br>b<br/>c', 'a\nb\nc'],
    ['<div>a</div><div>b</div>', 'a\nb'],
    ['<style>p{}</style><script>alert(1)</script>x', 'x'],
    ['<!-- no --><b>да</b> &laquo;нет&raquo; &#1078;&#x436;', 'да «нет» жж'],
    ['<table><tr><td>Имя</td><td>Анна</td></tr><tr><td>x</td></tr></table>', 'Имя Анна\nx'],
    ['5 < 6 и 7 > 6', '5 < 6 и 7 > 6'],
    ['<a title="a > b" href="x">ссылка</a>', 'ссылка'],
    ['<ul><li>раз</li><li>два</li></ul>', 'раз\nдва'],
    ['  много \n  пробелов ', 'много пробелов'],
  ])('%s', (html, text) => expect(htmlToText(html)).toBe(text))

  test('P1: any text is read, and fourteen megabytes in less than five seconds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '!', '-', '/', 'a', '"', '=', ' ', '&', ';') }),
        (html) => {
          htmlToText(html)
        },
      ),
    )
    const start = performance.now()
    for (const piece of [
      '<',
      '<a ',
      '<!--',
      '<a "',
      '</',
      '<!',
      '&#1;',
      '\n ',
      '<br>',
      'a "<b ',
      '<a ">',
      "<a '>",
      '<p>',
      '<a b="',
    ])
      htmlToText(piece.repeat(1_000_000 / piece.length))
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})
