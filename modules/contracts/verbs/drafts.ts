import { type Actor, can, refuseAccess, scopeCondition, scopeOf, writeAudit } from '@opora/access'
import { clientCard, requisiteFaults } from '@opora/people'
import type { Queryable, Tx } from '@opora/platform/database'
import type { z } from 'zod'
import { termsLimits } from '../catalogue.read-model.ts'
import { contractTerms, type DraftForm, type DraftStep, type draftCheck } from '../contract.ts'
import type { ContractView } from '../contracts.read-model.ts'
import type { ContractTerms } from '../domain/terms.ts'
import { checkTerms } from '../domain/terms-check.ts'
import { draftFiles } from '../draft-files.store.ts'
import { closeDraft, type DraftView, insertDraft, listDrafts, lockDraft, updateDraft } from '../drafts.store.ts'
import { refuseContractService } from '../service.refusals.ts'
import type { contractVerbs } from './contracts.ts'
import { datesFaults, foreignFaults } from './contracts.ts'

type Check = z.infer<typeof draftCheck>
type Fault = Check['faults'][number]
type Warning = Check['warnings'][number]

/** The drafts that a person may go on with: their own, and those of the clients whom they serve. */
export async function draftsOf(sql: Queryable, actor: Actor, id?: number): Promise<DraftView[]> {
  return await listDrafts(sql, within(sql, actor), id)
}

function within(sql: Queryable, actor: Actor): ReturnType<Queryable> {
  const served = scopeCondition(sql, scopeOf(actor, 'contract.change'), { client: sql`d.client_id` })
  return sql`(d.created_by = ${actor.accountId} or d.client_id is not null and ${served})`
}

export async function draftOf(sql: Queryable, actor: Actor, id: number): Promise<DraftView> {
  const [draft] = await draftsOf(sql, actor, id)
  if (!draft) throw refuseAccess('access.not_found')
  return draft
}

/** A draft that nobody else changes until this is through: of two who sign it at once, the second is told so. */
export async function draftToChange(tx: Tx, actor: Actor, id: number): Promise<DraftView> {
  const kept = await lockDraft(tx, within(tx, actor), id)
  if (kept?.contractId) throw refuseContractService('contracts.draft_signed')
  return await draftOf(tx, actor, id)
}

export function draftVerbs(verbs: ReturnType<typeof contractVerbs>) {
  return {
    async addDraft(tx: Tx, actor: Actor, input: { form: DraftForm; step: DraftStep }): Promise<DraftView> {
      await demandClient(tx, actor, input.form)
      const id = await insertDraft(tx, { ...input, createdBy: actor.accountId! })
      return await draftOf(tx, actor, id)
    },

    async saveDraft(
      tx: Tx,
      actor: Actor,
      input: { id: number; form: DraftForm; step: DraftStep; expectedVersion: number | null },
    ): Promise<DraftView> {
      await draftToChange(tx, actor, input.id)
      await demandClient(tx, actor, input.form)
      await updateDraft(tx, input.id, input, input.expectedVersion)
      return await draftOf(tx, actor, input.id)
    },

    async discardDraft(tx: Tx, actor: Actor, id: number): Promise<void> {
      await draftToChange(tx, actor, id)
      await closeDraft(tx, id, null)
    },

    /** The contract that the draft has become; refused with everything that is wanting. */
    async signDraft(tx: Tx, actor: Actor, id: number): Promise<ContractView> {
      const draft = await draftToChange(tx, actor, id)
      const { faults, terms } = await checkDraft(tx, actor, draft.form)
      const [first] = faults
      if (first || !terms) {
        const errors = faults.map(({ field, message }) => ({ code: 'contracts.draft_unfinished', field, message }))
        throw refuseContractService('contracts.draft_unfinished', { field: first?.field, details: { errors } })
      }
      const { clientId, number, title, startsOn, endsOn, signedOn, letterUntil, letterAmountKopecks } = draft.form
      const dates = { startsOn, endsOn, signedOn, letterUntil, letterAmountKopecks }
      const contract = await verbs.createContract(tx, actor, {
        clientId: clientId!,
        number,
        title,
        status: 'active',
        ...dates,
        terms,
        ...(draft.form.legalEntityId ? { legalEntityId: draft.form.legalEntityId } : {}),
      })
      await closeDraft(tx, id, contract.id)
      await draftFiles.give(tx, id, contract)
      const where = { objectType: 'contract', objectId: contract.id, clientId: contract.clientId }
      await writeAudit(tx, actor, { action: 'contract.concluded', ...where, detail: { draft: id } })
      return contract
    },
  }
}

async function demandClient(tx: Tx, actor: Actor, { clientId }: DraftForm): Promise<void> {
  if (clientId === null) return
  const known = await clientCard(tx, scopeOf(actor, 'client.read'), clientId)
  if (!known || !can(actor, 'contract.change', { clientId })) throw refuseAccess('access.not_found')
}

