import type { Role } from '@opora/access'
import type { NewContract } from '@opora/contracts/contract'
import type { NewClient, NewContact } from '@opora/people/contract'
import type { NewPortal } from '@opora/portals/contract'

/* The shapes of the demo story's data. Keys name people, clients and tickets; addresses are `<key>@demo.opora.test`. */

export const DOMAIN = 'demo.opora.test'
export const SUPPORT = `support@${DOMAIN}`
export const PASSWORD = 'demo-demo-demo'
export const COMPANY = 'Опора Сервис'
/** The history begins that many days before the present. */
export const HISTORY_DAYS = 92

export const addressOf = (key: string) => (key.includes('@') ? key : `${key}@${DOMAIN}`)

export interface StaffStory {
  key: string
  name: string
  roles: Role[]
  /** For the printed table. */
  title: string
  specialities?: string[]
  /** Serves only clients that name this person; left out: all. */
  listed?: boolean
}

export interface ContactStory extends Omit<NewContact, 'email'> {
  key: string
  /** Left out: nobody signs in with it. */
  cabinet?: true
}

export interface PortalStory
  extends Omit<NewPortal, 'clientId' | 'adminContactId' | 'licenceActivatedOn' | 'licenceUntil'> {
  key: string
  /** Whose contact looks after it. */
  admin?: string
  /** Days from the present at which the licence was activated and ends. */
  licence?: [activated: number, until: number]
  facts?: Record<string, number | string | boolean>
}

export interface ClientStory {
  key: string
  card: Omit<NewClient, 'accountManagerId'>
  manager: string
  /** People of the provider who serve it beside those who serve everybody. */
  served?: string[]
  contacts: ContactStory[]
  portals: PortalStory[]
  contract: Pick<NewContract, 'number' | 'title' | 'packageCode' | 'monthlyFeeKopecks' | 'minutesPerMonth'> & {
    /** Changes to the terms that the package begins with; `startsOn` is the contract's first day. */
    terms?(terms: Terms, startsOn: string): Terms
  }
}

export type Terms = NonNullable<NewContract['terms']>

export type PlaceText = Record<string, string>

export interface TicketStory {
  key: string
  /** A contact's key, or a whole address of somebody unknown. */
  from: string
  fromName?: string
  /** Working days before the present day; 0: `at` counts minutes before the present. */
  day: number
  /** 'HH:MM' in Moscow; for day 0 the minutes before now. */
  at: string | number
  subject: string
  text: string
  files?: FileName[]
  channel?: 'email' | 'cabinet' | 'phone'
  portal?: string
  topic?: string
  /** Answers to the form of technical questions, in the cabinet. */
  answers?: Record<string, string>
  /** A checklist that whoever takes it at the second line begins, and goes half through. */
  checklist?: string
  priority?: 1 | 2 | 3 | 4
  tags?: string[]
  /** The name of a path: the moves that the ticket makes. */
  path: string
  /** The place at which the story leaves it. */
  stop?: string
  /** Public answers by place; with a button that needs one, its text. */
  say?: PlaceText
  /** Notes by place. */
  note?: PlaceText
  /** What is said at a place before the next button there: by `client` or by a person of the provider. */
  talk?: Record<string, [who: string, text: string][]>
  /** Working minutes until the first answer; left out: soon. */
  firstAnswerAfter?: number
  /** What the client writes at a place. */
  wrote?: PlaceText
  /** Fields of a button, by place. */
  data?: Record<string, Record<string, string | number | boolean>>
  /** Who acts at a place in place of the usual person. */
  who?: Record<string, string>
  /** Working minutes between two moves. */
  pace?: number
  /** At any hour: the clock goes round. */
  round?: true
  time?: [place: string, person: string, activity: string, minutes: number, note: string][]
  estimate?: { title: string; lines: [title: string, minutes: number, activity: string][] }
  /** Score and comment; left out: silence. */
  rate?: [score: 1 | 2 | 3 | 4 | 5, comment?: string]
  coupon?: true
  /** The character set of an old mail program. */
  charset?: 'windows-1251' | 'koi8-r'
  /** Merged into the ticket of this key when the desk has seen it. */
  mergedInto?: string
}

export type FileName = 'screenshot.png' | 'error.log' | 'export.csv' | 'report.txt'
