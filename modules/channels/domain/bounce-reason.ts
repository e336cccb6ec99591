import type { BounceReason } from './parsed-mail.ts'

/** Tried from top to bottom on the server's words; the first that fits names the reason. */
const BY_WORDS: readonly (readonly [BounceReason, RegExp])[] = [
  [
    'filtered',
    /(?:reply to|after) (?:the )?(?:end of )?DATA(?: command)?\b|(?:>>> DATA|after end of data).{0,40}(?:unknown|not exist)/,
  ],
  ['user_unknown', /recipient address rejected: access denied|\b550\b.{0,60}mailbox unavailable/i],
  [
    'mailbox_full',
    /mailbox (?:is )?full|(?:over|exceed\w*|exceeds?).{0,20}quota|quota (?:exceed|full|limit)|insufficient (?:disk|storage)|mailbox.{0,40}(?:exceeded|size limit)|out of (?:storage|disk) space|user has too many messages|disk full|переполнен|mail ?box (?:has )?exceeded|\bmailfolder is full|too much mail/i,
  ],
  [
    'too_big',
    /message (?:size|too (?:big|large))|(?:size|message).{0,30}exceeds? (?:the )?(?:fixed|maximum|size|limit)|too large/i,
  ],
  ['moved', /user.{0,20}(?:has )?moved|has moved to|mail(?:box)? (?:has been )?moved|no longer (?:at|with) this/i],
  [
    'not_accepting',
    /does not accept (?:any )?mail|not accept mail|null mx|no mx|nullmx|smtp service not available here|no mail server|does not receive mail|host\/domain does not accept mail/i,
  ],
  [
    'blocked',
    /blacklist|blocklist|blocked|spamhaus|\brbl\b|dnsbl|reverse dns|rdns|\bptr\b|reputation|banned|(?:is|are|been) listed|sender (?:address )?rejected|\bspf\b|\bdkim\b|dmarc|spam|not allowed to send|policy|relay(?:ing)? (?:access )?denied|relay not permitted|client host rejected|access denied|virus|authentication|unauthenticated|throttl|rate limit|too many (?:connections|messages)|try again later|greylist/i,
  ],
  [
    'host_unknown',
    /host (?:or domain name )?(?:not found|unknown)|unknown host|domain (?:name )?(?:not found|does not exist|unknown)|domain.{0,60}(?:could not|couldn't) be found|no such (?:host|domain)|name service error|unrouteable mail domain|nxdomain|unable to resolve|couldn't find any host|illegal host|host \S{1,255} not found|dns lookup failure|domain is not reachable|domain isn't in my list|non-existent domain|all relevant mx records point to non-existent hosts|unroutable domain|can't resolve/i,
  ],
  [
    'suspended',
    /suspended|temporarily (?:disabled|inactive)|account (?:is )?(?:disabled|inactive|locked)|mailbox.{0,20}(?:disabled|unavailable due)|user (?:is )?inactive/i,
  ],
  [
    'user_unknown',
    /(?:user|recipient|account|mailbox|addressee)s?(?: address)?.{0,24}(?:unknown|not found|not exist|doesn'?t exist|does not exist|invalid|non-?existent|not listed|rejected: (?:user|undeliverable)|no longer|not known|not present|not available)|(?:no such|unknown|invalid|unrouteable|undeliverable|not a known|bad|nonexistent) (?:local )?(?:user|recipient|address|mailbox|account|person|destination|name)|(?:no|not a valid) (?:mailbox|recipient)|unknown (?:in|or illegal|virtual|user)|doesn't have an? .{0,30}account|this (?:user|address|account) (?:does|no longer)|address(?:es)? (?:rejected|unknown|does not exist|not found)|not our customer|user.{0,6}unknown|нет такого|не существует|no mailbox here|couldn't be found|wasn't found|not (?:listed )?in .{0,20}directory|unknown address|recipnotfound/i,
  ],
  [
    'expired',
    /timed? ?out|could not be delivered (?:for|within)|has been (?:in the queue|delayed)|(?:retry|delivery) time(?:out)? (?:expired|exceeded)|retry timeout exceeded|message expired|not been delivered|delivery (?:time )?expired|too long in queue|cannot send message for|giving up|delayed/i,
  ],
  [
    'network',
    /connection (?:refused|reset|lost|failed|dropped)|network (?:is )?unreachable|no route to host|loop|too many hops/i,
  ],
]

const BY_STATUS: readonly (readonly [BounceReason, RegExp])[] = [
  ['user_unknown', /^5\.1\.[13]$/],
  ['host_unknown', /^5\.1\.2$/],
  ['moved', /^5\.1\.6$/],
  ['mailbox_full', /^[45]\.2\.2$/],
  ['too_big', /^[45]\.(?:2\.3|3\.4)$/],
  ['not_accepting', /^5\.(?:3\.2|4\.4|1\.10)$/],
  ['suspended', /^5\.2\.1$/],
  ['expired', /^[45]\.4\.7$/],
  ['blocked', /^[45]\.7\.\d+$/],
  ['network', /^[45]\.4\.\d+$/],
  ['delivered', /^2\./],
]

const HARD: ReadonlySet<BounceReason> = new Set(['user_unknown', 'host_unknown', 'moved', 'not_accepting'])
/** Codes of RFC 3463 and RFC 7505 that say one thing only, whatever words stand beside them. */
const PLAIN_STATUS = /^(?:5\.1\.(?:1|2|6)|[45]\.2\.[23]|5\.3\.4)$/
const MAX_DIAGNOSTIC_CHARS = 2_000

/** Why a letter was not delivered, from the enhanced status (`5.1.1`) and the words of the server. */
export function bounceReason(status: string | null, diagnostic: string): BounceReason {
  const words = diagnostic.slice(0, MAX_DIAGNOSTIC_CHARS).replace(/\s+/g, ' ')
  const byStatus = status === null ? undefined : BY_STATUS.find(([, pattern]) => pattern.test(status))?.[0]
  if (byStatus !== undefined && (PLAIN_STATUS.test(status as string) || byStatus === 'delivered')) return byStatus
  return BY_WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? byStatus ?? 'other'
}

/** Hard: the address or its host is gone for good. A temporary status (4.x) never is. */
export function isHardBounce(reason: BounceReason, status: string | null): boolean {
  return HARD.has(reason) && !(status?.startsWith('4.') ?? false)
}
