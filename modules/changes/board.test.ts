import { actorOf, createAccount, type TestAccount } from '@opora/access/testkit'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@opora/core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { appoint, type ChangesBench, changesBench, MAJORITY, MONDAY } from './changes.fixture.ts'

let bench: ChangesBench

beforeAll(async () => {
  bench = await changesBench()
})
afterAll(() => bench.db.drop())
beforeEach(async () => {
  await bench.db.setNow(MONDAY)
  await appoint(bench)
  bench.told.length = 0
})

describe('a change before the board', () => {
  it('comes on the agenda with its place in the process, and those who may vote are asked', async () => {
    const { changeId, ticketId } = await bench.atBoard()
    expect(await bench.placeOf(ticketId)).toBe('rb_board')
    const view = await bench.view(changeId)
    expect(view).toMatchObject({ approval: 'voting', kind: 'normal', author: { name: 'Анна Схемова' } })
    expect(view.rounds).toMatchObject([{ round: 1, mode: 'correspondence', purpose: 'approval', state: 'open' }])
    expect(Date.parse(view.rounds[0]!.deadlineAt!) - MONDAY - 2 * DAY_MS).toBeLessThan(MINUTE_MS)
    expect(bench.told).toMatchObject([
      ['change.vote_asked', { occasion: 'opened', accountIds: bench.members.map((member) => member.id) }],
    ])
  })

  it('yes, yes, no of five approves at the deadline, and the ticket goes on to development', async () => {
    const { changeId, ticketId } = await bench.atBoard()
    const [a, b, c] = bench.members
    await bench.vote(changeId, a!, 'yes')
    await bench.vote(changeId, b!, 'yes')
    await bench.vote(changeId, c!, 'no')
    expect(await bench.placeOf(ticketId)).toBe('rb_board')
    await bench.db.setNow(MONDAY + 2 * DAY_MS + MINUTE_MS)
    expect(await bench.changes.closeDue(bench.db)).toBeGreaterThan(0)
    expect(await bench.placeOf(ticketId)).toBe('dev_build')
    const view = await bench.view(changeId)
    expect(view.approval).toBe('approved')
    expect(view.decision).toEqual([
      'Проголосовали 3 из 5, кворум 3: есть.',
      'За 2, против 1, воздержались 0.',
      'Большинство голосов: 2 > 1 — одобрено.',
    ])
    expect(await bench.changes.closeDue(bench.db)).toBe(0)
  })

  it('one that cannot be counted keeps no other waiting', async () => {
    const [broken, sound] = [await bench.atBoard(), await bench.atBoard()]
    for (const { changeId } of [broken, sound])
      for (const member of bench.members.slice(0, 2)) await bench.vote(changeId, member, 'yes')
    bench.bus.on('ticket.facts', async (_tx, event) => {
      const isBroken = event.ticket.id === broken.ticketId && event.facts.some((fact) => fact.type === 'board_approved')
      if (isBroken) throw new Error('no luck')
    })
    for (const { changeId } of [broken, sound]) await bench.vote(changeId, bench.members[2]!, 'no')
    await bench.db.setNow(MONDAY + 2 * DAY_MS + MINUTE_MS)
    await expect(bench.changes.closeDue(bench.db)).rejects.toThrow('could not be counted')
    expect(await bench.placeOf(broken.ticketId)).toBe('rb_board')
    expect(await bench.placeOf(sound.ticketId)).toBe('dev_build')
    await bench.db.owner`update board_round set deadline_at = null where change_id = ${broken.changeId}`
  })

  it('the same with a veto-holder’s no is rejected at once, and the ticket is closed with the reason', async () => {
    await appoint(bench, [2])
    const { changeId, ticketId } = await bench.atBoard()
    const [a, b, c] = bench.members
    await bench.vote(changeId, a!, 'yes')
    await bench.vote(changeId, b!, 'yes')
    await bench.vote(changeId, c!, 'no', 'Риск велик')
    const view = await bench.view(changeId)
    expect(view.approval).toBe('rejected')
    expect(view.decision.at(-1)).toBe('Вето: Громов. Отклонено.')
    expect(await bench.placeOf(ticketId)).toBe('closed')
  })

  it('is decided as soon as no ballot could turn it', async () => {
    const { changeId, ticketId } = await bench.atBoard()
    for (const member of bench.members.slice(0, 3)) await bench.vote(changeId, member, 'yes')
    expect(await bench.placeOf(ticketId)).toBe('dev_build')
    const late = bench.vote(changeId, bench.members[3]!, 'no')
    await expect(late).rejects.toMatchObject({ code: 'change.no_vote_open' })
  })

  it('stays on the agenda when nobody makes a quorum, and a new round can be called', async () => {
    const { changeId, ticketId } = await bench.atBoard()
    await bench.vote(changeId, bench.members[0]!, 'yes')
    await bench.db.setNow(MONDAY + 2 * DAY_MS + MINUTE_MS)
    await bench.changes.closeDue(bench.db)
    expect(await bench.view(changeId)).toMatchObject({ approval: 'agenda', rounds: [{ state: 'lapsed' }] })
    expect(await bench.placeOf(ticketId)).toBe('rb_board')
    expect(bench.told.at(-1)).toMatchObject(['change.decided', { decision: 'lapsed' }])
    await bench.asStaff((tx) =>
      bench.changes.openSession(tx, actorOf(bench.staff.im), {
        mode: 'meeting',
        title: 'Коллегия в среду',
        place: 'Переговорная',
        changeIds: [changeId],
      }),
    )
    expect(await bench.view(changeId)).toMatchObject({ approval: 'voting', rounds: [{ round: 2 }, { round: 1 }] })
  })

  it('cannot be decided by one person pressing the button, but can be sent back', async () => {
    const { changeId, ticketId } = await bench.atBoard()
    const member = actorOf(bench.members[0]!)
    await expect(bench.press(ticketId, 'approve', {}, member)).rejects.toMatchObject({ code: 'change.board_decides' })
    await expect(bench.press(ticketId, 'reject', { reason: 'Нет' }, member)).rejects.toMatchObject({
      code: 'change.board_decides',
    })
    expect(await bench.placeOf(ticketId)).toBe('rb_board')
    await bench.asStaff((tx) =>
      bench.changes.sendBack(tx, actorOf(bench.staff.im), { id: changeId, reason: 'Уточните риск' }),
    )
    expect(await bench.placeOf(ticketId)).toBe('an_specify')
    expect(await bench.view(changeId)).toMatchObject({
      approval: 'none',
      rounds: [{ state: 'voided', reason: 'Уточните риск' }],
    })
  })

  it('without a board is decided by whoever holds the role, and that is said', async () => {
    await appoint(bench, [], { ...MAJORITY, quorum: 1 })
    await bench.asStaff((tx) => bench.changes.setMembers(tx, actorOf(bench.staff.ad), []))
    const { changeId, ticketId } = await bench.atBoard()
    expect(await bench.view(changeId)).toMatchObject({ approval: 'agenda', needsVote: false })
    await bench.press(ticketId, 'approve', {}, actorOf(bench.members[0]!))
    expect(await bench.placeOf(ticketId)).toBe('dev_build')
    const view = await bench.view(changeId)
    expect(view).toMatchObject({
      approval: 'approved',
      decision: ['Решает один человек: Белов. Коллегия не назначена.'],
    })
    const [kept] = await bench.db.owner`
      select alone from audit where object_type = 'change' and object_id = ${String(changeId)} and action = 'change.approved'`
    expect(kept).toMatchObject({ alone: true })
  })
})

