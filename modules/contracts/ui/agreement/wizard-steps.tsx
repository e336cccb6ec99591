import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { ClientField } from '@opora/people/ui'
import { Card, Facts, Link, Loaded, MoneyInput, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import type { DraftForm, DraftStep, draftCheck } from '../../contract.ts'
import type { ContractTerms } from '../../domain/terms.ts'
import css from '../catalogue/catalogue.module.css'
import { deskWords } from '../desk-words.ts'
import { PackageChoice } from '../package-choice.tsx'
import { TermsList } from '../terms-list.tsx'
import { agreementWords } from './agreement-words.ts'
import steps from './wizard.module.css'

interface StepProps {
  form: DraftForm
  onForm: (form: DraftForm) => void
}

interface ClientCard {
  id: number
  name: string
  [detail: string]: unknown
}

const DETAILS = [
  'legalName',
  'legalAddress',
  'inn',
  'kpp',
  'ogrn',
  'bankName',
  'bik',
  'settlementAccount',
  'corrAccount',
] as const
const DETAIL_NAMES: Record<(typeof DETAILS)[number], { ru: string; en: string }> = {
  legalName: { ru: 'Полное название', en: 'Legal name' },
  legalAddress: { ru: 'Адрес', en: 'Address' },
  inn: { ru: 'ИНН', en: 'INN' },
  kpp: { ru: 'КПП', en: 'KPP' },
  ogrn: { ru: 'ОГРН', en: 'OGRN' },
  bankName: { ru: 'Банк', en: 'Bank' },
  bik: { ru: 'БИК', en: 'BIK' },
  settlementAccount: { ru: 'Расчётный счёт', en: 'Settlement account' },
  corrAccount: { ru: 'Корр. счёт', en: 'Correspondent account' },
}

/** Whom the contract is with, and the details that will stand in it. */
export function PartiesStep({ form, onForm }: StepProps) {
  const t = useWords(agreementWords)
  const card = useQuery({
    queryKey: ['clients', 'card', form.clientId],
    queryFn: ({ signal }) => api.get<ClientCard>(`/clients/${form.clientId}`, { signal }),
    enabled: form.clientId !== null,
  })
  const value = form.clientId === null ? null : { key: String(form.clientId), label: card.data?.name ?? '' }
  return (
    <div className={css.column}>
      <Card>
        <div className={css.pair}>
          <ClientField
            label={t('client')}
            required
            value={value}
            onChange={(client) => onForm({ ...form, clientId: client ? Number(client.key) : null })}
          />
          <OurSide form={form} onForm={onForm} />
        </div>
      </Card>
      {card.data && <Requisites card={card.data} />}
    </div>
  )
}

interface LegalEntity {
  id: number
  name: string
  isDefault: boolean
  archived: boolean
}

/** Which of our legal entities concludes the contract and issues its papers. */
function OurSide({ form, onForm }: StepProps) {
  const t = useWords(agreementWords)
  const entities = useQuery({
    queryKey: ['legal-entities'],
    queryFn: ({ signal }) => api.get<{ items: LegalEntity[] }>('/legal-entities', { signal }),
  })
  const ours = (entities.data?.items ?? []).filter((one) => !one.archived)
  const byDefault = ours.find((one) => one.isDefault)
  if (ours.length === 0) return null
  return (
    <NativeSelect
      label={t('ourSide')}
      value={String(form.legalEntityId ?? '')}
      data={[
        { value: '', label: byDefault ? t('byDefault', { name: byDefault.name }) : '' },
        ...ours.filter((one) => one !== byDefault).map((one) => ({ value: String(one.id), label: one.name })),
      ]}
      onChange={(event) => onForm({ ...form, legalEntityId: Number(event.currentTarget.value) || null })}
    />
  )
}

function Requisites({ card }: { card: ClientCard }) {
  const t = useWords(agreementWords)
  const { locale } = useLocale()
  return (
    <Card title={t('requisites')} actions={<Link to={`/desk/clients/${card.id}`}>{t('editClient')}</Link>}>
      <Facts
        rows={DETAILS.map((name) => [
          DETAIL_NAMES[name][locale],
          card[name] ? (
            String(card[name])
          ) : (
            <span key={name} className={css.quiet}>
              {t('noValue')}
            </span>
          ),
        ])}
      />
    </Card>
  )
}

/** Number, name, dates; a letter of guarantee where the work begins before it is signed. */
export function TermStep({ form, onForm }: StepProps) {
  const t = useWords(agreementWords)
  const byLetter = form.letterUntil !== null
  const date = (name: 'endsOn' | 'signedOn' | 'letterUntil', label: string) => (
    <TextInput
      type="date"
      label={label}
      value={form[name] ?? ''}
      onChange={(event) => onForm({ ...form, [name]: event.currentTarget.value || null })}
    />
  )
  const later = new Intl.DateTimeFormat('sv').format(new Date(Date.now() + 30 * 86_400_000))
  return (
    <Card>
      <div className={css.stack}>
        <div className={css.pair}>
          <TextInput
            label={t('number')}
            required
            autoComplete="off"
            value={form.number}
            onChange={(event) => onForm({ ...form, number: event.currentTarget.value })}
          />
          <TextInput
            label={t('title')}
            required
            autoComplete="off"
            value={form.title}
            onChange={(event) => onForm({ ...form, title: event.currentTarget.value })}
          />
        </div>
        <div className={css.pair}>
          <TextInput
            type="date"
            label={t('startsOn')}
            required
            value={form.startsOn}
            onChange={(event) => onForm({ ...form, startsOn: event.currentTarget.value })}
          />
          {date('endsOn', t('endsOn'))}
          {date('signedOn', t('signedOn'))}
        </div>
        <Checkbox
          label={t('startsOnLetter')}
          checked={byLetter}
          onChange={(event) =>
            onForm({
              ...form,
              letterUntil: event.currentTarget.checked ? later : null,
              letterAmountKopecks: event.currentTarget.checked ? form.letterAmountKopecks : null,
            })
          }
        />
        {byLetter && (
          <div className={css.pair}>
            {date('letterUntil', t('letterUntil'))}
            <MoneyInput
              label={t('letterAmount')}
              value={form.letterAmountKopecks}
              onChange={(letterAmountKopecks) => onForm({ ...form, letterAmountKopecks })}
            />
          </div>
        )}
      </div>
    </Card>
  )
}

/** The package that the terms begin from. Choosing another one begins them anew. */
export function PackageStep({ form, onForm }: StepProps) {
  const t = useWords(agreementWords)
  const choose = async (packageCode: string, name: string) => {
    const query = { startsOn: form.startsOn, ...(form.endsOn ? { endsOn: form.endsOn } : {}) }
    const terms = await api.get<ContractTerms>(`/catalogue/packages/${packageCode}/terms`, { query })
    const title = form.title.trim() === '' ? name : form.title
    onForm({ ...form, packageCode, title, terms: terms as unknown as DraftForm['terms'] })
  }
  return (
    <Card>
      <div className={css.stack}>
        <PackageChoice
          value={form.packageCode}
          onChange={(one, name) => {
            if (form.startsOn !== '') void choose(one.code, name)
          }}
        />
        <p className={css.hint}>{t('packageGives')}</p>
      </div>
    </Card>
  )
}

type Check = z.infer<typeof draftCheck>

interface CheckProps {
  onStep: (step: DraftStep) => void
  flush: () => Promise<unknown>
  idOf: () => number | null
}

/** What is still wanting, with the way to mend it, and the terms to look over. */
export function CheckStep({ onStep, flush, idOf }: CheckProps) {
  const t = useWords(agreementWords)
  const say = useWords(deskWords)
  const cache = useQueryClient()
  const [id, setId] = useState(idOf())
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed last is kept once, when the step is opened.
  useEffect(() => {
    void flush().then(() => {
      setId(idOf())
      void cache.invalidateQueries({ queryKey: ['contract-drafts', 'check'] })
    })
  }, [])
  const check = useQuery({
    queryKey: ['contract-drafts', 'check', id],
    queryFn: ({ signal }) => api.get<Check>(`/contract-drafts/${id}/check`, { signal }),
    enabled: id !== null,
    staleTime: 0,
  })
  return (
    <Loaded query={check}>
      {({ faults, warnings, terms }) => (
        <div className={css.column}>
          {faults.length === 0 ? (
            <p className={css.strong}>{t('ready')}</p>
          ) : (
            <Card title={t('wants')}>
              <Wants items={faults} onStep={onStep} />
            </Card>
          )}
          {warnings.length > 0 && (
            <Card title={t('look')}>
              <Wants items={warnings} onStep={onStep} />
            </Card>
          )}
          {terms && (
            <Card title={say('termsOn')}>
              <TermsList terms={terms} />
            </Card>
          )}
        </div>
      )}
    </Loaded>
  )
}

function Wants({
  items,
  onStep,
}: {
  items: readonly { step: DraftStep; message: string }[]
  onStep: CheckProps['onStep']
}) {
  const t = useWords(agreementWords)
  return (
    <ul className={steps.wants}>
      {items.map((one) => (
        <li key={`${one.step} ${one.message}`}>
          <span>{one.message}</span>
          <button type="button" className={css.link} onClick={() => onStep(one.step)}>
            {t(`step_${one.step}`)}
          </button>
        </li>
      ))}
    </ul>
  )
}
