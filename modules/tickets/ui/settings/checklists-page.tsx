import { ActionIcon, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { Page, useWords } from '@opora/ui-kit'
import { IconX } from '@tabler/icons-react'
import type { ChecklistSetting } from '../../dictionaries.contract.ts'
import type { FieldsOf } from './coded-dialog.tsx'
import { CodedList } from './coded-list.tsx'
import css from './settings.module.css'
import { settingsWords } from './settings-words.ts'
import { TopicTicks } from './topic-ticks.tsx'

type Input = Pick<ChecklistSetting, 'items' | 'topics'>
type Item = Input['items'][number]
const ROLES = ['l1', 'im', 'it', 'dev', 'an', 'qa', 'am'] as const
const EMPTY: Item = { ru: '', en: '', required: true, role: null }

/** Lists of things to do that tickets begin. */
export function ChecklistsPage() {
  const t = useWords(settingsWords)
  return (
    <Page title={t('checklists')} crumbs={[{ to: '/desk/settings', label: t('settings') }]} body="narrow">
      <p className={css.lead}>{t('checklistsLead')}</p>
      <CodedList<ChecklistSetting, Input>
        path="/checklists"
        title={t('checklists')}
        blank={{ items: [EMPTY], topics: [] }}
        toInput={({ items, topics }) => ({ items, topics })}
        Fields={Fields}
        about={(row) => t('itemsCount', { n: row.items.length })}
      />
    </Page>
  )
}

const Fields: FieldsOf<Input> = ({ values, set, faultOf }) => {
  const t = useWords(settingsWords)
  const { items } = values
  const change = (index: number, patch: Partial<Item>) =>
    set({ items: items.map((item, at) => (at === index ? { ...item, ...patch } : item)) })
  return (
    <>
      <fieldset className={css.ticks}>
        <legend>{t('items')}</legend>
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items have no name but their place
          <div key={index} className={css.item}>
            <TextInput
              label={t('itemRu')}
              value={item.ru}
              onChange={(e) => change(index, { ru: e.currentTarget.value })}
            />
            <TextInput
              label={t('itemEn')}
              value={item.en}
              onChange={(e) => change(index, { en: e.currentTarget.value })}
            />
            <NativeSelect
              label={t('itemRole')}
              value={item.role ?? ''}
              data={[
                { value: '', label: t('anyRole') },
                ...ROLES.map((value) => ({ value, label: t(`role_${value}`) })),
              ]}
              onChange={(e) => change(index, { role: (e.currentTarget.value || null) as Item['role'] })}
            />
            <Checkbox
              label={t('itemRequired')}
              checked={item.required}
              onChange={(e) => change(index, { required: e.currentTarget.checked })}
            />
            <ActionIcon
              aria-label={t('removeItem', { n: index + 1 })}
              disabled={items.length === 1}
              onClick={() => set({ items: items.filter((_one, at) => at !== index) })}
            >
              <IconX size={16} />
            </ActionIcon>
          </div>
        ))}
        {faultOf('items') && <p className={css.fault}>{faultOf('items')}</p>}
        <div>
          <Button size="compact-sm" variant="default" onClick={() => set({ items: [...items, EMPTY] })}>
            {t('addItem')}
          </Button>
        </div>
      </fieldset>
      <TopicTicks label={t('startsAtTopics')} topics={values.topics} onTopics={(topics) => set({ topics })} />
    </>
  )
}
