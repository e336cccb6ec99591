import { NativeSelect, Textarea } from '@mantine/core'
import { useWords } from '@opora/ui-kit'
import { useState } from 'react'
import type { CustomField } from '../../dictionaries.contract.ts'
import type { FieldsOf } from './coded-dialog.tsx'
import { CodedList } from './coded-list.tsx'
import { optionsText, readOptions } from './options-text.ts'
import { settingsWords } from './settings-words.ts'
import { TopicTicks } from './topic-ticks.tsx'

type Input = Pick<CustomField, 'kind' | 'options' | 'topics'>
const KINDS = ['text', 'number', 'date', 'yes_no', 'choice'] as const

/** Fields of tickets that the desk fills in, by topic. */
export function CustomFieldsCard() {
  const t = useWords(settingsWords)
  return (
    <CodedList<CustomField, Input>
      path="/custom-fields"
      title={t('customFields')}
      blank={{ kind: 'text', options: [], topics: [] }}
      toInput={({ kind, options, topics }) => ({ kind, options, topics })}
      Fields={Fields}
      about={(row) => t(`kind_${row.kind}`)}
    />
  )
}

const Fields: FieldsOf<Input> = ({ values, set, faultOf }) => {
  const t = useWords(settingsWords)
  const [text, setText] = useState(() => optionsText(values.options))
  return (
    <>
      <NativeSelect
        label={t('kind')}
        value={values.kind}
        data={KINDS.map((value) => ({ value, label: t(`kind_${value}`) }))}
        onChange={(event) => {
          const kind = event.currentTarget.value as Input['kind']
          set({ kind, options: kind === 'choice' ? readOptions(text) : [] })
        }}
      />
      {values.kind === 'choice' && (
        <Textarea
          label={t('options')}
          description={t('optionsHint')}
          error={faultOf('options')}
          autosize
          minRows={3}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            set({ options: readOptions(event.currentTarget.value) })
          }}
        />
      )}
      <TopicTicks
        label={t('ofTopics')}
        hint={t('ofAllTopics')}
        topics={values.topics}
        onTopics={(topics) => set({ topics })}
      />
    </>
  )
}
