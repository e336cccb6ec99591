import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Ballot, type BoardRule, type Choice, type Seat, tally } from './tally.ts'

const majority: BoardRule = { quorum: 3, rule: 'majority', sharePercent: 50, shareOf: 'votes' }
const five: Seat[] = [1, 2, 3, 4, 5].map((id) => ({ id, name: `М${id}`, veto: false, excluded: null }))
const vote = (...choices: Choice[]): Ballot[] =>
  choices.map((choice, index) => ({ seatId: index + 1, voterName: `М${index + 1}`, choice, comment: 'после копии' }))

describe('the worked example: five members, quorum three, majority', () => {
  it('yes, yes, no approves', () => {
    expect(tally(majority, five, vote('yes', 'yes', 'no'))).toMatchObject({ verdict: 'approved', yes: 2, no: 1 })
  })

  it('the same with a veto-holder’s no rejects, and the explanation names them', () => {
    const seats = five.map((seat) => ({ ...seat, veto: seat.id === 3 }))
    const count = tally(majority, seats, vote('yes', 'yes', 'no'))
    expect(count).toMatchObject({ verdict: 'rejected', settled: true, vetoedBy: ['М3'] })
    expect(count.explanation.map((line) => line.ru)).toEqual([
      'Проголосовали 3 из 5, кворум 3: есть.',
      'За 2, против 1, воздержались 0.',
      'Вето: М3. Отклонено.',
    ])
  })

  it('explains an approval by its figures in both languages', () => {
    const { explanation } = tally(majority, five, vote('yes', 'yes_if', 'no'))
    expect(explanation).toEqual([
      { ru: 'Проголосовали 3 из 5, кворум 3: есть.', en: '3 of 5 voted, quorum 3: reached.' },
      {
        ru: 'За 2 (из них с условием 1), против 1, воздержались 0.',
        en: 'For 2 (with a condition: 1), against 1, abstained 0.',
      },
      { ru: 'Большинство голосов: 2 > 1 — одобрено.', en: 'Majority of the votes: 2 > 1: approved.' },
    ])
  })
})

describe('the count', () => {
  const share = (sharePercent: number, shareOf: BoardRule['shareOf']): BoardRule => ({
    quorum: 3,
    rule: 'share',
    sharePercent,
    shareOf,
  })
  it.each<[string, BoardRule, Choice[], string]>([
    ['two votes are no quorum of three', majority, ['yes', 'yes'], 'lapsed'],
    ['a tie is no majority', majority, ['yes', 'no', 'abstain'], 'rejected'],
    ['abstaining counts towards the quorum', majority, ['yes', 'abstain', 'abstain'], 'approved'],
    ['three who abstain approve nothing', majority, ['abstain', 'abstain', 'abstain'], 'rejected'],
    ['a condition is a yes', majority, ['yes_if', 'yes_if', 'no'], 'approved'],
    ['two of three are 66 %, not 67', share(67, 'votes'), ['yes', 'yes', 'no'], 'rejected'],
    ['two of three are 66 %', share(66, 'votes'), ['yes', 'yes', 'no'], 'approved'],
    ['three of five seats are 60 %', share(60, 'seats'), ['yes', 'yes', 'yes'], 'approved'],
    ['two of five seats are not 60 %', share(60, 'seats'), ['yes', 'yes', 'abstain'], 'rejected'],
  ])('%s', (_name, rule, choices, verdict) => {
    expect(tally(rule, five, vote(...choices)).verdict).toBe(verdict)
  })

  it('leaves out whoever wrote the change, and says so', () => {
    const seats = five.map((seat) => (seat.id === 1 ? { ...seat, excluded: 'author' as const } : seat))
    const count = tally(majority, seats, vote('yes', 'yes', 'no', 'no'))
    expect(count).toMatchObject({ verdict: 'rejected', yes: 1, no: 2, seats: 4 })
    expect(count.explanation[0]).toEqual({
      ru: 'Не голосует М1: автор изменения.',
      en: 'М1 has no vote: the author of the change.',
    })
  })
})

const choice = fc.constantFrom<Choice>('yes', 'no', 'abstain', 'yes_if')
const world = fc
  .record({
    size: fc.integer({ min: 1, max: 5 }),
    vetoes: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    excluded: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 5, maxLength: 5 }),
    cast: fc.array(fc.option(choice, { freq: 2 }), { minLength: 5, maxLength: 5 }),
    rule: fc.record({
      quorum: fc.integer({ min: 1, max: 6 }),
      rule: fc.constantFrom('majority' as const, 'share' as const),
      sharePercent: fc.integer({ min: 1, max: 100 }),
      shareOf: fc.constantFrom('votes' as const, 'seats' as const),
    }),
  })
  .map(({ size, vetoes, excluded, cast, rule }) => {
    const seats: Seat[] = five
      .slice(0, size)
      .map((seat, i) => ({ ...seat, veto: vetoes[i]!, excluded: excluded[i] === 0 ? 'implementer' : null }))
    const ballots = seats.flatMap((seat, i) =>
      cast[i] ? [{ seatId: seat.id, voterName: seat.name, choice: cast[i], comment: 'если' }] : [],
    )
    return { rule, seats, ballots }
  })

describe('laws of the count', () => {
  it('a settled vote stays what it is, whatever ballots still come; an unsettled one can still turn', () => {
    fc.assert(
      fc.property(world, ({ rule, seats, ballots }) => {
        const now = tally(rule, seats, ballots)
        const verdicts = new Set(endings(seats, ballots).map((all) => tally(rule, seats, all).verdict))
        expect(verdicts.has(now.verdict)).toBe(true)
        expect(now.settled).toBe(verdicts.size === 1)
      }),
      { numRuns: 400 },
    )
  })

  it('the order of ballots means nothing', () => {
    fc.assert(
      fc.property(world, fc.integer(), ({ rule, seats, ballots }, seed) => {
        const turned = [...ballots].sort((a, b) => ((a.seatId * 31 + seed) % 7) - ((b.seatId * 31 + seed) % 7))
        expect(tally(rule, seats, turned)).toEqual(tally(rule, seats, ballots))
      }),
    )
  })

  it('nothing is approved without a quorum, against a veto, or without a single yes', () => {
    fc.assert(
      fc.property(world, ({ rule, seats, ballots }) => {
        const count = tally(rule, seats, ballots)
        if (count.verdict !== 'approved') return
        expect(count.quorumReached && count.vetoedBy.length === 0 && count.yes > 0).toBe(true)
      }),
    )
  })

  it('one more yes never turns an approval into something else', () => {
    fc.assert(
      fc.property(world, ({ rule, seats, ballots }) => {
        if (tally(rule, seats, ballots).verdict !== 'approved') return
        const free = seats.find((seat) => !ballots.some((ballot) => ballot.seatId === seat.id))
        if (!free) return
        const more = [...ballots, { seatId: free.id, voterName: free.name, choice: 'yes' as const, comment: '' }]
        expect(tally(rule, seats, more).verdict).toBe('approved')
      }),
    )
  })
})

/** Every way in which the rest of the board may still vote, or not. */
function endings(seats: readonly Seat[], ballots: readonly Ballot[]): Ballot[][] {
  const left = seats.filter((seat) => seat.excluded === null && !ballots.some((ballot) => ballot.seatId === seat.id))
  return left.reduce<Ballot[][]>(
    (ways, seat) =>
      ways.flatMap((way) => [
        way,
        ...(['yes', 'no', 'abstain'] as const).map((choice) => [
          ...way,
          { seatId: seat.id, voterName: seat.name, choice, comment: '' },
        ]),
      ]),
    [[...ballots]],
  )
}
