import type { Instant, Locale, Words } from '@opora/core'
import type { Choice } from './tally.ts'

/** What minutes are made of: everything is fixed once the session is closed, so the same minutes come of it for ever. */
export interface MinutesSource {
  company: string
  zone: string
  mode: 'meeting' | 'correspondence'
  title: string
  place: string
  startsAt: Instant
  deadlineAt: Instant | null
  closedAt: Instant
  calledBy: string
  rounds: MinutesRound[]
}

export interface MinutesRound {
  number: number
  subject: string
  client: string
  round: number
  purpose: 'approval' | 'review'
  state: 'open' | 'decided' | 'voided' | 'lapsed'
  decision: 'approved' | 'rejected' | null
  reason: string
  scope: { description: string; buildPlan: string; testPlan: string; rollbackPlan: string; risk: string }
  ballots: { seat: string; voter: string; choice: Choice; comment: string; at: Instant }[]
  explanation: Words[]
}

export interface MinutesItem {
  heading: string
  about: string
  /** Paragraphs: what was put to the vote. */
  plans: { title: string; text: string }[]
  ballots: { who: string; choice: string; at: string; comment: string }[]
  /** The count, then the decision. */
  explanation: string[]
  decision: string
}

export interface Minutes {
  title: string
  subtitle: string
  facts: { name: string; value: string }[]
  items: MinutesItem[]
}

const WORDS = {
  title: { ru: 'Протокол коллегии RfC', en: 'Minutes of the change board' },
  meeting: { ru: 'Заседание', en: 'Meeting' },
  correspondence: { ru: 'Заочное голосование', en: 'Vote by correspondence' },
  began: { ru: 'Начало', en: 'Began' },
  ended: { ru: 'Окончание', en: 'Ended' },
  deadline: { ru: 'Срок голосования', en: 'Deadline' },
  place: { ru: 'Место', en: 'Place' },
  calledBy: { ru: 'Созвал', en: 'Called by' },
  nobody: { ru: 'по правилам коллегии', en: 'by the board’s rules' },
  review: { ru: 'рассмотрение экстренного изменения', en: 'review of an emergency change' },
  round: { ru: 'раунд', en: 'round' },
  description: { ru: 'Что меняется', en: 'What changes' },
  buildPlan: { ru: 'План работ', en: 'Build plan' },
  testPlan: { ru: 'План проверки', en: 'Test plan' },
  rollbackPlan: { ru: 'План отката', en: 'Roll-back plan' },
  by: { ru: 'голосовал', en: 'voted by' },
  approved: { ru: 'Решение: одобрено.', en: 'Decision: approved.' },
  rejected: { ru: 'Решение: отклонено.', en: 'Decision: rejected.' },
  lapsed: { ru: 'Решение не принято: нет кворума.', en: 'Nothing was decided: no quorum.' },
  voided: { ru: 'Голоса не действуют: изменение поменялось.', en: 'The ballots are void: the change was altered.' },
  sentBack: { ru: 'Причина', en: 'Reason' },
  open: { ru: 'Голосование не окончено.', en: 'The vote is not over.' },
} satisfies Record<string, Words>

const CHOICES: Record<Choice, Words> = {
  yes: { ru: 'За', en: 'Yes' },
  no: { ru: 'Против', en: 'No' },
  abstain: { ru: 'Воздержался', en: 'Abstained' },
  yes_if: { ru: 'За с условием', en: 'Yes, if' },
}

/** The minutes in words of one language. */
export function minutesOf(source: MinutesSource, locale: Locale): Minutes {
  const say = (word: keyof typeof WORDS) => WORDS[word][locale]
  const when = (at: Instant) => momentIn(source.zone, at, locale)
  const facts = [
    { name: say('began'), value: when(source.startsAt) },
    ...(source.deadlineAt === null ? [] : [{ name: say('deadline'), value: when(source.deadlineAt) }]),
    { name: say('ended'), value: when(source.closedAt) },
    ...(source.place === '' ? [] : [{ name: say('place'), value: source.place }]),
    { name: say('calledBy'), value: source.calledBy === '' ? say('nobody') : source.calledBy },
  ]
  return {
    title: say('title'),
    subtitle: [source.company, source.title || say(source.mode)].join(' · '),
    facts,
    items: source.rounds.map((round) => itemOf(round, locale, say, when)),
  }
}

function itemOf(
  round: MinutesRound,
  locale: Locale,
  say: (word: keyof typeof WORDS) => string,
  when: (at: Instant) => string,
): MinutesItem {
  const plans = (['description', 'buildPlan', 'testPlan', 'rollbackPlan'] as const).flatMap((field) =>
    round.scope[field] === '' ? [] : [{ title: say(field), text: round.scope[field] }],
  )
  const rounds = round.round > 1 ? `, ${say('round')} ${round.round}` : ''
  const purpose = round.purpose === 'review' ? `, ${say('review')}` : ''
  const reason = round.reason === '' ? '' : ` ${say('sentBack')}: ${round.reason}`
  return {
    heading: `№ ${round.number}. ${round.subject}`,
    about: `${round.client}${rounds}${purpose}`,
    plans,
    ballots: round.ballots.map((ballot) => ({
      who: ballot.seat === ballot.voter ? ballot.seat : `${ballot.seat} (${say('by')} ${ballot.voter})`,
      choice: CHOICES[ballot.choice][locale],
      at: when(ballot.at),
      comment: ballot.comment,
    })),
    explanation: round.state === 'voided' ? [] : round.explanation.map((line) => line[locale]),
    decision: (round.state === 'decided' ? say(round.decision!) : say(round.state)) + reason,
  }
}

/** `20.05.2026, 17:05` in the zone, the same on every machine. */
function momentIn(zone: string, at: Instant, locale: Locale): string {
  const { year, month, day, hour, minute } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  const two = (value: number) => String(value).padStart(2, '0')
  const date = locale === 'ru' ? `${two(day)}.${two(month)}.${year}` : `${year}-${two(month)}-${two(day)}`
  return `${date}, ${two(hour)}:${two(minute)}`
}

/** The minutes as plain text, for a letter or a file. */
export function minutesText(minutes: Minutes): string {
  const head = [minutes.title, minutes.subtitle, '', ...minutes.facts.map(({ name, value }) => `${name}: ${value}`)]
  const items = minutes.items.flatMap((item) => [
    '',
    item.heading,
    item.about,
    ...item.plans.map(({ title, text }) => `${title}: ${text}`),
    ...item.ballots.map((one) => [`— ${one.who}: ${one.choice}, ${one.at}`, one.comment].filter(Boolean).join('. ')),
    ...item.explanation,
    item.decision,
  ])
  return `${[...head, ...items].join('\n')}\n`
}
