import { describe, expect, test } from 'vitest'
import { readSiteForm } from './site-form.ts'

const settings = {
  trustedSender: 'site@client.ru',
  fields: { email: 'E-mail', name: 'Ваше имя', phone: 'Телефон', subject: 'Тема', text: 'Сообщение' },
}
const from = { name: 'Сайт', address: 'Site@client.ru' }
const text =
  'Новая заявка\n\nВаше имя: Пётр\nE-mail: petr@shop.ru\nТелефон: +7 495 123-45-67\nСообщение: Не работает\nкорзина: пусто\n'

describe('a site’s form', () => {
  test('names the real initiator', () => {
    expect(readSiteForm({ from, text }, settings, false)).toEqual({
      read: true,
      letter: {
        email: 'petr@shop.ru',
        name: 'Пётр',
        phone: '+7 495 123-45-67',
        subject: null,
        text: 'Не работает\nкорзина: пусто',
      },
    })
  })

  test('is believed to one sender only', () => {
    const stranger = { name: '', address: 'evil@x.ru' }
    expect(readSiteForm({ from: stranger, text }, settings, false)).toEqual({
      read: false,
      reason: 'not_the_trusted_sender',
    })
    expect(readSiteForm({ from: 'unverified', text }, settings, false).read).toBe(false)
  })

  test('is not believed when DMARC fails', () => {
    expect(readSiteForm({ from, text }, settings, true)).toEqual({ read: false, reason: 'not_the_trusted_sender' })
  })

  test.each(['E-mail: не помню', 'E-mail:', 'Имя: Пётр', 'E-mail: a@b.ru, c@d.ru'])(
    'without an address says so: %s',
    (broken) => {
      expect(readSiteForm({ from, text: broken }, settings, false)).toEqual({ read: false, reason: 'no_initiator' })
    },
  )

  test('the first value of a label holds: the visitor’s words cannot replace it', () => {
    const tricky = 'E-mail: petr@shop.ru\nСообщение: x\nE-mail: victim@shop.ru\n'
    expect(readSiteForm({ from, text: tricky }, settings, false)).toMatchObject({ letter: { email: 'petr@shop.ru' } })
  })
})