/** Everything that a draft still wants, with the step where it is mended. */
export async function checkDraft(sql: Queryable, actor: Actor, form: DraftForm): Promise<Check> {
  const faults: Fault[] = []
  const warnings: Warning[] = []
  const say = (ru: string, en: string) => (actor.locale === 'ru' ? ru : en)
  const want = (step: DraftStep, field: string, ru: string, en: string) =>
    faults.push({ step, field, message: say(ru, en) })
  if (form.clientId === null) want('parties', 'clientId', 'Выберите клиента.', 'Choose a client.')
  else await checkParty(sql, actor, form.clientId, faults, warnings)
  if (form.number === '') want('term', 'number', 'Нужен номер договора.', 'The contract needs a number.')
  else if (await numberTaken(sql, form.number))
    want('term', 'number', 'Договор с таким номером уже есть.', 'The number is taken.')
  if (form.title === '') want('term', 'title', 'Назовите договор.', 'The contract needs a title.')
  if (form.startsOn === '') want('term', 'startsOn', 'С какого дня действует?', 'From which day is it in force?')
  if (form.signedOn === null && form.letterUntil === null) {
    warnings.push({
      step: 'term',
      message: say(
        'Договор не подписан и гарантийного письма нет: работа начнётся без основания.',
        'It is neither signed nor guaranteed by a letter: work would begin on nothing.',
      ),
    })
  }
  if (form.signedOn === null && form.letterUntil !== null && form.letterAmountKopecks === null) {
    want(
      'term',
      'letterAmountKopecks',
      'На какую сумму гарантийное письмо?',
      'For which sum is the letter of guarantee?',
    )
  }
  const terms = await checkedTerms(sql, actor, form, faults)
  return { faults, warnings, terms }
}

async function checkParty(sql: Queryable, actor: Actor, clientId: number, faults: Fault[], warnings: Warning[]) {
  const client = await clientCard(sql, scopeOf(actor, 'client.read'), clientId)
  if (!client) return
  const ru = actor.locale === 'ru'
  for (const fault of requisiteFaults(client)) {
    const message = ru
      ? `Реквизит не сходится с контрольной цифрой: ${fault.field}.`
      : `A detail fails its check digit: ${fault.field}.`
    faults.push({ step: 'parties', field: fault.field, message })
  }
  const wanted = (['legalName', 'legalAddress', 'inn', 'ogrn', 'bik', 'settlementAccount'] as const).filter(
    (name) => !client[name],
  )
  if (wanted.length > 0) {
    const message = ru
      ? `В реквизитах клиента не хватает: ${wanted.map((name) => PARTY_WORDS[name]).join(', ')}.`
      : `The client’s details lack: ${wanted.join(', ')}.`
    warnings.push({ step: 'parties', message })
  }
}

const PARTY_WORDS = {
  legalName: 'полное название',
  legalAddress: 'адрес',
  inn: 'ИНН',
  ogrn: 'ОГРН',
  bik: 'БИК',
  settlementAccount: 'расчётный счёт',
}

async function numberTaken(sql: Queryable, number: string): Promise<boolean> {
  return (await sql`select 1 from contract where number = ${number}`).length > 0
}

async function checkedTerms(
  sql: Queryable,
  actor: Actor,
  form: DraftForm,
  faults: Fault[],
): Promise<ContractTerms | null> {
  if (form.terms === null) {
    const message = actor.locale === 'ru' ? 'Выберите пакет.' : 'Choose a package.'
    faults.push({ step: 'package', field: 'packageCode', message })
    return null
  }
  const shape = contractTerms.safeParse(form.terms)
  if (!shape.success) {
    for (const issue of shape.error.issues) {
      const field = issue.path.map(String).join('.')
      const message = actor.locale === 'ru' ? `Заполнено не до конца: ${field}.` : `Not filled in: ${field}.`
      faults.push({ step: stepOf(field), field: `terms.${field}`, message })
    }
    return null
  }
  const terms = shape.data
  for (const { field, message } of checkTerms(terms, await termsLimits(sql, form.startsOn || undefined))) {
    faults.push({ step: stepOf(field), field: `terms.${field}`, message: message[actor.locale] })
  }
  if (form.startsOn !== '') {
    for (const refusal of datesFaults({ startsOn: form.startsOn, endsOn: form.endsOn }, terms)) {
      faults.push({ step: 'term', field: 'endsOn', message: refusal.sentence(actor.locale) })
    }
  }
  if (form.clientId !== null) {
    for (const fault of await foreignFaults(sql, actor, form.clientId, terms)) faults.push({ step: 'people', ...fault })
  }
  return terms
}

function stepOf(field: string): DraftStep {
  if (/^(calendarCode|slaPolicyCode|promises|zone)/.test(field)) return 'service'
  if (/^(entitlement|agreement\.(team|escalation))/.test(field)) return 'people'
  if (/^(penalties|estimates|agreement|coupon|capacity)/.test(field)) return 'duties'
  return 'package'
}
