import { Button, Checkbox, TextInput } from '@mantine/core'
import { DurationInput, MoneyInput, useWords } from '@opora/ui-kit'
import type { ReactNode } from 'react'
import type { Covers, EngagementForm } from '../../domain/terms.ts'
import css from './catalogue.module.css'
import { catalogueWords } from './catalogue-words.ts'
import { Choice, replaced } from './fields.tsx'
import { blankForm, codeFor } from './form-blanks.ts'
import { LeftoverField } from './service-fields.tsx'
import { type Named, useActivities } from './use-catalogue.ts'

const KINDS = [
  'subscription',
  'deposit',
  'postpaid',
  'monthly_package',
  'annual_package',
  'project_hours',
  'one_off',
  'outstaff',
] as const

interface FormFieldsProps {
  value: readonly EngagementForm[]
  onChange: (value: EngagementForm[]) => void
  /** Of a package: dates are the contract's, and a rate of 0 is the price list's. */
  ofPackage?: boolean
  people?: readonly Named[]
}

/** The ways of paying for hours, one card each. Services for the fee have fields of their own. */
export function FormFields({ value, onChange, ofPackage = false, people = [] }: FormFieldsProps) {
  const t = useWords(catalogueWords)
  return (
    <div className={css.stack}>
      {value.map(
        (form, index) =>
          form.kind !== 'flat' && (
            <section key={form.code} className={css.form}>
              <header className={css.formHead}>
                <strong>{t(`form_${form.kind}`)}</strong>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  onClick={() => onChange(replaced(value, index, null))}
                >
                  {t('remove')}
                </Button>
              </header>
              <OneForm
                form={form}
                ofPackage={ofPackage}
                people={people}
                onChange={(changed) => onChange(replaced(value, index, changed))}
              />
            </section>
          ),
      )}
      <div className={css.acts}>
        {KINDS.map((kind) => (
          <Button
            key={kind}
            size="compact-sm"
            variant="default"
            onClick={() => onChange([...value, blankForm(kind, codeFor(kind, value))])}
          >
            + {t(`form_${kind}`)}
          </Button>
        ))}
      </div>
    </div>
  )
}

interface OneFormProps {
  form: Exclude<EngagementForm, { kind: 'flat' }>
  ofPackage: boolean
  people: readonly Named[]
  onChange: (form: EngagementForm) => void
}

function OneForm({ form, ofPackage, people, onChange }: OneFormProps) {
  const t = useWords(catalogueWords)
  const fields: ReactNode[] = []
  const time = (label: string, minutes: number, key: string) =>
    fields.push(
      <DurationInput
        key={key}
        label={label}
        value={minutes}
        onChange={(value) => value !== null && onChange({ ...form, [key]: value } as EngagementForm)}
      />,
    )
  const money = (label: string, kopecks: number, key: string) =>
    fields.push(
      <MoneyInput
        key={key}
        label={label}
        value={kopecks}
        {...(ofPackage && key === 'ratePerHourKopecks' ? { description: t('rateHint') } : {})}
        onChange={(value) => value !== null && onChange({ ...form, [key]: value } as EngagementForm)}
      />,
    )
  const date = (label: string, value: string, key: string) =>
    !ofPackage &&
    fields.push(
      <TextInput
        key={key}
        type="date"
        label={label}
        value={value}
        onChange={(event) => onChange({ ...form, [key]: event.currentTarget.value } as EngagementForm)}
      />,
    )
  if ('minutesPerMonth' in form) time(t('perMonth'), form.minutesPerMonth, 'minutesPerMonth')
  if ('minutesPerYear' in form) time(t('hours'), form.minutesPerYear, 'minutesPerYear')
  if ('minutes' in form) time(t('hours'), form.minutes, 'minutes')
  if ('ratePerHourKopecks' in form) money(t('ratePerHour'), form.ratePerHourKopecks, 'ratePerHourKopecks')
  if ('pricePerMonthKopecks' in form) money(t('pricePerMonth'), form.pricePerMonthKopecks, 'pricePerMonthKopecks')
  if ('pricePerYearKopecks' in form) money(t('pricePerYear'), form.pricePerYearKopecks, 'pricePerYearKopecks')
  if ('boughtOn' in form) date(t('boughtOn'), form.boughtOn, 'boughtOn')
  if ('yearFrom' in form) date(t('yearFrom'), form.yearFrom, 'yearFrom')
  if ('on' in form) date(t('dateFrom'), form.on, 'on')
  if ('from' in form) date(t('dateFrom'), form.from, 'from')
  if ('to' in form) date(t('dateTo'), form.to, 'to')
  return (
    <>
      <div className={css.pair}>
        {form.kind === 'one_off' && <JobFields form={form} onChange={onChange} />}
        {form.kind === 'outstaff' && !ofPackage && (
          <Choice
            label={t('person')}
            value={form.personId}
            choices={[['', '—'], ...people.map((one) => [one.code, one.name] as const)]}
            onChange={(personId) => onChange({ ...form, personId })}
          />
        )}
        {fields}
        {'leftover' in form && (
          <LeftoverField value={form.leftover} onChange={(leftover) => onChange({ ...form, leftover })} />
        )}
      </div>
      {'capacityGuaranteed' in form && (
        <Checkbox
          label={t('guaranteed')}
          checked={form.capacityGuaranteed}
          onChange={(event) => onChange({ ...form, capacityGuaranteed: event.currentTarget.checked })}
        />
      )}
      {'covers' in form && <CoversField value={form.covers} onChange={(covers) => onChange({ ...form, covers })} />}
    </>
  )
}

type OneOff = Extract<EngagementForm, { kind: 'one_off' }>

function JobFields({ form, onChange }: { form: OneOff; onChange: (form: EngagementForm) => void }) {
  const t = useWords(catalogueWords)
  return (
    <>
      <TextInput
        label={t('jobTitle')}
        value={form.title}
        onChange={(event) => onChange({ ...form, title: event.currentTarget.value })}
      />
      <MoneyInput
        label={t('fixedPrice')}
        placeholder={t('byFact')}
        value={form.price.kind === 'fixed' ? form.price.kopecks : null}
        onChange={(kopecks) =>
          onChange({ ...form, price: kopecks === null ? { kind: 'by_fact' } : { kind: 'fixed', kopecks } })
        }
      />
    </>
  )
}

function CoversField({ value, onChange }: { value: Covers; onChange: (covers: Covers) => void }) {
  const t = useWords(catalogueWords)
  const activities = useActivities()
  const listed = value.activities === 'all' ? null : value.activities
  const codes = activities.map((one) => one.code)
  return (
    <details className={css.more}>
      <summary>
        {t('activities')}: {listed === null ? t('coversAll').toLowerCase() : `${listed.length} / ${codes.length}`}
      </summary>
      <div className={css.ticks}>
        <Checkbox
          label={t('coversAll')}
          checked={listed === null}
          onChange={(event) => onChange({ ...value, activities: event.currentTarget.checked ? 'all' : codes })}
        />
        {listed !== null &&
          activities.map((one) => (
            <Checkbox
              key={one.code}
              label={one.name}
              checked={listed.includes(one.code)}
              onChange={(event) => {
                const rest = listed.filter((code) => code !== one.code)
                onChange({ ...value, activities: event.currentTarget.checked ? [...rest, one.code] : rest })
              }}
            />
          ))}
      </div>
    </details>
  )
}
