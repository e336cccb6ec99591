import { actorOf } from '@opora/access/testkit'
import { DAY_MS, HOUR_MS, isoInstant, MINUTE_MS } from '@opora/core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { appoint, type ChangesBench, changesBench, MONDAY } from './changes.fixture.ts'

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

const EVENING = MONDAY + DAY_MS + 11 * HOUR_MS
const it_ = () => actorOf(bench.staff.it)
const window = (from = EVENING, given: object = {}) => ({
  from: isoInstant(from),
  until: isoInstant(from + 2 * HOUR_MS),
  askClient: false,
  acceptConflicts: false,
  ...given,
})
const planWindow = (id: number, wish = window()) =>
  bench.asStaff((tx) => bench.changes.planWindow(tx, it_(), { id, version: null, window: wish }))
const start = (id: number) => bench.asStaff((tx) => bench.changes.start(tx, it_(), { id, version: null }))

async function approved(plan: object = {}) {
  const made = await bench.atBoard(plan)
  for (const member of bench.members.slice(0, 3)) await bench.vote(made.changeId, member, 'yes')
  return made
}

/** Through development and the test on a copy to the place where the window is agreed. */
async function built(ticketId: number) {
  await bench.press(ticketId, 'done')
  await bench.press(ticketId, 'passed', { report: '00000000-0000-4000-8000-000000000000' })
}

describe('an installation', () => {
  it('without a roll-back plan cannot leave “planned”, not even in the database', async () => {
    const { changeId } = await approved({ rollbackPlan: '' })
    await planWindow(changeId)
    expect(await bench.view(changeId)).toMatchObject({
      stage: 'planned',
      notReady: 'Без плана отката установка не начинается: напишите, как вернуть всё назад.',
    })
    await expect(start(changeId)).rejects.toMatchObject({ code: 'change.rollback_plan_missing' })
    await expect(bench.db.owner`update change set stage = 'installing' where id = ${changeId}`).rejects.toMatchObject({
      code: '23514',
    })
  })

  it('goes with its ticket: the window of the process is in the calendar, begun and ended on either side', async () => {
    const { changeId, ticketId } = await approved()
    await built(ticketId)
    await bench.press(ticketId, 'agreed', { window_at: isoInstant(EVENING), rollback_plan: 'Вернуть копию' }, it_())
    expect(await bench.view(changeId)).toMatchObject({
      stage: 'planned',
      windowFrom: isoInstant(EVENING),
      windowState: 'agreed',
      rollbackPlan: 'Вернуть копию',
    })
    await start(changeId)
    expect(await bench.placeOf(ticketId)).toBe('it_install')
    await bench.press(ticketId, 'installed', {}, it_())
    expect(await bench.view(changeId)).toMatchObject({ stage: 'installed' })
    await bench.asStaff((tx) =>
      bench.changes.review(tx, actorOf(bench.staff.im), {
        id: changeId,
        version: null,
        review: { outcome: 'success', note: 'Без замечаний' },
      }),
    )
    expect((await bench.view(changeId)).review).toMatchObject({ outcome: 'success', by: 'Марина Диспетчер' })
  })

  it('that fails is rolled back, and the ticket goes back to work', async () => {
    const { changeId, ticketId } = await approved()
    await built(ticketId)
    await bench.press(ticketId, 'agreed', { window_at: isoInstant(EVENING), rollback_plan: 'Вернуть копию' }, it_())
    await start(changeId)
    await bench.asStaff((tx) =>
      bench.changes.finish(tx, it_(), {
        id: changeId,
        version: null,
        finish: { outcome: 'rolled_back', note: 'Отчёты пусты' },
      }),
    )
    expect(await bench.view(changeId)).toMatchObject({ stage: 'rolled_back', resultNote: 'Отчёты пусты' })
    expect(await bench.placeOf(ticketId)).toBe('dev_build')
  })

  it('is not begun by the ticket’s button against the board’s conditions', async () => {
    const made = await bench.atBoard()
    const [a, b, c] = bench.members
    await bench.vote(made.changeId, a!, 'yes_if', 'Сначала копия')
    await bench.vote(made.changeId, b!, 'yes')
    await bench.vote(made.changeId, c!, 'yes')
    await built(made.ticketId)
    await bench.press(made.ticketId, 'agreed', { window_at: isoInstant(EVENING), rollback_plan: 'Назад' }, it_())
    // the roll-back plan that came with the window is another scope than what was voted on
    await expect(bench.press(made.ticketId, 'start_now', {}, it_())).rejects.toMatchObject({
      code: 'change.conditions_open',
    })
  })
})

