import { Button, Checkbox, NativeSelect, Textarea } from '@mantine/core'
import { useWords } from '@opora/ui-kit'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { FieldDictionary } from '../../domain/catalogue.ts'
import type { Words } from '../process-data.ts'
import { type Editing, isTask } from './board-acts.ts'
import { ConditionField } from './condition-field.tsx'
import css from './designer.module.css'
import {
  type Bo,
  conditionFor,
  conditionOf,
  type FieldValues,
  type OutcomeValues,
  outcomeExtensions,
  outcomeOf,
} from './element-model.ts'
import { PairField, RolesField, Section, TextField, WordField } from './panel-fields.tsx'
import { panelWords } from './panel-words.ts'

const CONDITIONAL = ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway']

/** An arrow: the button that it stands for when it leaves a task, its condition when it leaves a gateway. */
export function FlowPanel({ editing, words }: { editing: Editing; words: Words }) {
  const t = useWords(panelWords)
  const { bo, moddle, set } = editing
  const source = bo.get('sourceRef') as Bo | undefined
  const asked = source !== undefined && (isTask(source) || CONDITIONAL.includes(source.$type))
  return (
    <>
      {source && isTask(source) && <OutcomePanel editing={editing} words={words} />}
      {asked && (
        <Section title={t('condition')}>
          <ConditionField
            label={t('condition')}
            value={conditionOf(bo)}
            onChange={(text) => set({ conditionExpression: conditionFor(moddle, bo, text) })}
          />
        </Section>
      )}
    </>
  )
}

function OutcomePanel({ editing, words }: { editing: Editing; words: Words }) {
  const t = useWords(panelWords)
  const { bo, moddle, set } = editing
  const outcome = outcomeOf(bo)
  const write = (change: Partial<OutcomeValues>) =>
    set({ extensionElements: outcomeExtensions(moddle, bo, { ...outcome, ...change }) })
  const put = (at: number, field: FieldValues | null) =>
    write({ fields: outcome.fields.flatMap((old, index) => (index === at ? (field ? [field] : []) : [old])) })
  const added = {
    name: `field_${outcome.fields.length + 1}`,
    type: 'text',
    labelRu: '',
    labelEn: '',
    required: true,
    dictionary: '',
  }
  return (
    <>
      <Section title={t('outcome')}>
        <PairField
          label={t('button')}
          ru={outcome.labelRu}
          en={outcome.labelEn}
          onRu={(labelRu) => write({ labelRu })}
          onEn={(labelEn) => write({ labelEn })}
        />
        <TextField
          label={t('outcomeId')}
          description={t('outcomeIdAbout')}
          value={outcome.id}
          onChange={(id) => write({ id })}
        />
        <div className={css.two}>
          <NativeSelect
            label={t('style')}
            size="xs"
            value={outcome.style}
            data={[
              { value: 'primary', label: t('primary') },
              { value: 'default', label: t('plain') },
              { value: 'danger', label: t('danger') },
            ]}
            onChange={(event) => write({ style: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('needs')}
            size="xs"
            value={outcome.needs}
            data={[
              { value: 'nothing', label: t('needsNothing') },
              { value: 'reply', label: t('needsReply') },
              { value: 'note', label: t('needsNote') },
            ]}
            onChange={(event) => write({ needs: event.currentTarget.value })}
          />
        </div>
        <RolesField
          label={t('by')}
          description={t('byAbout')}
          value={outcome.by}
          words={words}
          onChange={(by) => write({ by })}
        />
      </Section>
      <Section title={t('fields')}>
        {outcome.fields.map((field, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a field is known by its place.
          <FieldEditor key={`${field.name} ${at}`} field={field} words={words} onChange={(next) => put(at, next)} />
        ))}
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={13} />}
          onClick={() => write({ fields: [...outcome.fields, { ...added, options: [] }] })}
        >
          {t('addField')}
        </Button>
      </Section>
    </>
  )
}

/** Dictionaries of requests that a choice may be taken from. */
const DICTIONARIES = [
  { code: 'rejection_reason', ru: 'Причины отказа', en: 'Reasons for rejecting' },
  { code: 'category', ru: 'Категории', en: 'Categories' },
] as const satisfies readonly { code: FieldDictionary; ru: string; en: string }[]

function FieldEditor({
  field,
  words,
  onChange,
}: {
  field: FieldValues
  words: Words
  onChange: (field: FieldValues | null) => void
}) {
  const t = useWords(panelWords)
  const choice = field.type === 'choice'
  const typed = (type: string) => {
    const first = { value: 'yes', labelRu: 'Да', labelEn: 'Yes' }
    onChange({ ...field, type, options: type === 'choice' && field.options.length === 0 ? [first] : field.options })
  }
  return (
    <div className={css.box}>
      <PairField
        label={t('fieldLabel')}
        ru={field.labelRu}
        en={field.labelEn}
        onRu={(labelRu) => onChange({ ...field, labelRu })}
        onEn={(labelEn) => onChange({ ...field, labelEn })}
      />
      <div className={css.two}>
        <TextField label={t('fieldName')} value={field.name} onChange={(name) => onChange({ ...field, name })} />
        <WordField label={t('fieldType')} value={field.type} words={words.fieldTypes} onChange={typed} />
      </div>
      {choice && (
        <WordField
          label={t('dictionary')}
          value={field.dictionary}
          words={DICTIONARIES}
          empty={t('noDictionary')}
          onChange={(dictionary) => onChange({ ...field, dictionary })}
        />
      )}
      {choice && <OptionsEditor field={field} onChange={onChange} />}
      <div className={css.between}>
        <Checkbox
          size="xs"
          label={t('required')}
          checked={field.required}
          onChange={(event) => onChange({ ...field, required: event.currentTarget.checked })}
        />
        <button type="button" className={css.icon} aria-label={t('removeField')} onClick={() => onChange(null)}>
          <IconTrash size={15} />
        </button>
      </div>
    </div>
  )
}

function OptionsEditor({ field, onChange }: { field: FieldValues; onChange: (field: FieldValues) => void }) {
  const t = useWords(panelWords)
  const lines = field.options
    .map((option) => `${option.value} = ${[option.labelRu, option.labelEn].filter(Boolean).join(' / ')}`)
    .join('\n')
  const [text, setText] = useState(lines)
  useEffect(() => setText(lines), [lines])
  return (
    <Textarea
      label={t('options')}
      description={t('optionsAbout')}
      size="xs"
      autosize
      minRows={2}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => text !== lines && onChange({ ...field, options: optionsIn(text) })}
    />
  )
}

function optionsIn(text: string): FieldValues['options'] {
  return text.split('\n').flatMap((line) => {
    const [value = '', labels = ''] = line.split('=', 2).map((part) => part.trim())
    const [labelRu = '', labelEn = ''] = labels.split('/', 2).map((part) => part.trim())
    return value === '' ? [] : [{ value, labelRu: labelRu || value, labelEn: labelEn || labelRu || value }]
  })
}