describe('ballots', () => {
  it('are cast once a seat, and never changed, whoever asks the database', async () => {
    const { changeId } = await bench.atBoard()
    const [member] = bench.members
    await bench.vote(changeId, member!, 'yes')
    await expect(bench.vote(changeId, member!, 'no')).rejects.toMatchObject({ code: 'change.already_voted' })
    await expect(bench.db.owner`update board_ballot set choice = 'no'`).rejects.toMatchObject({ code: '23000' })
    await expect(bench.db.owner`delete from board_ballot`).rejects.toMatchObject({ code: '23000' })
    await expect(bench.db.owner`truncate board_ballot cascade`).rejects.toMatchObject({ code: '23000' })
    await expect(bench.db.staff`update board_ballot set choice = 'no'`).rejects.toMatchObject({ code: '42501' })
  })

  it('are not the author’s or the installer’s to cast', async () => {
    const [author, installer] = bench.members
    const { changeId } = await bench.atBoard({ implementerId: installer!.id })
    await bench.db.owner`update change set author_id = ${author!.id} where id = ${changeId}`
    for (const member of [author, installer]) {
      await expect(bench.vote(changeId, member!, 'yes')).rejects.toMatchObject({ code: 'change.own_change' })
    }
  })

  it('after the deadline are refused, even before the vote has been counted', async () => {
    const { changeId } = await bench.atBoard()
    await bench.db.setNow(MONDAY + 2 * DAY_MS + MINUTE_MS)
    expect((await bench.view(changeId, bench.members[0]!)).mySeats).toEqual([])
    await expect(bench.vote(changeId, bench.members[0]!, 'yes')).rejects.toMatchObject({ code: 'change.no_vote_open' })
  })

  it('are not for those who hold no seat', async () => {
    const { changeId } = await bench.atBoard()
    const stranger = await createAccount(bench.db, { roles: ['rb'] })
    await expect(bench.vote(changeId, stranger, 'yes')).rejects.toMatchObject({ code: 'change.no_seat' })
  })

  it('by a delegate count for the member’s seat, within the term alone', async () => {
    const { changeId } = await bench.atBoard()
    const stand = await createAccount(bench.db, { roles: ['rb'], name: 'Замещающая' })
    const [member] = bench.members
    const until = new Date(MONDAY + HOUR_MS).toISOString()
    await bench.asStaff((tx) => bench.changes.lendSeat(tx, actorOf(member!), { delegateId: stand.id, until }))
    expect((await bench.view(changeId, stand)).mySeats).toEqual([{ id: member!.id, name: 'Белов', as: 'delegate' }])
    await bench.vote(changeId, stand, 'no')
    await expect(bench.vote(changeId, member!, 'yes')).rejects.toMatchObject({ code: 'change.already_voted' })
    const { rounds } = await bench.view(changeId)
    expect(rounds[0]!.ballots).toMatchObject([{ seat: { name: 'Белов' }, voter: 'Замещающая', choice: 'no' }])
    await bench.db.setNow(MONDAY + HOUR_MS + MINUTE_MS)
    const other = await bench.atBoard()
    await expect(bench.vote(other.changeId, stand, 'no')).rejects.toMatchObject({ code: 'change.no_seat' })
  })

  it('“yes, if” binds: the installation waits until the condition is met', async () => {
    const { changeId, ticketId } = await bench.atBoard()
    const [a, b, c] = bench.members
    await expect(bench.vote(changeId, a!, 'yes_if')).rejects.toMatchObject({ code: 'change.condition_missing' })
    await bench.vote(changeId, a!, 'yes_if', 'Сначала копия')
    await bench.vote(changeId, b!, 'yes')
    await bench.vote(changeId, c!, 'yes')
    expect(await bench.placeOf(ticketId)).toBe('dev_build')
    const { conditions } = await bench.view(changeId)
    expect(conditions).toMatchObject([{ text: 'Сначала копия', askedBy: 'Белов', metAt: null }])
    const it = actorOf(bench.staff.it)
    const from = new Date(MONDAY + 3 * DAY_MS).toISOString()
    const until = new Date(MONDAY + 3 * DAY_MS + HOUR_MS).toISOString()
    const window = { from, until, askClient: false, acceptConflicts: true }
    await bench.asStaff((tx) => bench.changes.planWindow(tx, it, { id: changeId, version: null, window }))
    const start = () => bench.asStaff((tx) => bench.changes.start(tx, it, { id: changeId, version: null }))
    await expect(start()).rejects.toMatchObject({ code: 'change.conditions_open' })
    await bench.asStaff((tx) =>
      bench.changes.meetCondition(tx, actorOf(bench.staff.im), {
        id: changeId,
        conditionId: conditions[0]!.id,
        note: 'Копия сделана',
      }),
    )
    await start()
    expect((await bench.view(changeId)).stage).toBe('installing')
  })

  it('of sixty-four voters at once are all kept, one a seat, and decide exactly once', async () => {
    const many: TestAccount[] = []
    for (let i = 0; i < 64; i += 1) many.push(await createAccount(bench.db, { roles: ['rb'], name: `Голос ${i}` }))
    await bench.asStaff(async (tx) => {
      const members = many.map((one) => ({ accountId: one.id, veto: false }))
      await bench.changes.setMembers(tx, actorOf(bench.staff.ad), members)
      await bench.changes.saveSettings(tx, actorOf(bench.staff.ad), {
        settings: { ...MAJORITY, quorum: 64 },
        version: null,
      })
    })
    const { changeId, ticketId } = await bench.atBoard()
    bench.told.length = 0
    // everybody twice: the second click of each must not count
    const done = await Promise.allSettled(
      [...many, ...many].map((one, i) => bench.vote(changeId, one, i % 2 === 0 ? 'yes' : 'abstain')),
    )
    expect(done.filter((one) => one.status === 'fulfilled')).toHaveLength(64)
    const [count] = await bench.db.owner`
      select count(*) as n, count(distinct seat_id) as seats from board_ballot b join board_round r on r.id = b.round_id where r.change_id = ${changeId}`
    expect(count).toMatchObject({ n: 64, seats: 64 })
    expect(bench.told.filter(([name]) => name === 'change.decided')).toHaveLength(1)
    expect(await bench.placeOf(ticketId)).toBe('dev_build')
  })
})