describe('windows', () => {
  const freeze = (from: number, until: number, given: object = {}) =>
    bench.asStaff((tx) =>
      bench.changes.addFreeze(tx, actorOf(bench.staff.im), {
        clientId: bench.clientId,
        from: isoInstant(from),
        until: isoInstant(until),
        reason: 'Закрытие квартала',
        allowsEmergency: true,
        ...given,
      }),
    )

  it('are refused inside a freeze, by the panel and by the process alike, until it is lifted', async () => {
    const { changeId, ticketId } = await approved()
    await built(ticketId)
    const at = EVENING + 10 * DAY_MS
    const id = await freeze(at - HOUR_MS, at + HOUR_MS)
    const frozen = { code: 'change.frozen', options: { params: { reason: 'Закрытие квартала' } } }
    await expect(planWindow(changeId, window(at))).rejects.toMatchObject(frozen)
    const agree = () =>
      bench.press(ticketId, 'agreed', { window_at: isoInstant(at), rollback_plan: 'Вернуть копию' }, it_())
    await expect(agree()).rejects.toMatchObject(frozen)
    expect(await bench.placeOf(ticketId)).toBe('it_window')
    await bench.asStaff((tx) => bench.changes.liftFreeze(tx, actorOf(bench.staff.im), id))
    await agree()
    expect(await bench.placeOf(ticketId)).toBe('it_planned')
  })

  it('that meet another change are named and taken only on purpose; of two planned at once one sees the other', async () => {
    const [one, two] = [await approved(), await approved()]
    const at = EVENING + 20 * DAY_MS
    const results = await Promise.allSettled([
      planWindow(one.changeId, window(at)),
      planWindow(two.changeId, window(at + HOUR_MS)),
    ])
    expect(results.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    const loser = results[0]!.status === 'rejected' ? one : two
    expect(results.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'change.conflicts' } })
    await planWindow(loser.changeId, window(at, { acceptConflicts: true }))
    expect((await bench.view(loser.changeId)).stage).toBe('planned')
  })

  it('that are over already are not planned', async () => {
    const { changeId } = await approved()
    const past = window(MONDAY - 3 * HOUR_MS)
    await expect(planWindow(changeId, past)).rejects.toMatchObject({ code: 'change.window_past' })
  })

  it('that the client is asked about wait for their word', async () => {
    const { changeId } = await approved()
    await planWindow(changeId, window(EVENING + 30 * DAY_MS, { askClient: true }))
    expect(bench.told.at(-1)).toMatchObject(['change.window_asked', { changeId }])
    await expect(start(changeId)).rejects.toMatchObject({ code: 'change.window_not_agreed' })
  })
})

