import { createClient, createContact } from '@opora/people/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Installation, installOpora } from './month/installation.ts'
import { linksOf, type Received, type Written } from './month/post-office.ts'

// Lesson E14: two programs that answer each other's letters have buried desks under thousands of tickets.

const SUPPORT = 'support@opora-scenario.test'
const SALES = 'sales@opora-scenario.test'
const TURNS_MAX = 12
let house: Installation
let clientId: number
let people = 0
let writer: string

beforeAll(async () => {
  house = await installOpora('2026-03-02T08:00:00Z', { OPORA_PUBLIC_URL: '' })
  await house.db.owner`insert into mailbox (name, address) values ('Поддержка', ${SUPPORT}), ('Продажи', ${SALES})`
  clientId = (await createClient(house.db.owner, { name: 'Ромашка' })).id
})
beforeEach(async () => {
  people += 1
  writer = `writer${people}@romashka.test`
})
afterAll(() => house?.close())

const knownWriter = () => createContact(house.db.owner, clientId, { email: writer, name: 'Анна' } as never)
const question = { subject: 'Не открывается карточка', text: 'После обновления не открывается карточка сделки' }

/** Lets a program answer every letter that it gets; gives the turns it took to fall silent. */
async function answerEverything(
  reply: (letter: Received, turn: number) => Omit<Written, 'from'> | null,
): Promise<number> {
  let seen = 0
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const news = house.post.to(writer).slice(seen)
    if (news.length === 0) return turn
    seen += news.length
    for (const letter of news) {
      const answer = reply(letter, turn)
      if (answer) await house.write({ from: writer, ...answer })
    }
  }
  throw new Error(`after ${TURNS_MAX} turns the letters still go to and fro`)
}

async function outcome(): Promise<{ tickets: number; receipts: number }> {
  const [row] = await house.db.owner<{ tickets: number; receipts: number }[]>`
    select (select count(distinct ticket_id) from raw_message where from_address = ${writer} and ticket_id is not null) as tickets,
      (select count(*) from outgoing_mail where to_address = ${writer} and kind = 'receipt') as receipts`
  return row!
}

describe('a program that answers every letter at once', () => {
  it('and says that it is one is not answered: one ticket, one receipt', async () => {
    await knownWriter()
    await house.write({ from: writer, ...question })
    const turns = await answerEverything((letter) => ({
      subject: `Автоответ: ${letter.subject}`,
      text: 'Я в отпуске',
      answers: letter,
      headers: { 'Auto-Submitted': 'auto-replied' },
    }))
    expect(turns).toBe(1)
    expect(await outcome()).toEqual({ tickets: 1, receipts: 1 })
  })

  it('and hides it stays in its ticket, which has its receipt already', async () => {
    await knownWriter()
    await house.write({ from: writer, ...question })
    await answerEverything((letter, turn) => ({
      subject: `Re: ${letter.subject}`,
      text: `Принято ${turn}`,
      answers: letter,
    }))
    expect(await outcome()).toEqual({ tickets: 1, receipts: 1 })
  })

  it('with another subject and no references stays in its ticket by the address that it answers to', async () => {
    await knownWriter()
    await house.write({ from: writer, ...question })
    await answerEverything((letter, turn) => ({
      to: letter.headers.get('reply-to')![0]!.replace(/.*<|>.*/g, ''),
      subject: `Заявка ${turn * 7 + 3} создана`,
      text: `Ваше письмо ${turn} принято`,
    }))
    expect(await outcome()).toEqual({ tickets: 1, receipts: 1 })
  })

  it('with every trace of the thread removed is braked after the second answer at once', async () => {
    await knownWriter()
    await house.write({ from: writer, ...question })
    await answerEverything((_letter, turn) => ({
      subject: `Заявка ${turn * 7 + 3} создана`,
      text: `Принято, номер ${turn}`,
    }))
    const { tickets, receipts } = await outcome()
    expect(receipts).toBe(2)
    expect(tickets).toBeLessThanOrEqual(3)
  })

  it('from an address that nobody knows gets one receipt, with no word of its letters', async () => {
    await house.write({ from: writer, ...question })
    await answerEverything((_letter, turn) => ({ subject: `Купите ${turn}`, text: `Реклама ${turn}` }))
    const { tickets, receipts } = await outcome()
    expect(receipts).toBe(1)
    expect(tickets).toBeLessThanOrEqual(2)
    expect(house.post.last(writer).subject).not.toContain('карточка')
  })

  it('by sending our own letter back is told by the letter’s number', async () => {
    await knownWriter()
    await house.write({ from: writer, ...question })
    await answerEverything((letter) => ({
      subject: letter.subject,
      text: letter.text,
      messageId: `<${letter.messageId}>`,
    }))
    expect(await outcome()).toEqual({ tickets: 1, receipts: 1 })
  })
})

describe('two mailboxes of ours that forward to each other', () => {
  it('make one ticket and one receipt of one letter, however often it goes round', async () => {
    await knownWriter()
    const letter = { from: writer, ...question, messageId: `<round-${people}@romashka.test>` }
    for (let round = 0; round < 6; round += 1)
      for (const [to, other] of [
        [SUPPORT, SALES],
        [SALES, SUPPORT],
      ] as const)
        await house.write({
          ...letter,
          to,
          headers: { 'X-Round': String(round), 'Resent-From': other, 'Delivered-To': to },
        })
    expect(await outcome()).toEqual({ tickets: 1, receipts: 1 })
  })

  it('and write the letter anew in their own name are no requesters', async () => {
    const before = await house.db.owner`select 1 from ticket`
    for (const [from, to] of [
      [SUPPORT, SALES],
      [SALES, SUPPORT],
    ] as const)
      for (let round = 0; round < 3; round += 1)
        await house.write({ from, to, subject: `Fwd: ${question.subject}`, text: question.text })
    expect(await house.db.owner`select 1 from ticket`).toHaveLength(before.length)
    expect(house.post.to(SUPPORT)).toEqual([])
    expect(house.post.to(SALES)).toEqual([])
  })
})

it('without a public address a letter’s links lead to the port that was really taken', async () => {
  await knownWriter()
  await house.write({ from: writer, ...question })
  const [link] = Object.values(linksOf(house.post.last(writer)))
  expect(new URL(link!).port).toBe(new URL(house.baseUrl).port)
})
