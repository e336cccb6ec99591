import { expect, test } from 'vitest'
import { layoutVariants } from './layout-switch.ts'
import { rank } from './rank.ts'

test('words typed on the wrong layout are understood both ways', () => {
  expect(layoutVariants('ljujdjh')).toContain('договор')
  expect(layoutVariants('йцукен')).toEqual(['йцукен', 'qwerty'])
})

test('commands are found by title or by their other words, the closest first', () => {
  const items = [
    { title: 'Все договоры' },
    { title: 'Договор № 12', words: 'Ромашка' },
    { title: 'Новое обращение', words: 'new ticket' },
  ]
  expect(rank(items, 'ljuj').map((item) => item.title)).toEqual(['Договор № 12', 'Все договоры'])
  expect(rank(items, 'hjvfi').map((item) => item.title)).toEqual(['Договор № 12'])
  expect(rank(items, 'ticket').map((item) => item.title)).toEqual(['Новое обращение'])
  expect(rank(items, '')).toHaveLength(3)
})