describe('an emergency', () => {
  async function installedAtOnce() {
    const ticketId = await bench.specified()
    await bench.press(ticketId, 'emergency', {}, actorOf(bench.staff.an))
    await built(ticketId)
    await bench.press(ticketId, 'agreed', { window_at: isoInstant(EVENING), rollback_plan: 'Вернуть копию' }, it_())
    await bench.press(ticketId, 'start_now', {}, it_())
    await bench.press(ticketId, 'installed', {}, it_())
    const [row] = await bench.db.owner<{ id: number }[]>`select id from change where ticket_id = ${ticketId}`
    return { ticketId, changeId: row!.id }
  }

  it('is approved afterwards: the board reviews it within two working days of the installation', async () => {
    const { ticketId, changeId } = await installedAtOnce()
    expect(await bench.view(changeId)).toMatchObject({
      kind: 'emergency',
      stage: 'installed',
      boardReviewedAt: null,
    })
    const due = Date.parse((await bench.view(changeId)).reviewDueAt!)
    expect(due - MONDAY - 2 * DAY_MS).toBeLessThan(MINUTE_MS)
    await bench.press(ticketId, 'accept')
    expect(await bench.placeOf(ticketId)).toBe('rb_after')
    expect((await bench.view(changeId)).rounds).toMatchObject([{ purpose: 'review', state: 'open' }])
    await expect(bench.press(ticketId, 'approve', {}, actorOf(bench.members[0]!))).rejects.toMatchObject({
      code: 'change.board_decides',
    })
    for (const member of bench.members.slice(0, 3)) await bench.vote(changeId, member, 'yes')
    expect(await bench.placeOf(ticketId)).toBe('rating')
    expect(await bench.view(changeId)).toMatchObject({ boardReviewedAt: expect.any(String), reviewLate: false })
  })

  it('cannot be closed without that review; when it is late, everybody concerned is told once', async () => {
    const { ticketId, changeId } = await installedAtOnce()
    await bench.press(ticketId, 'accept')
    await bench.db.setNow(MONDAY + 2 * DAY_MS + MINUTE_MS)
    const tell = () => bench.db.begin({ as: 'worker' }, (tx) => bench.changes.tellLate(tx))
    expect(await tell()).toBeGreaterThan(0)
    expect(await tell()).toBe(0)
    expect(bench.told.some(([name]) => name === 'change.review_late')).toBe(true)
    const closing = bench.asStaff((tx) =>
      bench.changes.guardFacts(tx, {
        actor: it_(),
        ticket: { id: ticketId } as never,
        facts: [{ id: 1, at: MONDAY, type: 'closed', data: {} }],
        now: MONDAY,
      }),
    )
    await expect(closing).rejects.toMatchObject({ code: 'change.review_missing' })
    // the first vote had no quorum by its deadline
    await bench.changes.closeDue(bench.db)
    await bench.asStaff((tx) =>
      bench.changes.openSession(tx, actorOf(bench.staff.im), {
        mode: 'correspondence',
        title: '',
        place: '',
        changeIds: [changeId],
      }),
    )
    for (const member of bench.members.slice(0, 3)) await bench.vote(changeId, member, 'yes')
    expect(await bench.placeOf(ticketId)).toBe('rating')
    expect((await bench.view(changeId)).decision.at(-1)).toBe('Рассмотрено позже срока.')
  })

  const plan = (id: number, given: object) =>
    bench.asStaff((tx) =>
      bench.changes.plan(tx, actorOf(bench.staff.an), { id, version: null, plan: { reason: '', ...given } }),
    )

  it('stays one once it has been installed without the board, rolled back or not, until it is reviewed', async () => {
    const { changeId } = await installedAtOnce()
    await bench.db.owner`update change set stage = 'rolled_back' where id = ${changeId}`
    await expect(plan(changeId, { kind: 'normal' })).rejects.toMatchObject({ code: 'change.review_missing' })
  })

  it('reviewed beforehand is reviewed anew when it becomes another change', async () => {
    const ticketId = await bench.specified()
    await bench.press(ticketId, 'emergency', {}, actorOf(bench.staff.an))
    const [row] = await bench.db.owner<{ id: number }[]>`select id from change where ticket_id = ${ticketId}`
    const changeId = row!.id
    await bench.asStaff((tx) => bench.changes.putOnAgenda(tx, actorOf(bench.staff.im), { id: changeId, version: null }))
    for (const member of bench.members.slice(0, 3)) await bench.vote(changeId, member, 'yes')
    expect((await bench.view(changeId)).boardReviewedAt).not.toBeNull()
    await plan(changeId, { description: 'Совсем другое' })
    expect((await bench.view(changeId)).boardReviewedAt).toBeNull()
  })

  it('that the board does not approve goes back to work', async () => {
    const { ticketId, changeId } = await installedAtOnce()
    await bench.press(ticketId, 'accept')
    for (const member of bench.members.slice(0, 3)) await bench.vote(changeId, member, 'no')
    expect(await bench.placeOf(ticketId)).toBe('dev_build')
    expect(await bench.view(changeId)).toMatchObject({ approval: 'rejected', boardReviewedAt: null })
  })
})

describe('a standard change', () => {
  it('is approved by its template without a vote, and done only as the template says', async () => {
    const { changes, staff, members } = bench
    const wish = {
      nameRu: 'Обновление модуля',
      nameEn: 'Module update',
      description: 'Плановое обновление',
      buildPlan: 'Обновить',
      testPlan: 'Проверить вход',
      rollbackPlan: 'Вернуть копию',
    }
    const templateId = await bench.asStaff((tx) =>
      changes.saveTemplate(tx, actorOf(staff.im), { id: null, version: null, wish }),
    )
    await expect(bench.atBoard({ kind: 'standard', templateId })).rejects.toMatchObject({
      code: 'change.template_missing',
    })
    await bench.asStaff((tx) => changes.approveTemplate(tx, actorOf(members[0]!), { id: templateId, version: null }))
    await expect(bench.atBoard({ kind: 'standard', templateId, rollbackPlan: 'Иначе' })).rejects.toMatchObject({
      code: 'change.template_binds',
    })
    const { changeId, ticketId } = await bench.atBoard({ kind: 'standard', templateId, rollbackPlan: undefined })
    expect(await bench.placeOf(ticketId)).toBe('dev_build')
    expect(await bench.view(changeId)).toMatchObject({
      approval: 'approved',
      rounds: [],
      decision: ['Стандартное изменение, одобрено заранее шаблоном «Обновление модуля».'],
    })
  })
})
