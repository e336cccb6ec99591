import { describe, expect, it } from 'vitest'
import { differenceInWords } from '../rules-words.ts'
import { clock, days, row, service } from './clocks.fixture.ts'
import type { SlaPolicyData } from './policy.ts'
import { policyDifference } from './policy-difference.ts'

const before: SlaPolicyData = {
  rows: [
    row('P1', { priority: 1 }, { reaction: clock(60), resolution: clock(720) }),
    row('P2', { priority: [2, 3] }, { reaction: service(240) }),
    row('Прочее', {}, { reaction: service(480) }),
  ],
  pausesCounted: ['client', 'approval'],
}
const told = (after: SlaPolicyData, locale: 'ru' | 'en' = 'ru') =>
  policyDifference(before, after).map((one) => differenceInWords(one, locale).replaceAll('\u00a0', ' '))

describe('the difference of two versions of a policy', () => {
  it('is nothing for the same content, in whatever order its fields and bound values stand', () => {
    const [first, second, third] = before.rows
    const same = { ...second!, when: { priority: [3, 2] }, name: 'P2–3' }
    expect(policyDifference(before, { ...before, rows: [first!, same, third!] })).toEqual([])
  })

  it('names each changed target, row, pause and rule in a sentence of the reader’s language', () => {
    const after: SlaPolicyData = {
      rows: [
        row('P1', { priority: 1 }, { reaction: clock(30), resolution: days(1) }, { agreedTerm: true }),
        row('P2', { priority: [2, 3] }, {}, { calendarCode: '24x7' }),
        row('Облако', { portalType: 'cloud' }, { reaction: service(60) }),
      ],
      pausesCounted: ['client', 'vendor'],
      resolvedByLowering: { from: [1], to: [4] },
      warnings: [80, 50],
      ladder: [{ at: 'breach', act: 'raise' }],
    }
    expect(told(after)).toEqual([
      '«P1», реакция: 1 ч по часам → 30 мин по часам',
      '«P1», решение: 12 ч по часам → 1 рабочий день',
      '«P1»: стороны могут согласовать другой срок',
      '«P2», реакция: 4 ч рабочего времени → не обещано',
      '«P2», часы: по договору → 24x7',
      'Новая строка «Облако»: 1 ч рабочего времени',
      'Убрана строка «Прочее»',
      'Ожидание вендора теперь останавливает срок',
      'Ожидание согласования больше не останавливает срок',
      'Решено понижением: с приоритетов 1 до 4',
      'Предупреждения: 50, 80 % срока',
      'Эскалация: 1 шаг',
    ])
    expect(told(after, 'en')[0]).toBe('“P1”, reaction: 1 h by the clock → 30 min by the clock')
  })
})
