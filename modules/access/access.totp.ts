import { randomBytes } from 'node:crypto'
import type { Queryable } from '@opora/platform/database'
import { hashToken } from '@opora/platform/secrets'

const STEP_SECONDS = 30
const RECOVERY_CODES = 10
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** Code apps are rarely asked for: their library loads on first use. */
const otp = () => import('otplib')

export async function newTotpSecret(): Promise<string> {
  return (await otp()).generateSecret()
}

/** What an authenticator app reads, as text and as a picture to scan. */
export async function totpPicture(secret: string, email: string, issuer: string): Promise<{ uri: string; qr: string }> {
  const uri = (await otp()).generateURI({ issuer, label: email, secret })
  const { toDataURL } = await import('qrcode')
  return { uri, qr: await toDataURL(uri, { margin: 1, width: 240 }) }
}

/** The number of the 30-second step that the code belongs to, one step late or early forgiven; null when it belongs to none. */
export async function stepOfCode(secret: string, code: string, nowMs: number): Promise<number | null> {
  if (!/^\d{6}$/.test(code)) return null
  const epoch = Math.floor(nowMs / 1000)
  const { verifySync } = await otp()
  const result = verifySync({ secret, token: code, epoch, epochTolerance: STEP_SECONDS })
  return result.valid ? Math.floor(epoch / STEP_SECONDS) + result.delta : null
}

/** The true present moment: phones know nothing of an installation whose clock is shifted. */
export async function trueNow(sql: Queryable): Promise<number> {
  const [row] = await sql<{ now: number }[]>`select now() as now`
  return row!.now
}

/** Codes for the day when the phone is lost; each opens once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const letters = [...randomBytes(16)].map((byte) => BASE32[byte % BASE32.length]).join('')
    return letters.replace(/(.{4})(?=.)/g, '$1-')
  })
}

export function recoveryHash(code: string): string {
  return hashToken(code.toLowerCase().replace(/[^a-z2-7]/g, '')).toString('base64url')
}
