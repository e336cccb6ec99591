import type { ContractTerms } from '@opora/contracts'
import { rates } from '@opora/contracts/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type WorkBench, workBench } from './work.bench.ts'

const FLAT: ContractTerms['forms'] = [
  {
    kind: 'flat',
    code: 'services',
    services: [
      { service: 'troubleshooting', allowance: { kind: 'unlimited' } },
      { service: 'consulting-email', allowance: { kind: 'unlimited' } },
      { service: 'consulting-online', allowance: { kind: 'excluded' } },
      { service: 'backups', allowance: { kind: 'minutes', minutesPerMonth: 120, leftover: { kind: 'burns' } } },
    ],
  },
  { kind: 'postpaid', code: 'postpaid' },
]

let bench: WorkBench
beforeAll(async () => {
  bench = await workBench({ forms: FLAT, rates: rates() })
})
afterAll(() => bench.close())

const worked = { activity: 'diagnosis', note: 'Нашёл причину', date: '2026-01-19', minutes: 60 }

describe('time on a package of services', () => {
  it('goes to the service of the request’s kind, which is proposed with its reason and what will be billed', async () => {
    const { api, works } = bench
    const id = await bench.openTicket({ kind: 'incident' })
    const preview = await api.call(works, 'POST', `/tickets/${id}/time/preview`, worked)
    expect(preview.body).toMatchObject({
      billable: false,
      needsEstimate: false,
      service: {
        code: 'troubleshooting',
        name: 'Устранение неполадок',
        allowance: 'unlimited',
        because: 'вид обращения: инцидент',
      },
      services: [
        { code: 'troubleshooting' },
        { code: 'consulting-email' },
        { code: 'consulting-online', allowance: 'excluded' },
        { code: 'backups', allowance: 'minutes' },
      ],
      sentence: 'Услуга «Устранение неполадок» входит в пакет без ограничений.',
    })
    const logged = await api.call(works, 'POST', `/tickets/${id}/time`, worked)
    expect(logged).toMatchObject({
      status: 201,
      body: { billable: false, share: 'included', service: { code: 'troubleshooting', name: 'Устранение неполадок' } },
    })
  })

  it('is changed by a person: to a service with hours of its own, or to none', async () => {
    const { api, works } = bench
    const id = await bench.openTicket({ kind: 'incident' })
    const logged = await api.call(works, 'POST', `/tickets/${id}/time`, { ...worked, service: 'backups' })
    expect(logged).toMatchObject({
      status: 201,
      body: { billable: true, share: 'package', chargedMinutes: 60, service: { code: 'backups' } },
    })
    const none = await api.call(works, 'POST', `/tickets/${id}/time`, { ...worked, service: null })
    expect(none).toMatchObject({ status: 409, body: { code: 'work.estimate_required' } })
    const unknown = await api.call(works, 'POST', `/tickets/${id}/time`, { ...worked, service: 'gardening' })
    expect(unknown).toMatchObject({ status: 422, body: { code: 'work.service_unknown', field: 'service' } })
    const path = `/time/${logged.body['id']}`
    const moved = await api.call(works, 'PATCH', path, { service: 'troubleshooting' }, 1)
    expect(moved.body).toMatchObject({
      service: { code: 'troubleshooting' },
      billable: false,
      reason: 'service_included',
    })
    const kept = await api.call(works, 'PATCH', path, { note: 'Проверил копии' }, 2)
    expect(kept.body).toMatchObject({ service: { code: 'troubleshooting' } })
  })

  it('that the package excludes or does not name waits for an estimate, and the reason names the service', async () => {
    const { api, works } = bench
    const id = await bench.openTicket({ kind: 'change' })
    const made = { ...worked, activity: 'development' }
    const preview = await api.call(works, 'POST', `/tickets/${id}/time/preview`, made)
    expect(preview.body).toMatchObject({ service: null, needsEstimate: true })
    const online = await api.call(works, 'POST', `/tickets/${id}/time/preview`, {
      ...made,
      service: 'consulting-online',
    })
    expect(online.body).toMatchObject({
      service: { code: 'consulting-online', allowance: 'excluded', because: null },
      reason: 'service_excluded',
      needsEstimate: true,
      explanation: expect.stringContaining('Консультации по функциям: телефон и видео'),
    })
  })
})
