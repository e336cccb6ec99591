import { expect, test } from 'vitest'
import { noticeSentence } from './notice-sentence.ts'

const about = { number: 7, subject: 'Портал лежит', metric: 'reaction', error: '550' }

test.each([
  'assigned',
  'client_wrote',
  'mentioned',
  'warn50',
  'warn80',
  'breach',
  'page',
  'page_asked',
  'page_late',
  'page_duty',
  'page_unanswered',
  'coupon_used',
  'mail_lost',
])('a notice of the kind %s is a sentence with the ticket’s number, in both languages', (kind) => {
  expect(noticeSentence(kind, about, 'ru')).toMatch(/[а-я].*№ 7/i)
  expect(noticeSentence(kind, about, 'en')).toMatch(/[a-z].*no\. 7/i)
})

test('a page by a coupon says that the answer is due within the hour', () => {
  expect(noticeSentence('coupon_used', about, 'ru')).toBe('Срочно, по купону, ответ в течение часа: № 7 Портал лежит')
})

test('a page that a rule asked for says nothing of an accident', () => {
  expect(noticeSentence('page', about, 'ru')).toBe('Авария: № 7 Портал лежит')
  expect(noticeSentence('page_asked', about, 'ru')).toBe('Вызов: № 7 Портал лежит')
  expect(noticeSentence('page_asked', about, 'en')).toBe('Page: no. 7 Портал лежит')
})
