import { ActionIcon, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useLocale, useWords } from '@opora/ui-kit'
import { IconX } from '@tabler/icons-react'
import type { Condition, FormField } from '../../domain/request-form.ts'
import css from './settings.module.css'
import { settingsWords } from './settings-words.ts'

/** When a field is shown or required: every line holds. */
export function Conditions({
  title,
  conditions,
  others,
  onConditions,
}: {
  title: string
  conditions: readonly Condition[]
  others: readonly FormField[]
  onConditions: (conditions: Condition[]) => void
}) {
  const t = useWords(settingsWords)
  const change = (index: number, next: Condition) =>
    onConditions(conditions.map((one, at) => (at === index ? next : one)))
  const first = others[0]
  return (
    <fieldset className={css.ticks}>
      <legend>{title}</legend>
      {conditions.map((condition, index) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no name but its place
          key={index}
          title={title}
          condition={condition}
          others={others}
          onChange={(next) => change(index, next)}
          onRemove={() => onConditions(conditions.filter((_one, at) => at !== index))}
        />
      ))}
      {first && (
        <div>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`${title}: ${t('addCondition')}`}
            onClick={() => onConditions([...conditions, fitting(first)])}
          >
            {t('addCondition')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

/** The first thing that may be asked of a field. */
function fitting(field: FormField): Condition {
  const [first] = valuesOf(field)
  if (!first) return { field: field.name, test: 'filled', values: [] }
  return { field: field.name, test: 'is', values: [first] }
}

function valuesOf(field: FormField): string[] {
  return field.kind === 'yes_no' ? ['yes', 'no'] : field.options.map((option) => option.value)
}

function testsOf(field: FormField | undefined): Condition['test'][] {
  if (field?.kind === 'file' || field?.kind === 'portal') return ['filled', 'empty']
  const ordered = field?.kind === 'number' || field?.kind === 'date'
  return ['is', 'is_not', 'filled', 'empty', ...(ordered ? (['at_least', 'at_most'] as const) : [])]
}

interface LineProps {
  title: string
  condition: Condition
  others: readonly FormField[]
  onChange: (next: Condition) => void
  onRemove: () => void
}

function Line({ title, condition, others, onChange, onRemove }: LineProps) {
  const t = useWords(settingsWords)
  const { locale } = useLocale()
  const field = others.find((one) => one.name === condition.field)
  const needsValue = condition.test !== 'filled' && condition.test !== 'empty'
  return (
    <div className={css.condition}>
      <NativeSelect
        aria-label={t('fields')}
        value={condition.field}
        data={[
          ...(field ? [] : [{ value: condition.field, label: condition.field }]),
          ...others.map((one) => ({ value: one.name, label: one.label[locale] || one.name })),
        ]}
        onChange={(event) => {
          const next = others.find((one) => one.name === event.currentTarget.value)
          if (next) onChange(fitting(next))
        }}
      />
      <NativeSelect
        aria-label={title}
        value={condition.test}
        data={testsOf(field).map((value) => ({ value, label: t(`test_${value}`) }))}
        onChange={(event) => {
          const test = event.currentTarget.value as Condition['test']
          onChange({ ...condition, test, values: test === 'filled' || test === 'empty' ? [] : condition.values })
        }}
      />
      {needsValue ? <Value condition={condition} field={field} onChange={onChange} /> : <span />}
      <ActionIcon aria-label={t('removeCondition')} onClick={onRemove}>
        <IconX size={16} />
      </ActionIcon>
    </div>
  )
}

function Value({
  condition,
  field,
  onChange,
}: {
  condition: Condition
  field: FormField | undefined
  onChange: (next: Condition) => void
}) {
  const t = useWords(settingsWords)
  const { locale } = useLocale()
  const [value = ''] = condition.values
  const set = (next: string) => onChange({ ...condition, values: next === '' ? [] : [next] })
  const known = field ? valuesOf(field) : []
  if (known.length === 0)
    return (
      <TextInput
        aria-label={t('conditionValue')}
        type={field?.kind === 'date' ? 'date' : 'text'}
        value={value}
        onChange={(event) => set(event.currentTarget.value)}
      />
    )
  const label = (one: string) =>
    field?.kind === 'yes_no'
      ? t(one === 'yes' ? 'yes' : 'no')
      : (field?.options.find((option) => option.value === one)?.label[locale] ?? one)
  return (
    <div className={css.inline}>
      {known.map((one) => (
        <Checkbox
          key={one}
          size="xs"
          label={label(one)}
          checked={condition.values.includes(one)}
          onChange={(event) => {
            const on = event.currentTarget.checked
            const values = known.filter((other) => (other === one ? on : condition.values.includes(other)))
            onChange({ ...condition, values })
          }}
        />
      ))}
    </div>
  )
}
