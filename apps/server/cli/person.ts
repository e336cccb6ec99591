import { parseArgs } from 'node:util'
import { systemActor } from '@opora/access'
import { replayErasures } from '@opora/people'
import { erasuresFile } from '../config.ts'
import { missing, withHouse } from './admin.ts'

interface Asked {
  contactId: number
  reason: string
}

/** At the machine's own console one person does what takes two elsewhere; the trail says so. */
export async function personExportCommand(words: string[]): Promise<number> {
  const { contactId, reason } = asked(words)
  const given = await withHouse(({ runtime, people }) =>
    runtime.database.begin({ as: 'staff' }, async (tx) => {
      const actor = systemActor()
      return people.takePersonalData(
        tx,
        actor,
        await people.requestPersonalData(tx, actor, { contactId, reason, kind: 'export' }),
      )
    }),
  )
  process.stdout.write(`${JSON.stringify(given, null, 2)}\n`)
  return 0
}

export async function personEraseCommand(words: string[]): Promise<number> {
  const { contactId, reason } = asked(words)
  const id = await withHouse(({ runtime, people }) =>
    runtime.database.begin({ as: 'staff' }, (tx) =>
      people.requestPersonalData(tx, systemActor(), { contactId, reason, kind: 'erase' }),
    ),
  )
  process.stdout.write(`${id}\n`)
  return 0
}

/** After an older state was restored: whoever had been forgotten since is forgotten again. */
export async function personReplayCommand(): Promise<number> {
  const again = await withHouse(({ runtime }) => replayErasures(runtime.database, erasuresFile(runtime.config)))
  process.stdout.write(`${again}\n`)
  return 0
}

function asked(words: string[]): Asked {
  const options = { contact: { type: 'string' }, reason: { type: 'string' } } as const
  const { values } = parseArgs({ args: words, options })
  const contactId = Number(values.contact)
  if (!Number.isSafeInteger(contactId) || contactId <= 0) missing('--contact')
  return { contactId, reason: values.reason?.trim() || missing('--reason') }
}
