import { describe, expect, test } from 'vitest'
import { readForwarded } from './forwarded.ts'

const FORMS: Record<string, string> = {
  Gmail:
    'Коллеги, заведите.\n\n---------- Forwarded message ---------\nОт: Анна Петрова <anna@client.ru>\nDate: пн, 12 окт. 2026 г. в 10:00\nSubject: Не работает\nTo: <agent@desk.ru>\n\nПортал не открывается',
  Yandex:
    'Коллеги, заведите.\n\n-------- Пересылаемое сообщение --------\n12.10.2026, 10:00, "Анна Петрова" <anna@client.ru>:\n\nПортал не открывается',
  'Mail.ru':
    'Коллеги, заведите.\n\n-------- Пересылаемое сообщение --------\nОт кого: Анна Петрова <anna@client.ru>\nКому: agent@desk.ru\nДата: Понедельник, 12 октября 2026, 10:00 +03:00\nТема: Не работает\n\nПортал не открывается',
  Outlook:
    'Коллеги, заведите.\n\nОт: Анна Петрова [mailto:anna@client.ru]\nОтправлено: 12 октября 2026 г. 10:00\nКому: Агент\nТема: Не работает\n\nПортал не открывается',
  'Apple Mail':
    'Коллеги, заведите.\n\nНачало переадресованного сообщения:\n\nОт: Анна Петрова <anna@client.ru>\nТема: Не работает\nДата: 12 октября 2026 г.\nКому: agent@desk.ru\n\nПортал не открывается',
  Thunderbird:
    'Коллеги, заведите.\n\n-------- Forwarded Message --------\nSubject: Не работает\nDate: Mon, 12 Oct 2026\nFrom: Анна Петрова <anna@client.ru>\nTo: agent@desk.ru\n\nПортал не открывается',
  'quoted original':
    'Коллеги, заведите.\n\n-----Original Message-----\n> From: Анна Петрова <anna@client.ru>\n> Subject: Не работает\n>\n> Портал не открывается',
}

describe('a letter that staff forwarded', () => {
  test.each(Object.entries(FORMS))('%s', (_, text) => {
    expect(readForwarded(text)).toMatchObject({
      from: { name: 'Анна Петрова', address: 'anna@client.ru' },
      comment: 'Коллеги, заведите.',
      text: 'Портал не открывается',
    })
  })

  test('the subject is read where there is one', () => {
    expect(readForwarded(FORMS['Outlook'] as string)?.subject).toBe('Не работает')
    expect(readForwarded(FORMS['Yandex'] as string)?.subject).toBeNull()
  })

  test.each(['Просто письмо', 'От: кого-то\nбез даты', '---------- Forwarded message ---------\nбез отправителя', ''])(
    '%j is no forward',
    (text) => expect(readForwarded(text)).toBeNull(),
  )

  test('P1: a megabyte of marks is read in no time', () => {
    const start = performance.now()
    readForwarded('---------- Forwarded message ---------\n'.repeat(25_000))
    readForwarded(`From: ${'a '.repeat(500_000)}`)
    readForwarded(`${'From: a\n'.repeat(100_000)}`)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
