import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { Dialog, FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import type { LegalEntityBody, LegalEntityView } from '../documents.contract.ts'
import css from './desk-months.module.css'
import { documentWords } from './document-words.ts'

const TEXTS = [
  'name',
  'fullName',
  'inn',
  'kpp',
  'ogrn',
  'address',
  'bankName',
  'bik',
  'settlementAccount',
  'corrAccount',
  'headPosition',
  'headName',
  'accountantName',
  'numberPrefix',
  'exemptText',
] as const
const DIGITS: readonly string[] = ['inn', 'kpp', 'ogrn', 'bik', 'settlementAccount', 'corrAccount']
const MODES = ['general', 'usn5', 'usn7', 'no_vat'] as const
const FIRST_DAY = '2025-01-01'

type Values = LegalEntityBody

function initialOf(entity: LegalEntityView | null): Values {
  const texts = Object.fromEntries(TEXTS.map((key) => [key, entity?.[key] ?? ''])) as Pick<
    Values,
    (typeof TEXTS)[number]
  >
  return {
    ...texts,
    taxPeriods: entity?.taxPeriods ?? [{ from: FIRST_DAY, mode: 'general' }],
    vatOfTotal: entity?.vatOfTotal ?? 'by_lines',
    edoId: entity?.edoId ?? '',
    isDefault: entity?.isDefault ?? true,
  }
}

/** A legal entity's details; the server checks the control digits and names the field that is wrong. */
export function LegalEntityForm({ entity, onClose }: { entity: LegalEntityView | null; onClose: () => void }) {
  const t = useWords(documentWords)
  const client = useQueryClient()
  const form = useForm({
    initial: initialOf(entity),
    submit: (values: Values, key) =>
      entity
        ? api.put(`/legal-entities/${entity.id}`, values, { version: entity.version })
        : api.post('/legal-entities', values, { key }),
    onDone: () => {
      toast.ok(t('saved'))
      void client.invalidateQueries({ queryKey: ['legal-entities'] })
      onClose()
    },
  })
  return (
    <Dialog title={entity?.name ?? t('entities')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit}>
        {TEXTS.map((key) => (
          <TextInput
            key={key}
            {...form.field(key)}
            label={t(key)}
            required={key === 'name'}
            inputMode={DIGITS.includes(key) ? 'numeric' : undefined}
          />
        ))}
        <TaxPeriods periods={form.values.taxPeriods} onChange={(periods) => form.set('taxPeriods', periods)} />
        <Checkbox
          label={t('isDefault')}
          checked={form.values.isDefault}
          onChange={(event) => form.set('isDefault', event.currentTarget.checked)}
        />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

type Periods = Values['taxPeriods']

/** From which day VAT is paid how: the rate of a paper is that of its day of service. */
function TaxPeriods({ periods, onChange }: { periods: Periods; onChange: (periods: Periods) => void }) {
  const t = useWords(documentWords)
  const change = (index: number, part: Partial<Periods[number]>) =>
    onChange(periods.map((one, at) => (at === index ? { ...one, ...part } : one)))
  const last = periods.at(-1)
  return (
    <>
      {periods.map((period, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a period has no name but its place while it is written.
        <div key={index} className={css.halves}>
          <TextInput
            type="date"
            label={t('taxFrom')}
            value={period.from}
            required
            onChange={(event) => change(index, { from: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('taxMode')}
            data={MODES.map((value) => ({ value, label: t(value) }))}
            value={period.mode}
            onChange={(event) => change(index, { mode: event.currentTarget.value as Periods[number]['mode'] })}
          />
        </div>
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => onChange([...periods, { from: '', mode: last?.mode ?? 'general' }])}
        >
          {t('addTax')}
        </Button>
      </div>
    </>
  )
}
