import autocannon from 'autocannon'

export interface Figures {
  perSecond: number
  p50: number
  p99: number
}

/** Asks one address for so long and tells how it was; anything but 2xx is an error of the measurement. */
export async function load(
  url: string,
  options: { connections: number; seconds: number; headers?: Record<string, string>; body?: string },
): Promise<Figures> {
  const result = await autocannon({
    url,
    connections: options.connections,
    duration: options.seconds,
    headers: {
      'accept-encoding': 'identity',
      ...(options.body ? { 'content-type': 'application/json' } : {}),
      ...options.headers,
    },
    ...(options.body ? { method: 'POST', body: options.body } : {}),
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} errors`)
  return { perSecond: Math.round(result.requests.average), p50: result.latency.p50, p99: result.latency.p99 }
}

/** One after another over one connection, in fractions of a millisecond. */
export async function oneByOne(run: (turn: number) => Promise<unknown>, times: number, warm = 50): Promise<Figures> {
  for (let turn = 0; turn < warm; turn++) await run(turn)
  const took: number[] = []
  const began = performance.now()
  for (let turn = 0; turn < times; turn++) {
    const from = performance.now()
    await run(turn)
    took.push(performance.now() - from)
  }
  const perSecond = Math.round((times / (performance.now() - began)) * 1000)
  took.sort((a, b) => a - b)
  const at = (share: number) =>
    Math.round(took[Math.min(took.length - 1, Math.floor(share * took.length))]! * 100) / 100
  return { perSecond, p50: at(0.5), p99: at(0.99) }
}

export function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}
