import type { AuthVerdict } from '../domain/parsed-mail.ts'

/** What the SMTP session says of the sender: all that SPF and DMARC need besides the letter. */
export interface SenderSession {
  remoteAddress: string
  helo: string
  /** MAIL FROM, `''` for the null sender. */
  mailFrom: string
}

export interface SenderCheck {
  dmarc: AuthVerdict
  spf: AuthVerdict
  dkim: AuthVerdict
}

/** Answers as `dns.promises.resolve(name, type)` does. */
export type DnsResolver = (name: string, type: string) => Promise<string[] | string[][]>

export interface CheckSenderOptions {
  /** Our own name, as it stands in Authentication-Results. */
  mta: string
  /** Default: the system's resolver. */
  resolver?: DnsResolver
  /** After this long all verdicts are none; default 10 s. */
  timeoutMs?: number
}

const NOTHING: SenderCheck = { dmarc: 'none', spf: 'none', dkim: 'none' }

/**
 * Asks the DNS whether a letter that came straight from the internet is its sender's (SPF, DKIM, DMARC).
 * A letter that passed a mail server of ours is judged by that server's Authentication-Results instead.
 * Never throws: what cannot be found out is none, which proves nothing and accuses nobody.
 */
export async function checkSender(
  raw: Buffer,
  session: SenderSession,
  options: CheckSenderOptions,
): Promise<SenderCheck> {
  const timeout = new Promise<SenderCheck>((resolve) => {
    setTimeout(resolve, options.timeoutMs ?? 10_000, NOTHING).unref()
  })
  return Promise.race([askDns(raw, session, options).catch(() => NOTHING), timeout])
}

async function askDns(raw: Buffer, session: SenderSession, options: CheckSenderOptions): Promise<SenderCheck> {
  const { authenticate } = await import('mailauth')
  const results = await authenticate(raw, {
    ip: session.remoteAddress.replace(/^::ffff:/, ''),
    helo: session.helo,
    sender: session.mailFrom,
    mta: options.mta,
    disableArc: true,
    disableBimi: true,
    ...(options.resolver ? { resolver: options.resolver } : {}),
  })
  const spfResult = results.spf ? results.spf.status?.result : 'none'
  const signatures = results.dkim?.results?.map((result) => verdict(result.status?.result)) ?? []
  const doubtful = [spfResult, ...(results.dkim?.results ?? []).map((result) => result.status?.result)].some(isError)
  const dmarc = verdict(results.dmarc ? results.dmarc.status?.result : 'none')
  return {
    dmarc: dmarc === 'fail' && doubtful ? 'none' : dmarc,
    spf: verdict(spfResult),
    dkim: signatures.includes('pass') ? 'pass' : signatures.includes('fail') ? 'fail' : 'none',
  }
}

/** A failure that rests on an answer that the DNS did not give accuses nobody. */
function isError(result: string | undefined): boolean {
  return result === 'temperror' || result === 'temperr'
}

/** Errors of the DNS and neutral answers are none. */
function verdict(result: string | undefined): AuthVerdict {
  if (result === 'pass') return 'pass'
  return result === 'fail' || result === 'softfail' || result === 'policy' ? 'fail' : 'none'
}
