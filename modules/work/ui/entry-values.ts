import type { TimeEntryView } from '../contract.ts'

/** The form of a time entry as its fields hold it. */
export interface EntryValues {
  minutes: number | null
  /** `YYYY-MM-DD`. */
  date: string
  /** `HH:MM` of the reader's zone, empty where only minutes were given. */
  from: string
  to: string
  activity: string
  note: string
  /** Empty: as the contract's rules say. */
  billable: '' | 'yes' | 'no'
  /** Empty: as proposed for the ticket; `none`: no service. */
  service: string
  urgent: boolean
  onSite: boolean
  visible: boolean
  reason: string
}

const two = (value: number): string => String(value).padStart(2, '0')

/** A chosen service as requests carry it; empty says nothing, so that the ticket's context proposes. */
export const asService = (choice: string): { service?: string | null } =>
  choice === '' ? {} : { service: choice === 'none' ? null : choice }

export function dayOf(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

function timeOf(iso: string): string {
  const at = new Date(iso)
  return `${two(at.getHours())}:${two(at.getMinutes())}`
}

/** What the form begins with: an entry as it stands, or a new one of today. */
export function valuesOf(entry: TimeEntryView | null, now: Date): EntryValues {
  if (!entry) {
    return {
      minutes: null,
      date: dayOf(now),
      from: '',
      to: '',
      activity: '',
      note: '',
      billable: '',
      service: '',
      urgent: false,
      onSite: false,
      visible: true,
      reason: '',
    }
  }
  return {
    minutes: entry.minutes,
    date: entry.timed ? dayOf(new Date(entry.startedAt)) : entry.date,
    from: entry.timed ? timeOf(entry.startedAt) : '',
    to: entry.timed ? timeOf(entry.endedAt) : '',
    activity: entry.activity.code,
    note: entry.note,
    billable: entry.reason === 'chosen' ? (entry.billable ? 'yes' : 'no') : '',
    service: entry.service?.code ?? 'none',
    urgent: entry.urgent,
    onSite: entry.onSite,
    visible: entry.visible,
    reason: '',
  }
}

/** The body of `POST /tickets/:id/time` and `PATCH /time/:id`: a beginning with an end or minutes, or minutes on a day. */
export function entryBody(values: EntryValues, firstActivity: string) {
  const { activity, note, urgent, onSite, visible } = values
  const common = {
    activity: activity || firstActivity,
    note,
    urgent,
    onSite,
    visible,
    ...(values.billable === '' ? {} : { billable: values.billable === 'yes' }),
    ...asService(values.service),
  }
  if (values.from === '')
    return { ...common, date: values.date, ...(values.minutes === null ? {} : { minutes: values.minutes }) }
  const startedAt = new Date(`${values.date}T${values.from}`)
  if (values.to === '') {
    return {
      ...common,
      startedAt: startedAt.toISOString(),
      ...(values.minutes === null ? {} : { minutes: values.minutes }),
    }
  }
  const endedAt = new Date(`${values.date}T${values.to}`)
  // Work that ends before it begins on the clock has gone past midnight.
  if (endedAt <= startedAt) endedAt.setDate(endedAt.getDate() + 1)
  return { ...common, startedAt: startedAt.toISOString(), endedAt: endedAt.toISOString() }
}
