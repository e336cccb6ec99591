import { describe, expect, it } from 'vitest'
import { askedToVote, type Delegation, type Member, seatsFor, seatsOf } from './board.ts'

const member = (accountId: number, given: Partial<Member> = {}): Member => ({
  accountId,
  name: `М${accountId}`,
  veto: false,
  active: true,
  clientIds: null,
  ...given,
})
const change = { clientId: 1, authorId: 2, implementerId: 3 }
const lent: Delegation = { memberId: 1, delegateId: 9, fromAt: 100, untilAt: 200 }

describe('the board of a change', () => {
  it('is of those who serve its client; its author and its installer are named without a vote', () => {
    const seats = seatsFor(
      [member(1), member(2), member(3), member(4, { clientIds: [2] }), member(5, { active: false })],
      change,
    )
    expect(seats.map(({ id, excluded }) => [id, excluded])).toEqual([
      [1, null],
      [2, 'author'],
      [3, 'implementer'],
    ])
  })
})

describe('whose seat a person may vote for', () => {
  const seats = seatsFor([member(1), member(4)], change)
  const of = (voter: number, at = 150, voted: number[] = [], given = [lent]) =>
    seatsOf(
      voter,
      seats,
      voted.map((seatId) => ({ seatId })),
      given,
      change,
      at,
    ).map(({ seatId, as }) => `${seatId} ${as}`)

  it('a member votes for their own seat, once', () => {
    expect(of(4)).toEqual(['4 member'])
    expect(of(4, 150, [4])).toEqual([])
  })

  it('a delegate votes from the first moment of the term up to its end', () => {
    expect([99, 100, 199, 200].map((at) => of(9, at).length)).toEqual([0, 1, 1, 0])
  })

  it('a seat that a delegate has voted for is spent for its member, and the other way round', () => {
    expect(of(1, 150, [1])).toEqual([])
    expect(of(9, 150, [1])).toEqual([])
  })

  it('a member who holds another’s seat votes for both', () => {
    expect(of(4, 150, [], [{ ...lent, delegateId: 4 }])).toEqual(['4 member', '1 delegate'])
  })

  it('whoever wrote or installs the change gets no vote by a delegation either', () => {
    expect(of(2, 150, [], [{ ...lent, delegateId: 2 }])).toEqual([])
  })

  it('asks whoever could still vote', () => {
    expect(askedToVote(seats, [{ seatId: 4 }], [lent], change, 150)).toEqual([1, 9])
  })
})
