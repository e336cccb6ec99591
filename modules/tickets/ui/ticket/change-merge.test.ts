import { expect, test } from 'vitest'
import type { Ticket } from '../../contract.ts'
import { collisionsOf } from './change-merge.ts'

const before = { subject: 'Не работает почта', priority: 3, tags: ['почта'] } as Ticket

test('changes of different fields go together without a question', () => {
  expect(collisionsOf(before, { ...before, priority: 1 }, { subject: 'Не работает почта отдела' })).toEqual([])
})

test('the same field changed to different values is a collision, to the same value is none', () => {
  const now = { ...before, subject: 'Почта отдела продаж' }
  expect(collisionsOf(before, now, { subject: 'Почта' })).toEqual([
    { field: 'subject', theirs: 'Почта отдела продаж', ours: 'Почта' },
  ])
  expect(collisionsOf(before, now, { subject: 'Почта отдела продаж' })).toEqual([])
})

test('lists are compared by what they hold', () => {
  expect(collisionsOf(before, { ...before, tags: ['почта'] }, { tags: ['почта', '1С'] })).toEqual([])
})
