import { describe, expect, test } from 'vitest'
import { filterFacts, parsedMail } from '../../testkit/letters.ts'
import type { AutomationMarks } from '../parsed-mail.ts'
import { autoReplyFilter } from './auto-reply.ts'

const marked = (marks: Partial<AutomationMarks>) => parsedMail({ automation: { ...parsedMail().automation, ...marks } })
const decide = (mail: ReturnType<typeof parsedMail>, facts = filterFacts()) => autoReplyFilter.decide(mail, facts)

describe('answers of absence programs are set aside', () => {
  test.each([
    [{ autoSubmitted: 'auto-replied' }, 'auto_replied'],
    [{ autoReplyHeader: 'x-autoreply' }, 'x-autoreply'],
    [{ precedence: 'auto_reply' }, 'precedence_auto_reply'],
  ])('%j', (marks, reason) => expect(decide(marked(marks))).toEqual({ verdict: 'set_aside', reason }))

  test.each(['Автоответ: Re: [#12]', 'Automatic reply: смета', 'Out of Office', 'Вне офиса до 5 мая', 'Auto-Reply: x'])(
    '%s in answer to a letter',
    (subject) => {
      expect(decide(parsedMail({ subject, inReplyTo: ['x@desk.test'] })).reason).toBe('absence_subject')
    },
  )
})

describe('what programs wrote of their own accord goes on and is never answered', () => {
  test.each(['auto-generated', 'auto-notified', 'yes'])('Auto-Submitted: %s', (autoSubmitted) => {
    expect(decide(marked({ autoSubmitted })).verdict).toBe('mute')
  })

  test('E14: the null sender, in the envelope or in Return-Path', () => {
    expect(decide(parsedMail(), filterFacts({ envelopeFrom: '' })).reason).toBe('null_return_path')
    expect(decide(marked({ nullReturnPath: true })).reason).toBe('null_return_path')
  })

  test.each(['noreply@x.test', 'no-reply@x.test', 'no-reply+17@x.test', 'MAILER-DAEMON@x.test', 'postmaster@x.test'])(
    '%s',
    (address) => {
      expect(decide(parsedMail({ from: { name: '', address } })).reason).toBe('robot_address')
    },
  )

  test('X-Auto-Response-Suppress: All', () => {
    expect(decide(parsedMail({ headers: new Map([['x-auto-response-suppress', ['All']]]) })).reason).toBe(
      'answers_suppressed',
    )
  })
})

describe('people pass', () => {
  test('Auto-Submitted: no', () => expect(decide(marked({ autoSubmitted: 'no' })).verdict).toBe('pass'))

  test('Exchange sets X-Auto-Response-Suppress on ordinary letters', () => {
    const headers = new Map([['x-auto-response-suppress', ['DR, OOF']]])
    expect(decide(parsedMail({ headers })).verdict).toBe('pass')
  })

  test('a request about automatic answers is no automatic answer', () => {
    expect(decide(parsedMail({ subject: 'Автоответ не работает' })).verdict).toBe('pass')
  })

  test('the sender of the envelope may be unknown', () => {
    expect(decide(parsedMail(), filterFacts({ envelopeFrom: null })).verdict).toBe('pass')
  })
})
