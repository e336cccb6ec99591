import type { NewNote, NewReply, Outcome } from '../../contract.ts'
import type { ReplyFile } from './use-files.ts'

export type ReplyMode = 'reply' | 'note'

/** Who was picked by `@@`, by the name that stands in the text. */
export type Mentioned = ReadonlyMap<string, number>

/** The accounts whose `@Name` is still in the text when it is sent. */
export function mentionsIn(text: string, picked: Mentioned): number[] {
  return [...picked].filter(([name]) => text.includes(`@${name}`)).map(([, id]) => id)
}

export interface Written {
  text: string
  files: readonly ReplyFile[]
  /** What stands for a text when there are only files. */
  onlyFiles: string
}

function common({ text, files, onlyFiles }: Written) {
  return { text: text.trim() || onlyFiles, files: files.flatMap((file) => (file.id ? [file.id] : [])) }
}

/** The body of a reply. `lastSeen` is the newest message that the writer has seen; `null` sends in any case. */
export function replyBody(written: Written, copies: readonly number[], lastSeen: number | null): NewReply {
  return {
    ...common(written),
    copyContactIds: [...copies],
    sendAnyway: lastSeen === null,
    ...(lastSeen === null ? {} : { lastSeenMessageId: lastSeen }),
  }
}

export function noteBody(written: Written, picked: Mentioned, forPartner: boolean): NewNote {
  return { ...common(written), mentions: mentionsIn(written.text, picked), forPartner }
}

export type FieldValues = Readonly<Record<string, string | number | boolean | null>>

/** The required fields of an outcome that are still empty. An unticked box counts as empty. */
export function missingFields(outcome: Outcome, values: FieldValues): string[] {
  return outcome.fields
    .filter((field) => field.required)
    .filter(
      ({ name }) =>
        values[name] === undefined || values[name] === null || values[name] === '' || values[name] === false,
    )
    .map((field) => field.name)
}

/** The values as the API takes them: what a browser's field calls a moment becomes an instant. */
export function outcomeData(outcome: Outcome, values: FieldValues): Record<string, string | number | boolean | null> {
  const data: Record<string, string | number | boolean | null> = {}
  for (const field of outcome.fields) {
    const value = values[field.name]
    if (value === undefined || value === null || value === '') continue
    if (field.type === 'datetime') data[field.name] = new Date(String(value)).toISOString()
    else if (field.type === 'number') data[field.name] = Number(String(value).replace(',', '.'))
    else data[field.name] = value
  }
  return data
}