describe('a change of scope', () => {
  const plan = (id: number, given: object) =>
    bench.asStaff((tx) =>
      bench.changes.plan(tx, actorOf(bench.staff.an), { id, version: null, plan: { reason: '', ...given } }),
    )

  it('voids the ballots and opens a new round: those who voted are asked again', async () => {
    const { changeId } = await bench.atBoard()
    const [a, b] = bench.members
    const first = (await bench.view(changeId)).rounds[0]!.id
    await bench.vote(changeId, a!, 'yes')
    await bench.vote(changeId, b!, 'yes')
    await plan(changeId, { rollbackPlan: 'Вернуть копию базы', reason: 'Нашли связанный отчёт' })
    const view = await bench.view(changeId)
    expect(view.rounds).toMatchObject([
      { round: 2, state: 'open', ballots: [] },
      { round: 1, state: 'voided', reason: 'Нашли связанный отчёт', ballots: [{ choice: 'yes' }, { choice: 'yes' }] },
    ])
    expect(bench.told.at(-1)).toMatchObject(['change.vote_asked', { occasion: 'again' }])
    const stale = bench.asStaff((tx) =>
      bench.changes.castBallot(tx, actorOf(bench.members[2]!), changeId, {
        roundId: first,
        choice: 'yes',
        comment: '',
      }),
    )
    await expect(stale).rejects.toMatchObject({ code: 'change.scope_changed' })
  })

  it('is none when only the window or the installer changes', async () => {
    const { changeId } = await bench.atBoard()
    await bench.vote(changeId, bench.members[0]!, 'yes')
    await plan(changeId, { implementerId: bench.staff.it.id })
    expect((await bench.view(changeId)).rounds).toMatchObject([{ round: 1, state: 'open', ballots: [{}] }])
  })

  it('names nobody as the installer who is not an active employee', async () => {
    const { changeId } = await bench.atBoard()
    const contact = await createAccount(bench.db, { side: 'client', contact: { clientId: bench.clientId } })
    for (const implementerId of [contact.id, 999_999_999]) {
      await expect(plan(changeId, { implementerId })).rejects.toMatchObject({ code: 'change.implementer_unknown' })
    }
  })

  it('makes nobody the installer who votes on it, by a seat of their own or a lent one, with another scope or without', async () => {
    await appoint(bench, [2])
    const { changeId } = await bench.atBoard()
    const stand = await createAccount(bench.db, { roles: ['rb'], name: 'Замещающая' })
    const until = new Date(MONDAY + HOUR_MS).toISOString()
    const [member, , veto] = bench.members
    await bench.asStaff((tx) => bench.changes.lendSeat(tx, actorOf(member!), { delegateId: stand.id, until }))
    for (const { id: implementerId } of [veto!, stand]) {
      for (const more of [{}, { description: 'Другое' }]) {
        await expect(plan(changeId, { implementerId, ...more })).rejects.toMatchObject({
          code: 'change.implementer_votes',
          options: { field: 'implementerId' },
        })
      }
    }
    expect((await bench.view(changeId)).rounds).toMatchObject([{ round: 1, state: 'open' }])
    await bench.vote(changeId, veto!, 'no', 'Риск велик')
    expect((await bench.view(changeId)).approval).toBe('rejected')
  })

  it('after the decision takes the approval away, and the board is asked again', async () => {
    const { changeId, ticketId } = await bench.atBoard()
    for (const member of bench.members.slice(0, 3)) await bench.vote(changeId, member, 'yes')
    await plan(changeId, { description: 'И ещё интеграция с 1С' })
    expect(await bench.view(changeId)).toMatchObject({ approval: 'voting', rounds: [{ round: 2 }, { round: 1 }] })
    for (const member of bench.members.slice(0, 3)) await bench.vote(changeId, member, 'yes')
    expect((await bench.view(changeId)).approval).toBe('approved')
    expect(await bench.placeOf(ticketId)).toBe('dev_build')
  })
})

