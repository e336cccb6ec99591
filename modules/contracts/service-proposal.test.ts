import { expect, test } from 'vitest'
import { PACKAGES } from './catalogue/packages.ts'
import { termsOfPackage } from './catalogue/terms-of-package.ts'
import { proposeService, type ServiceContext } from './domain/service-proposal.ts'
import { subscription, terms } from './domain/terms.fixture.ts'

const of = (code: string) => {
  const offer = PACKAGES.find((one) => one.code === code)
  if (!offer) throw new Error(`no package ${code}`)
  return termsOfPackage(offer, { startsOn: '2026-01-01' })
}
const BUSINESS = of('crm-business')
const BASIC = of('crm-basic')

function asked(given: Partial<ServiceContext> = {}): ServiceContext {
  return { topic: null, kind: null, lane: null, channel: 'email', activity: 'diagnosis', ...given }
}

test.each<[string, Partial<ServiceContext>, string | null]>([
  ['an incident on the second line', { kind: 'incident', lane: 'it' }, 'troubleshooting'],
  ['an accident mended in code', { kind: 'accident', lane: 'dev', activity: 'development' }, 'troubleshooting'],
  ['a consultation by letter', { kind: 'consultation', lane: 'l1', activity: 'consultation' }, 'consulting-email'],
  [
    'a consultation by telephone',
    { kind: 'consultation', lane: 'l1', channel: 'phone', activity: 'consultation' },
    'consulting-online',
  ],
  ['a consultation of the second line', { kind: 'consultation', lane: 'it' }, 'consulting-configuration'],
  ['a question about content, not yet classified', { topic: 'content', activity: 'consultation' }, 'consulting-email'],
  ['an unclassified request on the second line', { lane: 'it' }, 'troubleshooting'],
  ['development for a change', { kind: 'change', lane: 'dev', activity: 'development' }, null],
  ['an unclassified request nowhere', {}, null],
])('%s belongs to the service that the package names for it', (_name, given, service) => {
  expect(proposeService(BUSINESS, asked(given))?.service ?? null).toBe(service)
})

test('a service that the package excludes is named, so that the work is seen to be extra', () => {
  const call = asked({ kind: 'consultation', channel: 'phone', lane: 'l1', activity: 'consultation' })
  expect(proposeService(BASIC, call)).toMatchObject({ service: 'consulting-online', allowance: { kind: 'excluded' } })
})

test('a contract of hours names no services, and nothing is proposed', () => {
  expect(proposeService(terms({ forms: [subscription()] }), asked({ kind: 'incident' }))).toBeNull()
})

test('a proposal says by what it was made, in both languages', () => {
  expect(proposeService(BUSINESS, asked({ kind: 'incident' }))?.because).toEqual({
    ru: 'вид обращения: инцидент',
    en: 'the request is an incident',
  })
})
