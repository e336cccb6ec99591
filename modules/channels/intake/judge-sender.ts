import { isPublicAddress } from '@opora/platform/network'
import type { RawMessage } from '../channels.store.ts'
import { dmarcVerdict } from '../domain/authentication.ts'
import type { AuthVerdict, ParsedMail } from '../domain/parsed-mail.ts'
import type { IntakePorts } from './ports.ts'

export interface SenderJudgement {
  dmarc: AuthVerdict
  spf: AuthVerdict
  dkim: AuthVerdict
  /** `server`: a mail server of ours wrote it into the letter; `us`: the DNS was asked here. */
  by: 'server' | 'us' | 'nobody'
}

const NOBODY: SenderJudgement = { dmarc: 'none', spf: 'none', dkim: 'none', by: 'nobody' }
// less than the database waits for a transaction that does nothing
const DNS_PATIENCE_MS = 5_000

/**
 * Is the sender who he says? A mail server of ours in front has asked already; a letter that came straight from the internet is asked
 * about here. Letters from inside our own network and those fetched by IMAP without such a header prove nothing.
 */
export async function judgeSender(ports: IntakePorts, raw: RawMessage, mail: ParsedMail): Promise<SenderJudgement> {
  if (mail.from === 'unverified') return NOBODY
  const trusted = new Set(ports.settings.trustedAuthservIds.map((name) => name.toLowerCase()))
  const own = mail.authResults.find((result) => trusted.has(result.authservId))
  if (own) return { ...own, dmarc: dmarcVerdict(mail.authResults, trusted, mail.from.address), by: 'server' }
  const { remoteAddress, helo = '', from } = raw.envelope
  const straight = raw.source === 'smtp' && remoteAddress !== undefined && isPublicAddress(remoteAddress)
  if (!straight || ports.settings.checkSenders === 'off') return NOBODY
  const { checkSender } = await import('../mail/check-sender.ts')
  const session = { remoteAddress, helo, mailFrom: from ?? '' }
  const found = await checkSender(raw.raw, session, {
    mta: ports.settings.trustedAuthservIds[0] ?? 'opora.invalid',
    timeoutMs: DNS_PATIENCE_MS,
    ...(ports.resolver ? { resolver: ports.resolver } : {}),
  })
  return { ...found, by: 'us' }
}