describe('a session', () => {
  it('of a meeting is counted when it is closed, all its changes at once', async () => {
    await appoint(bench, [], { ...MAJORITY, opensAtOnce: false })
    const one = await bench.atBoard()
    const two = await bench.atBoard()
    expect((await bench.view(one.changeId)).approval).toBe('agenda')
    const im = actorOf(bench.staff.im)
    const id = await bench.asStaff((tx) =>
      bench.changes.openSession(tx, im, {
        mode: 'meeting',
        title: 'Среда',
        place: '',
        changeIds: [two.changeId, one.changeId],
      }),
    )
    for (const member of bench.members.slice(0, 4)) await bench.vote(one.changeId, member, 'yes')
    expect(await bench.placeOf(one.ticketId)).toBe('rb_board')
    await bench.asStaff((tx) => bench.changes.closeSession(tx, im, { id, version: null }))
    expect(await bench.placeOf(one.ticketId)).toBe('dev_build')
    expect((await bench.view(two.changeId)).approval).toBe('agenda')
    const again = bench.asStaff((tx) => bench.changes.closeSession(tx, im, { id, version: null }))
    await expect(again).rejects.toMatchObject({ code: 'change.session_closed' })
  })

  it('is not called where a quorum cannot be made', async () => {
    await appoint(bench, [], { ...MAJORITY, quorum: 5 })
    const { changeId } = await bench.atBoard({ implementerId: bench.members[0]!.id })
    expect((await bench.view(changeId)).approval).toBe('agenda')
    const call = bench.asStaff((tx) =>
      bench.changes.openSession(tx, actorOf(bench.staff.im), {
        mode: 'correspondence',
        title: '',
        place: '',
        changeIds: [changeId],
      }),
    )
    await expect(call).rejects.toMatchObject({ code: 'change.quorum_unreachable' })
  })

  it('reminds once, near the deadline, only those who have not voted', async () => {
    const { changeId, ticketId } = await bench.atBoard()
    await bench.vote(changeId, bench.members[0]!, 'yes')
    const remind = () => bench.db.begin({ as: 'worker' }, (tx) => bench.changes.remindDue(tx))
    expect(await remind()).toBe(0)
    await bench.db.setNow(MONDAY + 2 * DAY_MS - 4 * HOUR_MS + MINUTE_MS)
    bench.told.length = 0
    await remind()
    const told = bench.told.filter(([, event]) => event.ticket.id === ticketId)
    expect(told).toMatchObject([
      ['change.vote_asked', { occasion: 'reminder', accountIds: bench.members.slice(1).map((member) => member.id) }],
    ])
    expect(await remind()).toBe(0)
  })
})
