import { expect, test } from 'vitest'
import { bodyOf, withPictures } from './message-body.ts'

test('a letter that quotes shows its own words and keeps the rest behind a fold', () => {
  const letter = {
    text: 'Спасибо!\n\n> Готово',
    visibleText: 'Спасибо!',
    html: '<p>Спасибо!</p><blockquote>Готово</blockquote>',
  }
  expect(bodyOf(letter)).toEqual({ html: null, text: 'Спасибо!', whole: true })
})

test('a letter without a quotation shows its HTML, and plain text where there is none', () => {
  expect(bodyOf({ text: 'Да', visibleText: 'Да', html: '<b>Да</b>' })).toMatchObject({
    html: '<b>Да</b>',
    whole: false,
  })
  expect(bodyOf({ text: 'Да', visibleText: '', html: null })).toEqual({ html: null, text: 'Да', whole: false })
})

test('a picture inside a letter comes from our preview; an unknown one has no address', () => {
  const file = { id: 'x', name: 'a.png', mime: 'image/png', sizeBytes: 1, url: '/api/v1/files/x', inlineCid: 'a@b' }
  expect(withPictures('<img src="cid:a@b" alt="1" /><img src="cid:none" />', [file])).toBe(
    '<img src="/api/v1/files/x/preview" alt="1" /><img  />',
  )
})
