import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDeployment } from './deployment.ts'

describe('a pipeline’s report', () => {
  it('is read in our own form', () => {
    expect(
      readDeployment({
        ticket: 1042,
        status: 'succeeded',
        environment: 'production',
        release: '2.4.1',
        url: 'https://ci.example.test/7',
        at: '2026-05-20T17:05:00Z',
      }),
    ).toEqual({
      ticketNumbers: [1042],
      environment: 'production',
      release: '2.4.1',
      status: 'succeeded',
      url: 'https://ci.example.test/7',
      at: Date.UTC(2026, 4, 20, 17, 5),
    })
  })

  it('is read from GitHub’s deployment status', () => {
    const payload = {
      deployment_status: { state: 'failure', environment: 'prod', target_url: 'https://ci.test/1' },
      deployment: { ref: 'change/#77', sha: 'abc', description: 'Скидки #78' },
    }
    expect(readDeployment(payload)).toMatchObject({ ticketNumbers: [77, 78], status: 'failed', release: 'abc' })
  })

  it('is read from GitLab’s deployment', () => {
    const payload = { object_kind: 'deployment', status: 'running', environment: 'prod', commit_title: 'Fix #9' }
    expect(readDeployment(payload)).toMatchObject({ ticketNumbers: [9], status: 'started' })
  })

  it('names no ticket by words that only look like one, and takes no address but http', () => {
    const read = readDeployment({ status: 'success', title: 'issue#5 v#x', url: 'javascript:alert(1)' })
    expect(read).toMatchObject({ ticketNumbers: [], url: null })
  })

  it('says nothing of what is no deployment', () => {
    for (const other of [null, 5, [], {}, { status: 'weird' }, { deployment: 'x' }])
      expect(readDeployment(other)).toBeNull()
  })

  it('never throws, whatever JSON comes', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void readDeployment(value)))
  })
})
