import { type Actor, writeAudit } from '@opora/access'
import { type CalendarFault, type ImportedYear, InvalidCalendar, readProductionImport } from '@opora/calendar'
import { databaseNow } from '@opora/platform/clock'
import type { Json, Tx } from '@opora/platform/database'
import { refuseCalendar } from '../calendars.refusals.ts'
import { productionYearsInForce } from '../catalogue.read-model.ts'
import { saveProductionYear } from '../catalogue.store.ts'
import { changedKinds } from '../domain/calendar-year.ts'

export interface YearsFile {
  data?: unknown
  /** The act that set the year; a foreign form without it stays a draft. */
  source?: string | undefined
}

export const productionYearVerbs = { readYearsFile, importProductionYears }

const COUNTRY_ZONE = 'Europe/Moscow'

/**
 * The years of a file, counted and compared with the law. A file that denies itself is refused with every place, and one that
 * changes past days of an approved year with the days.
 */
async function readYearsFile(tx: Tx, file: YearsFile): Promise<ImportedYear[]> {
  const years = readFile(file)
  await requirePastKept(tx, years)
  return years
}

function readFile(file: YearsFile): ImportedYear[] {
  try {
    return readProductionImport(file.data, { source: file.source })
  } catch (error) {
    if (!(error instanceof InvalidCalendar)) throw error
    const errors = error.faults.map((fault) => ({ ...toldOf(fault), field: `data.${fault.path}` }))
    throw refuseCalendar('contracts.production_year_invalid', { field: 'data', details: { errors } })
  }
}

async function requirePastKept(tx: Tx, years: readonly ImportedYear[]): Promise<void> {
  const approved = new Map(
    (await productionYearsInForce(tx)).filter((one) => one.status === 'approved').map((one) => [one.year, one]),
  )
  const now = Temporal.Instant.fromEpochMilliseconds(await databaseNow(tx))
  const today = now.toZonedDateTimeISO(COUNTRY_ZONE).toPlainDate().toString()
  const past = years.flatMap(({ year }) => {
    const known = approved.get(year.year)
    return known ? changedKinds(known, year).filter((day) => day.date < today) : []
  })
  if (past.length === 0) return
  const dates = past.map((day) => day.date)
  throw refuseCalendar('contracts.production_year_past', { field: 'data', params: { dates: dates.join(', ') } })
}

/** Takes the years of a file; one that is there is replaced. What it says otherwise than the law has to be confirmed. */
async function importProductionYears(
  tx: Tx,
  actor: Actor,
  file: YearsFile & { acceptNotes: boolean },
): Promise<number[]> {
  const years = await readYearsFile(tx, file)
  const notes = years.flatMap((one) => one.notes)
  if (notes.length > 0 && !file.acceptNotes) {
    throw refuseCalendar('contracts.production_year_notes', {
      field: 'acceptNotes',
      details: { notes: notes.map(toldOf) },
    })
  }
  for (const { year } of years) {
    await saveProductionYear(tx, { country: 'RU', year: year.year, data: year as unknown as Json, source: year.source })
  }
  await writeAudit(tx, actor, {
    action: 'production_year.imported',
    objectType: 'production_year',
    objectId: 'RU',
    detail: { years: years.map(({ year }) => year.year), notes: notes.length },
  })
  return years.map(({ year }) => year.year)
}

function toldOf({ code, path, value, ru, en }: CalendarFault) {
  const sentence = (words: string) => (value === '' ? words : `${words}: ${value}`)
  return { code: `contracts.calendar_${code}`, path, message: { ru: sentence(ru), en: sentence(en) } }
}
