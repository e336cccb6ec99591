import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { ForbiddenHost, guardedAddress, type HostGuard, isAllowedPrivateHost } from './guard.ts'

export interface CallOut {
  url: string
  body: string
  headers: Readonly<Record<string, string>>
  /** From the first look at the name to the answer's first line. */
  timeoutMs: number
}

/** Why there was no answer: a closed list, so that no word of a foreign server reaches a screen (lesson A23). */
export type CallFault = 'refused' | 'timeout' | 'tls' | 'name' | 'forbidden_host' | 'redirect' | 'network'

export interface CallAnswer {
  /** Null: no answer came, and `fault` says why. */
  status: number | null
  fault: CallFault | null
  tookMs: number
}

/**
 * POSTs to an address that somebody typed. It connects to the address that the guard has judged and asks the name no second time; a
 * redirect is an answer that is not followed (lesson R2); what leaves the house is encrypted, plain http is for allowed private hosts; of what the receiver says only the code is read. Never throws.
 */
export async function callOut(call: CallOut, guard: HostGuard): Promise<CallAnswer> {
  const began = performance.now()
  const answered = (status: number | null, fault: CallFault | null): CallAnswer => ({
    ...{ status, fault },
    tookMs: Math.round(performance.now() - began),
  })
  const ending = AbortSignal.timeout(call.timeoutMs)
  try {
    const url = new URL(call.url)
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return answered(null, 'forbidden_host')
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
    if (url.protocol === 'http:' && !isAllowedPrivateHost(host, port, guard.privateHosts))
      return answered(null, 'forbidden_host')
    const address = await orTimeout(guardedAddress(host, port, guard), ending)
    const status = await orTimeout(post(call, { url, host, port, address }, ending), ending)
    return answered(status, status >= 300 && status < 400 ? 'redirect' : null)
  } catch (error) {
    return answered(null, faultOf(error, ending.aborted))
  }
}

function orTimeout<T>(work: Promise<T>, ending: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    ending.addEventListener('abort', () => reject(ending.reason), { once: true })
    work.then(resolve, reject)
  })
}

interface Where {
  url: URL
  host: string
  port: number
  address: string
}

function post(call: CallOut, { url, host, port, address }: Where, ending: AbortSignal): Promise<number> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const asked = request({
      ...{ host: address, port, method: 'POST', path: `${url.pathname}${url.search}`, signal: ending, agent: false },
      // the certificate is the name's, though the connection goes to the address
      ...(isIP(host) ? {} : { servername: host }),
      headers: { ...call.headers, host: url.host, 'content-length': String(Buffer.byteLength(call.body)) },
    })
    asked.on('response', (answer) => {
      resolve(answer.statusCode ?? 0)
      answer.destroy()
    })
    // nobody asked for another protocol: without this the answer would end the call for nobody
    asked.on('upgrade', (answer, socket) => {
      socket.destroy()
      resolve(answer.statusCode ?? 0)
    })
    asked.on('error', reject)
    asked.end(call.body)
  })
}

function faultOf(error: unknown, late: boolean): CallFault {
  if (error instanceof ForbiddenHost) return 'forbidden_host'
  if (late) return 'timeout'
  const code = String((error as { code?: unknown }).code ?? '')
  if (code === 'ECONNREFUSED') return 'refused'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'name'
  return /CERT|TLS|SSL|SIGNATURE|ALTNAME/.test(code) ? 'tls' : 'network'
}
