import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { visibleReply } from '../domain/visible-reply/visible-reply.ts'
import type { LetterParts } from './letter-template.ts'
import { renderLetter } from './letter-template.ts'

const parts = (overrides: Partial<LetterParts> = {}): LetterParts => ({
  locale: 'ru',
  title: 'Опора',
  body: { text: 'Мы приняли обращение.' },
  facts: [
    { label: 'Номер', value: '12' },
    { label: 'Ответим до', value: '12 октября, 12:00' },
  ],
  links: [{ label: 'Открыть в кабинете', url: 'https://desk.test/t/12' }],
  asksForReply: true,
  footer: 'ООО «Поддержка»',
  ...overrides,
})

describe('a letter', () => {
  test('says the same in text and in HTML', () => {
    const { text, html } = renderLetter(parts())
    expect(text).toBe(
      '-- Пожалуйста, пишите выше этой линии --\n\nОпора\n\nМы приняли обращение.\n\nНомер: 12\nОтветим до: 12 октября, 12:00\n\nОткрыть в кабинете: https://desk.test/t/12\n\nООО «Поддержка»\n',
    )
    for (const words of ['Мы приняли обращение.', 'Ответим до', '12 октября, 12:00', 'https://desk.test/t/12'])
      expect(html).toContain(words)
  })

  test('answered above its line leaves the answer alone', () => {
    const quoted = renderLetter(parts())
      .text.split('\n')
      .map((line) => `> ${line}`)
      .join('\n')
    expect(visibleReply(`Спасибо!\n\n${quoted}`).visible).toBe('Спасибо!')
  })

  test('that expects no answer has no such line', () => {
    expect(renderLetter(parts({ asksForReply: false })).text).not.toContain('выше этой линии')
  })
})

describe('what others wrote into it', () => {
  test('I1: the corpora of hostile HTML come out harmless in letters too', () => {
    const names = ['dompurify', 'sanitize-html', 'bluemonday']
    const inputs = names.flatMap((name) => {
      const path = new URL(`../../tickets/testdata/html/${name}.json`, import.meta.url)
      return (JSON.parse(readFileSync(path, 'utf8')) as { input: unknown }[]).map(({ input }) => String(input))
    })
    expect(inputs.length).toBeGreaterThan(250)
    for (const input of inputs) {
      const { html } = renderLetter(parts({ body: { html: input } }))
      const tags = html.match(/<[^>]*>/g) ?? []
      expect(
        tags.filter((tag) =>
          /\son\w+\s*=|javascript:|srcdoc|<(?:script|iframe|object|svg|math|style|base|form)\b/i.test(
            tag.replace(/"[^"]*"/g, (value) => (/^"\s*javascript:/i.test(value) ? value : '""')),
          ),
        ),
      ).toEqual([])
    }
  })

  test('I2: quotes in an address of a plain text stay text', () => {
    const { html } = renderLetter(parts({ body: { text: 'http://x.test?"onmouseover="alert(1)' } }))
    expect(html).not.toContain('"onmouseover')
  })

  test('I8: names, values and footers are words, not markup', () => {
    const evil = '<img src=x onerror=alert(1)>'
    const { html } = renderLetter(
      parts({
        title: evil,
        facts: [{ label: evil, value: evil }],
        links: [{ label: evil, url: 'https://desk.test/"><script>' }],
        footer: evil,
      }),
    )
    expect(html).not.toMatch(/<img|<script/)
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', 'mailto:a@b.test', '//evil.test', ''])(
    'I4: a button never leads to %j',
    (url) => {
      const { html, text } = renderLetter(parts({ links: [{ label: 'Открыть', url }] }))
      expect(html + text).not.toContain('Открыть')
    },
  )

  test('I11: template marks are words', () => {
    const marks = '{{constructor.constructor("return 1")()}} {{#with}} <%= 7*7 %>'
    expect(renderLetter(parts({ body: { text: marks } })).text).toContain(marks)
  })
})
