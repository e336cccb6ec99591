import { describe, expect, test } from 'vitest'
import { dmarcVerdict, readAuthResults } from './authentication.ts'

const GOOD =
  'mx.desk.ru; dkim=pass header.i=@client.ru (good (nested) one); spf=pass smtp.mailfrom=anna@client.ru; dmarc=pass (p=REJECT) header.from=Client.ru'

describe('Authentication-Results', () => {
  test('are read with comments left out', () => {
    expect(readAuthResults(GOOD)).toEqual({
      authservId: 'mx.desk.ru',
      dmarc: 'pass',
      spf: 'pass',
      dkim: 'pass',
      fromDomain: 'client.ru',
    })
  })

  test('one DKIM signature that passes is enough', () => {
    expect(readAuthResults('mx; dkim=fail header.d=a; dkim=pass header.d=b')?.dkim).toBe('pass')
  })

  test('what is absent or unknown is none; a comment cannot smuggle a pass in', () => {
    expect(readAuthResults('mx; none')).toMatchObject({ dmarc: 'none', spf: 'none', dkim: 'none' })
    expect(readAuthResults('mx; dmarc=fail (; dmarc=pass)')?.dmarc).toBe('fail')
    expect(readAuthResults('mx (; dmarc=pass')?.dmarc).toBe('none')
    expect(readAuthResults(' ; dmarc=pass')).toBeNull()
  })
})

describe('the verdict on DMARC', () => {
  const results = (...values: string[]) => values.flatMap((value) => readAuthResults(value) ?? [])
  const ours = new Set(['mx.desk.ru'])

  test('comes from our own server', () => {
    expect(dmarcVerdict(results(GOOD), ours, 'anna@client.ru')).toBe('pass')
  })

  test('E1: is not taken from a header that the sender wrote', () => {
    expect(dmarcVerdict(results('evil.example; dmarc=pass header.from=client.ru'), ours, 'anna@client.ru')).toBe('none')
    const forgedBelow = results('mx.desk.ru; dmarc=fail header.from=client.ru', GOOD)
    expect(dmarcVerdict(forgedBelow, ours, 'anna@client.ru')).toBe('fail')
  })

  test('about another domain says nothing', () => {
    expect(dmarcVerdict(results(GOOD), ours, 'anna@other.ru')).toBe('none')
  })

  test('without any server of ours is none', () => {
    expect(dmarcVerdict(results(GOOD), new Set(), 'anna@client.ru')).toBe('none')
  })
})
