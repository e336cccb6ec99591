import type { Words } from '@opora/core'

export type Choice = 'yes' | 'no' | 'abstain' | 'yes_if'

/** How a board decides. */
export interface BoardRule {
  /** Seats that must have voted, whatever they said. */
  quorum: number
  rule: 'majority' | 'share'
  /** Of the rule `share`: so many percent for it. */
  sharePercent: number
  /** Of the votes for and against, or of all seats that may vote. */
  shareOf: 'votes' | 'seats'
}

/** A member's place on the board for one change. Whoever wrote or installs the change has no vote on it. */
export interface Seat {
  id: number
  name: string
  /** A "no" from this seat rejects by itself. */
  veto: boolean
  excluded: 'author' | 'implementer' | null
}

export interface Ballot {
  seatId: number
  /** Who cast it: the member, or whoever holds the seat for now. */
  voterName: string
  choice: Choice
  /** The condition of "yes, if …"; otherwise a remark. */
  comment: string
}

export interface Tally {
  /** What the vote decides if it is closed now; `lapsed`: too few voted, nothing is decided. */
  verdict: 'approved' | 'rejected' | 'lapsed'
  /** No ballot that may still come can change the verdict. */
  settled: boolean
  yes: number
  no: number
  abstained: number
  /** Seats that may vote, and how many of them have not. */
  seats: number
  waiting: number
  quorum: number
  quorumReached: boolean
  vetoedBy: string[]
  conditions: { seatId: number; by: string; text: string }[]
  /** The count in sentences, in the order of reasoning. */
  explanation: Words[]
}

interface Count {
  yes: number
  no: number
  seats: number
}

/**
 * The count: rule, seats and ballots give a decision and its explanation, the same for ever. "Yes, if …" counts as yes; its condition binds
 * the installation. Abstaining counts towards the quorum alone. A veto rejects with or without a quorum; a tie is no majority.
 */
export function tally(rule: BoardRule, seats: readonly Seat[], ballots: readonly Ballot[]): Tally {
  const voting = seats.filter((seat) => seat.excluded === null)
  const bySeat = new Map(ballots.map((ballot) => [ballot.seatId, ballot]))
  const cast = voting.flatMap((seat) => {
    const ballot = bySeat.get(seat.id)
    return ballot ? [{ seat, ballot }] : []
  })
  const said = (...choices: Choice[]) => cast.filter(({ ballot }) => choices.includes(ballot.choice)).length
  const yes = said('yes', 'yes_if')
  const no = said('no')
  const waiting = voting.filter((seat) => !bySeat.has(seat.id))
  const count = { yes, no, seats: voting.length }
  const vetoedBy = cast.filter(({ seat, ballot }) => seat.veto && ballot.choice === 'no').map(({ seat }) => seat.name)
  const quorumReached = cast.length >= rule.quorum
  const verdict =
    vetoedBy.length > 0 ? 'rejected' : !quorumReached ? 'lapsed' : carries(rule, count) ? 'approved' : 'rejected'
  const result = {
    verdict,
    settled: isSettled(rule, count, {
      verdict,
      vetoed: vetoedBy.length > 0,
      quorumReached,
      cast: cast.length,
      waiting,
    }),
    yes,
    no,
    abstained: said('abstain'),
    seats: voting.length,
    waiting: waiting.length,
    quorum: rule.quorum,
    quorumReached,
    vetoedBy,
    conditions: cast
      .filter(({ ballot }) => ballot.choice === 'yes_if')
      .map(({ seat, ballot }) => ({ seatId: seat.id, by: ballot.voterName, text: ballot.comment })),
  } as const
  return { ...result, conditions: [...result.conditions], explanation: explain(rule, seats, count, result) }
}

function carries(rule: BoardRule, { yes, no, seats }: Count): boolean {
  if (yes === 0) return false
  if (rule.rule === 'majority') return yes > no
  return yes * 100 >= rule.sharePercent * (rule.shareOf === 'seats' ? seats : yes + no)
}

