import type { AuthResult, AuthVerdict } from './parsed-mail.ts'

/** Reads one Authentication-Results value (RFC 8601); `null` when it names no server. */
export function readAuthResults(value: string): AuthResult | null {
  const parts = withoutComments(value).split(';')
  const authservId = parts[0]?.trim().split(/\s+/)[0]?.toLowerCase() ?? ''
  if (authservId === '') return null
  const methods = parts.slice(1).map((part) => part.trim())
  const dmarc = methods.find((part) => /^dmarc\s*=/i.test(part))
  return {
    authservId,
    dmarc: verdictOf(methods, 'dmarc'),
    spf: verdictOf(methods, 'spf'),
    dkim: verdictOf(methods, 'dkim'),
    fromDomain: dmarc ? (/\bheader\.from\s*=\s*"?([^\s;"]+)/i.exec(dmarc)?.[1]?.toLowerCase() ?? null) : null,
  }
}

function verdictOf(methods: readonly string[], method: string): AuthVerdict {
  const results = methods.flatMap((part) => {
    const match = /^([\w-]+)\s*=\s*(\w+)/.exec(part)
    return match?.[1]?.toLowerCase() === method ? [(match[2] as string).toLowerCase()] : []
  })
  if (results.includes('pass')) return 'pass'
  return results.some((result) => ['fail', 'permerror', 'softfail', 'policy'].includes(result)) ? 'fail' : 'none'
}

/** Nested parentheses are dropped in one pass; an unclosed one swallows the rest. */
function withoutComments(value: string): string {
  let depth = 0
  let kept = ''
  for (const char of value) {
    if (char === '(') depth += 1
    else if (char === ')' && depth > 0) depth -= 1
    else if (depth === 0) kept += char
  }
  return kept
}

/**
 * What DMARC says of the sender. Only headers that one of our own servers wrote count, and of those the topmost:
 * a letter can carry any number of forged ones. A result for another domain than the sender's is none.
 */
export function dmarcVerdict(
  results: readonly AuthResult[],
  trustedAuthservIds: ReadonlySet<string>,
  senderAddress: string,
): AuthVerdict {
  const own = results.find((result) => trustedAuthservIds.has(result.authservId))
  if (!own) return 'none'
  const domain = senderAddress.slice(senderAddress.lastIndexOf('@') + 1)
  return own.fromDomain !== null && own.fromDomain !== domain ? 'none' : own.dmarc
}
