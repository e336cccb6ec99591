import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ParsedMail } from '../domain/parsed-mail.ts'
import { parseMail } from './parse.ts'

interface Reference {
  raw: string
  agreed: Record<string, { value: unknown; by: number }>
}

/** Fields on which three independent parsers agreed, as this one reads them. */
function readAs(mail: ParsedMail): Record<string, unknown> {
  return {
    subject: mail.subject,
    to: mail.to.map((one) => one.address),
    cc: mail.cc.map((one) => one.address),
    message_id: mail.messageId ?? '',
    date: mail.date === null ? '' : new Date(mail.date).toISOString(),
    attachments: mail.attachments.map((part) => ({
      filename: part.filename,
      size: part.sizeBytes,
      sha256: createHash('sha256').update(part.content).digest('hex'),
    })),
  }
}

const folder = (source: string) => new URL(`../testdata/parse/${source}/`, import.meta.url)

/** Of the fields that three parsers agree on, how many we read the same. The rest: raw 8-bit headers that only we
 * read, and letters within letters, which stay files. */
const MINIMUM: Record<string, [same: number, of: number]> = {
  'stalwart-mail-parser': [556, 563],
  'nodemailer-mailparser': [36, 36],
  'postal-mime': [25, 25],
}

describe('the letters of other parsers', () => {
  test.each(Object.entries(MINIMUM))(
    '%s: the same as three others in at least %s fields',
    async (source, [same, of]) => {
      const references = JSON.parse(
        readFileSync(new URL('reference-parses.json', folder(source)), 'utf8'),
      ) as Reference[]
      const differences: string[] = []
      let count = 0
      for (const { raw, agreed } of references) {
        const own = readAs(await parseMail(readFileSync(new URL(raw.replace('raw/', ''), folder(source)))))
        for (const [field, { value, by }] of Object.entries(agreed)) {
          if (by < 3 || !(field in own)) continue
          count += 1
          if (JSON.stringify(own[field]) !== JSON.stringify(value))
            differences.push(`${raw} ${field}: ${JSON.stringify(own[field])} / ${JSON.stringify(value)}`)
        }
      }
      expect(count).toBe(of)
      expect(count - differences.length, differences.join('\n')).toBeGreaterThanOrEqual(same)
    },
  )

  test('every letter of every folder gives a letter', async () => {
    for (const source of [...Object.keys(MINIMUM), 'multi_mail']) {
      for (const name of readdirSync(folder(source)).filter((file) => file.endsWith('.eml'))) {
        await parseMail(readFileSync(new URL(name, folder(source))))
      }
    }
  })
})