/** The worst that can come of an approval is that all the others say no; the best for a rejection, that all say yes. */
function isSettled(
  rule: BoardRule,
  count: Count,
  now: { verdict: Tally['verdict']; vetoed: boolean; quorumReached: boolean; cast: number; waiting: readonly Seat[] },
): boolean {
  const left = now.waiting.length
  if (now.vetoed || left === 0) return true
  const mayVeto = now.waiting.some((seat) => seat.veto)
  // a quorum that all together could not make: only a veto may still decide
  if (!now.quorumReached) return !mayVeto && now.cast + left < rule.quorum
  if (now.verdict === 'approved') return !mayVeto && carries(rule, { ...count, no: count.no + left })
  return !carries(rule, { ...count, yes: count.yes + left })
}

function explain(
  rule: BoardRule,
  seats: readonly Seat[],
  count: Count,
  result: Omit<Tally, 'explanation' | 'conditions'> & { conditions: readonly unknown[] },
): Words[] {
  const lines: Words[] = []
  for (const seat of seats.filter((one) => one.excluded !== null)) {
    const why = seat.excluded === 'author' ? WHY.author : WHY.implementer
    lines.push({ ru: `Не голосует ${seat.name}: ${why.ru}.`, en: `${seat.name} has no vote: ${why.en}.` })
  }
  const cast = result.seats - result.waiting
  lines.push({
    ru: `Проголосовали ${cast} из ${result.seats}, кворум ${rule.quorum}: ${result.quorumReached ? 'есть' : 'нет'}.`,
    en: `${cast} of ${result.seats} voted, quorum ${rule.quorum}: ${result.quorumReached ? 'reached' : 'not reached'}.`,
  })
  const conditional = result.conditions.length
  lines.push({
    ru: `За ${result.yes}${conditional > 0 ? ` (из них с условием ${conditional})` : ''}, против ${result.no}, воздержались ${result.abstained}.`,
    en: `For ${result.yes}${conditional > 0 ? ` (with a condition: ${conditional})` : ''}, against ${result.no}, abstained ${result.abstained}.`,
  })
  if (result.vetoedBy.length > 0) {
    const names = result.vetoedBy.join(', ')
    lines.push({ ru: `Вето: ${names}. Отклонено.`, en: `Veto: ${names}. Rejected.` })
    return lines
  }
  if (!result.quorumReached) {
    lines.push({ ru: 'Без кворума решения нет.', en: 'Without a quorum nothing is decided.' })
    return lines
  }
  lines.push(ruleInWords(rule, count, result.verdict === 'approved'))
  return lines
}

const WHY = {
  author: { ru: 'автор изменения', en: 'the author of the change' },
  implementer: { ru: 'устанавливает изменение', en: 'installs the change' },
}

function ruleInWords(rule: BoardRule, { yes, no, seats }: Count, approved: boolean): Words {
  const end = approved ? { ru: 'одобрено', en: 'approved' } : { ru: 'отклонено', en: 'rejected' }
  if (rule.rule === 'majority') {
    const sign = yes > no ? '>' : yes === no ? '=' : '<'
    return {
      ru: `Большинство голосов: ${yes} ${sign} ${no} — ${end.ru}.`,
      en: `Majority of the votes: ${yes} ${sign} ${no}: ${end.en}.`,
    }
  }
  const whole = rule.shareOf === 'seats' ? seats : yes + no
  const of = rule.shareOf === 'seats' ? { ru: 'состава', en: 'the seats' } : { ru: 'голосов', en: 'the votes' }
  return {
    ru: `Нужно ${rule.sharePercent} % ${of.ru}: ${yes} из ${whole} — ${end.ru}.`,
    en: `${rule.sharePercent} % of ${of.en} needed: ${yes} of ${whole}: ${end.en}.`,
  }
}
