import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { Card, useLocale, useWords } from '@opora/ui-kit'
import { IconX } from '@tabler/icons-react'
import type { VendorSettings } from '../../vendor.contract.ts'
import css from './vendor-settings.module.css'
import { vendorSettingsWords } from './vendor-settings-words.ts'

type Topics = VendorSettings['topics']

/** What the vendor takes, in the order in which it is offered. */
export function VendorTopics({
  value: topics,
  onChange,
  error,
}: {
  value: Topics
  onChange: (topics: Topics) => void
  error: string | undefined
}) {
  const t = useWords(vendorSettingsWords)
  // a code is nobody's business on this page: made once, it stays with the topic
  const add = () =>
    onChange([...topics, { code: `topic_${Date.now().toString(36)}`, nameRu: '', nameEn: '', hosting: null }])
  const change = (code: string, patch: Partial<Topics[number]>) =>
    onChange(topics.map((topic) => (topic.code === code ? { ...topic, ...patch } : topic)))
  return (
    <Card title={t('topics')}>
      <div className={css.fields}>
        {topics.length === 0 && <p className={css.lead}>{t('noTopics')}</p>}
        {topics.map((topic) => (
          <Row
            key={topic.code}
            topic={topic}
            change={(patch) => change(topic.code, patch)}
            remove={() => onChange(topics.filter(({ code }) => code !== topic.code))}
          />
        ))}
        {error && (
          <p className={css.fault} role="alert">
            {error}
          </p>
        )}
        <div>
          <Button size="compact-sm" variant="default" onClick={add}>
            {t('addTopic')}
          </Button>
        </div>
      </div>
    </Card>
  )
}

interface RowProps {
  topic: Topics[number]
  change: (patch: Partial<Topics[number]>) => void
  remove: () => void
}

function Row({ topic, change, remove }: RowProps) {
  const t = useWords(vendorSettingsWords)
  const { locale } = useLocale()
  return (
    <div className={css.topic}>
      <TextInput
        label={t('topicRu')}
        value={topic.nameRu}
        maxLength={120}
        onChange={(event) => change({ nameRu: event.currentTarget.value })}
      />
      <TextInput
        label={t('topicEn')}
        value={topic.nameEn}
        maxLength={120}
        onChange={(event) => change({ nameEn: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('hosting')}
        value={topic.hosting ?? ''}
        data={[
          { value: '', label: t('hosting_any') },
          { value: 'cloud', label: t('hosting_cloud') },
          { value: 'boxed', label: t('hosting_boxed') },
        ]}
        onChange={(event) => change({ hosting: (event.currentTarget.value || null) as Topics[number]['hosting'] })}
      />
      <ActionIcon
        aria-label={t('removeTopic', { name: locale === 'ru' ? topic.nameRu : topic.nameEn })}
        onClick={remove}
      >
        <IconX size={16} />
      </ActionIcon>
    </div>
  )
}
