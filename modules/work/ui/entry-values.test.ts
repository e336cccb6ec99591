import { expect, test } from 'vitest'
import { entryBody, valuesOf } from './entry-values.ts'

const empty = valuesOf(null, new Date(2026, 2, 3, 12))

test('minutes alone stand on a day, and the first activity is taken where none was chosen', () => {
  expect(entryBody({ ...empty, minutes: 30, note: 'Права' }, 'support')).toEqual({
    activity: 'support',
    note: 'Права',
    urgent: false,
    onSite: false,
    visible: true,
    date: '2026-03-03',
    minutes: 30,
  })
})

test('a beginning with an end says its minutes by itself; work past midnight ends on the next day', () => {
  const body = entryBody({ ...empty, from: '23:30', to: '00:15' }, 'support')
  expect(body).toMatchObject({
    startedAt: new Date(2026, 2, 3, 23, 30).toISOString(),
    endedAt: new Date(2026, 2, 4, 0, 15).toISOString(),
  })
  expect(body).not.toHaveProperty('minutes')
})

test('whether it is billable goes along only when somebody has chosen', () => {
  expect(entryBody({ ...empty, minutes: 5, billable: 'no' }, 'x')).toMatchObject({ billable: false })
  expect(entryBody({ ...empty, minutes: 5 }, 'x')).not.toHaveProperty('billable')
})

test('a service goes along only when somebody has chosen, and none is a choice too', () => {
  expect(entryBody({ ...empty, minutes: 5 }, 'x')).not.toHaveProperty('service')
  expect(entryBody({ ...empty, minutes: 5, service: 'none' }, 'x')).toMatchObject({ service: null })
  expect(entryBody({ ...empty, minutes: 5, service: 'backups' }, 'x')).toMatchObject({ service: 'backups' })
})
