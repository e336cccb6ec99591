import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sanitiseHtml, textToHtml } from './sanitise.ts'

const link = (url: string, words = url) =>
  `<a href="${url}" rel="noopener noreferrer nofollow" target="_blank">${words}</a>`

describe('plain text becomes HTML', () => {
  test('addresses become links and the punctuation after them does not', () => {
    expect(textToHtml('См. https://ya.ru/a, и пишите.')).toBe(`См. ${link('https://ya.ru/a')}, и пишите.`)
  })

  test('lines stay lines and signs are escaped', () => {
    expect(textToHtml('a < b\r\n"c" & d')).toBe('a &lt; b<br />\n&quot;c&quot; &amp; d')
  })

  test('I2: quotes in an address cannot leave the attribute', () => {
    expect(textToHtml('http://x.ru?"onmouseover="alert(1)')).toBe(
      `${link('http://x.ru/', 'http://x.ru')}?&quot;onmouseover=&quot;alert(1)`,
    )
    expect(textToHtml("http://x.ru/'onclick='a")).not.toMatch(/'/)
  })

  test('I4: no other scheme becomes a link', () => {
    expect(textToHtml('javascript:alert(1) data:text/html,x file:///etc')).not.toContain('<a ')
  })

  test('I2: whatever the text, cleaning the result changes nothing', () => {
    const text = fc.array(
      fc.oneof(
        fc.constantFrom('http://', 'https://x', '"', "'", '<', '>', '&', 'mailto:', ' ', '\n'),
        fc.string({ maxLength: 8 }),
      ),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(text, (parts) => {
        const html = textToHtml(parts.join(''))
        const attributes = [
          ...html.matchAll(/<(?!a href="[^"<>]*" rel="noopener noreferrer nofollow" target="_blank">|\/a>|br \/>)/g),
        ]
        return attributes.length === 0 && !/<script/i.test(sanitiseHtml(html))
      }),
      { numRuns: 500 },
    )
  })

  test('P1: a megabyte of addresses is done within a second', () => {
    const start = performance.now()
    textToHtml('http://a '.repeat(110_000))
    textToHtml(`http://${'a'.repeat(1_000_000)}`)
    textToHtml(`http://a${'.'.repeat(1_000_000)}`)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
