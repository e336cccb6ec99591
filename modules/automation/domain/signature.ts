/**
 * What is signed of a call: the moment in seconds, a dot, and the body as sent, so that a call that somebody kept cannot be sent again
 * later. The receiver computes HMAC-SHA256 of it with the webhook's secret and compares with `v1` of the header.
 */
export function signedText(atMs: number, body: string): string {
  return `${Math.floor(atMs / 1_000)}.${body}`
}

export function signatureHeader(atMs: number, hex: string): string {
  return `t=${Math.floor(atMs / 1_000)},v1=${hex}`
}
