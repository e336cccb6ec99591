import { Button, TextInput } from '@mantine/core'
import { MoneyInput, useWords } from '@opora/ui-kit'
import { type RateRow, type RateTerms, ROUNDING_STEPS } from '../../domain/terms.ts'
import css from './catalogue.module.css'
import { catalogueWords } from './catalogue-words.ts'
import { Choice, NumberField, Row, replaced } from './fields.tsx'
import { useActivities } from './use-catalogue.ts'

interface RateFieldsProps {
  value: RateTerms
  onChange: (value: RateTerms) => void
}

/** Rates by work and grade, multipliers with their rule of composition, rounding, VAT. */
export function RateFields({ value, onChange }: RateFieldsProps) {
  const t = useWords(catalogueWords)
  const set = <Key extends keyof RateTerms>(key: Key) => {
    return (part: RateTerms[Key]) => onChange({ ...value, [key]: part })
  }
  return (
    <div className={css.stack}>
      <div className={css.pair}>
        <MoneyInput
          label={t('hourRate')}
          value={value.postpaidPerHourKopecks}
          onChange={(sum) => sum !== null && set('postpaidPerHourKopecks')(sum)}
        />
        <Choice
          label={t('vat')}
          value={value.vat}
          choices={(['none', 'included', 'on_top'] as const).map((one) => [one, t(`vat_${one}`)])}
          onChange={set('vat')}
        />
        <Choice
          label={t('beyond')}
          value={value.beyondBuckets}
          choices={(['postpaid', 'stop'] as const).map((one) => [one, t(`beyond_${one}`)])}
          onChange={set('beyondBuckets')}
        />
      </div>
      <RateRows value={value.rows} onChange={set('rows')} />
      <div className={css.pair}>
        <NumberField label={t('urgentPercent')} value={value.urgentPercent} onChange={set('urgentPercent')} />
        <NumberField
          label={t('onSitePercent')}
          value={value.onSiteSurchargePercent}
          onChange={set('onSiteSurchargePercent')}
        />
        <Choice
          label={t('composition')}
          value={value.composition}
          choices={(['product', 'greatest', 'sum'] as const).map((one) => [one, t(`composition_${one}`)])}
          onChange={set('composition')}
        />
        <Choice
          label={t('takes')}
          value={value.multipliersTake}
          choices={(['hours', 'money'] as const).map((one) => [one, t(`takes_${one}`)])}
          onChange={set('multipliersTake')}
        />
        <Choice
          label={t('step')}
          value={String(value.roundingStepMinutes)}
          choices={ROUNDING_STEPS.map((step) => [String(step), String(step)])}
          onChange={(step) => set('roundingStepMinutes')(Number(step) as RateTerms['roundingStepMinutes'])}
        />
        <Choice
          label={t('roundingPer')}
          value={value.roundingPer}
          choices={(['entry', 'task_and_day'] as const).map((one) => [one, t(`per_${one}`)])}
          onChange={set('roundingPer')}
        />
      </div>
    </div>
  )
}

function RateRows({ value, onChange }: { value: readonly RateRow[]; onChange: (rows: RateRow[]) => void }) {
  const t = useWords(catalogueWords)
  const activities = useActivities()
  return (
    <fieldset className={css.group}>
      <legend>
        {t('rateRows')} <span className={css.quiet}>{t('rateRowsHint')}</span>
      </legend>
      {value.map((row, index) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place alone while it is filled in.
          key={index}
          remove={t('remove')}
          onRemove={() => onChange(replaced(value, index, null))}
        >
          <Choice
            label={t('activity')}
            value={row.activity ?? ''}
            choices={[['', t('anyActivity')], ...activities.map((one) => [one.code, one.name] as const)]}
            onChange={(code) => onChange(replaced(value, index, { ...row, activity: code || null }))}
          />
          <TextInput
            label={t('grade')}
            placeholder={t('anyGrade')}
            value={row.grade ?? ''}
            onChange={(event) => onChange(replaced(value, index, { ...row, grade: event.currentTarget.value || null }))}
          />
          <MoneyInput
            label={t('ratePerHour')}
            value={row.perHourKopecks}
            onChange={(sum) => sum !== null && onChange(replaced(value, index, { ...row, perHourKopecks: sum }))}
          />
        </Row>
      ))}
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => onChange([...value, { activity: null, grade: null, perHourKopecks: 0 }])}
      >
        + {t('ratePerHour')}
      </Button>
    </fieldset>
  )
}
