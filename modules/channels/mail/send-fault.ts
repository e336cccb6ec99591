import type { SendFailure, SendFault, SendOutcome } from './outgoing-mail.ts'

interface SmtpError {
  code?: string
  responseCode?: number
  response?: string
  command?: string
}

const NETWORK =
  /^(?:ECONN\w*|ETIMEDOUT|ESOCKET|EDNS|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE|EPROTOCOL|ESTREAM|EABORT|ECONNECTION)$/
const TLS = /^(?:ETLS|ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_VERIFY)/

/** What a failure of the transport means for the letter: never again, later, or not before the settings are mended. */
export function classifySendError(error: unknown): Extract<SendOutcome, { sent: false }> {
  const { code = '', responseCode = null, response = '', command = '' } = (error ?? {}) as SmtpError
  const fault = faultOf(String(code), responseCode, String(command))
  const mayQuote = fault === 'rejected' || fault === 'deferred' || fault === 'too_big'
  return {
    sent: false,
    failure: failureOf(fault, responseCode),
    fault,
    smtpCode: responseCode,
    reply: mayQuote ? oneLine(response) : '',
  }
}

function faultOf(code: string, smtpCode: number | null, command: string): SendFault {
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2' || smtpCode === 530 || smtpCode === 535)
    return 'auth'
  if (code === 'ECONFIG') return 'auth'
  if (TLS.test(code)) return 'tls'
  if (smtpCode === 552 || smtpCode === 523) return 'too_big'
  if (smtpCode !== null && smtpCode >= 500) return command === 'CONN' || command === 'EHLO' ? 'deferred' : 'rejected'
  if (smtpCode !== null && smtpCode >= 400) return 'deferred'
  if (code === 'EENVELOPE') return 'bad_address'
  return NETWORK.test(code) ? 'network' : 'other'
}

function failureOf(fault: SendFault, smtpCode: number | null): SendFailure {
  if (fault === 'auth' || fault === 'tls') return 'configuration'
  if (fault === 'bad_address' || fault === 'rejected') return 'permanent'
  return fault === 'too_big' && smtpCode !== null && smtpCode >= 500 ? 'permanent' : 'temporary'
}

function oneLine(response: string): string {
  return response
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
}
