import { NativeSelect } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { Card, EmptyState, Loaded, Page, toast, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import css from './settings.module.css'
import { settingsWords } from './settings-words.ts'

/** A row of `GET /topics/services`. */
interface Topic {
  code: string
  name: string
  service: string | null
}
interface Service {
  code: string
  nameRu: string
  nameEn: string
  archived: boolean
}

const KEY = ['topics', 'services'] as const

/** Which service of the catalogue each topic asks for: a contract without it does not cover such a request. */
export function TopicsPage() {
  const t = useWords(settingsWords)
  const topics = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<{ items: Topic[] }>('/topics/services', { signal }),
  })
  const services = useServices()
  return (
    <Page title={t('topics')} crumbs={[{ to: '/desk/settings', label: t('settings') }]} body="narrow">
      <p className={css.lead}>{t('topicsText')}</p>
      <Loaded query={topics}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('noTopics')} />
          ) : (
            <Card>
              <ul className={css.topics}>
                {items.map((topic) => (
                  <li key={topic.code} className={css.topic}>
                    <span>{topic.name}</span>
                    <ServiceChoice topic={topic} services={services} />
                  </li>
                ))}
              </ul>
            </Card>
          )
        }
      </Loaded>
    </Page>
  )
}

function useServices(): Service[] {
  const can = useCan()
  const list = useQuery({
    queryKey: ['catalogue', 'services'],
    queryFn: ({ signal }) => api.get<{ items: Service[] }>('/catalogue/services', { signal }),
    enabled: can('catalogue.read'),
  })
  return list.data?.items ?? []
}

function ServiceChoice({ topic, services }: { topic: Topic; services: Service[] }) {
  const t = useWords(settingsWords)
  const { locale } = useLocale()
  const client = useQueryClient()
  const offered = services
    // what is put away stays to be seen where it is still asked for
    .filter((one) => !one.archived || one.code === topic.service)
    .map((one) => ({ value: one.code, label: locale === 'ru' ? one.nameRu : one.nameEn }))
  const choose = async (service: string | null) => {
    try {
      await api.put(`/topics/${topic.code}/service`, { service })
      toast.ok(t('topicSaved'))
    } catch (error) {
      toast.error((error as Error).message)
    }
    await client.invalidateQueries({ queryKey: ['topics'] })
  }
  return (
    <NativeSelect
      aria-label={`${t('topicService')}: ${topic.name}`}
      value={topic.service ?? ''}
      data={[{ value: '', label: t('anyService') }, ...offered]}
      onChange={(event) => void choose(event.currentTarget.value || null)}
    />
  )
}
