import { expect, test } from 'vitest'
import { subjectWithTag, ticketNumberIn } from './subject-tag.ts'

test.each([
  ['Re: [#12] Не открывается портал', 12],
  ['[#OP-345] x', 345],
  ['Заявка #12', null],
  ['[12]', null],
  ['[#]', null],
  ['', null],
])('%j names ticket %s', (subject, number) => expect(ticketNumberIn(subject)).toBe(number))

test.each([
  ['Не открывается портал', '[#7] Не открывается портал'],
  ['Re: Не открывается', 'Re: [#7] Не открывается'],
  ['RE: Fwd: Re[2]: x', 'Re: [#7] x'],
  ['Ответ: Re: [#7] x', 'Re: [#7] x'],
  ['Re: [#7] [#7] x', 'Re: [#7] x'],
  ['', '[#7]'],
])('%j goes out as %j', (subject, out) => expect(subjectWithTag(subject, 7)).toBe(out))
