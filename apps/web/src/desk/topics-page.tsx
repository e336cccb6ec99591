import { NativeSelect } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { topicsSettings } from '@opora/tickets/ui'
import { toast, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { settingsWords } from './settings-words.ts'

interface Service {
  code: string
  nameRu: string
  nameEn: string
  archived: boolean
}

const TopicsSettings = lazy(async () => ({ default: await topicsSettings() }))

/** Topics with the service of the catalogue that each asks for: a contract without it does not cover such a request. */
export function TopicsPage() {
  return (
    <Suspense fallback={null}>
      <TopicsSettings Service={ServiceChoice} />
    </Suspense>
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

function ServiceChoice({ code, name, service }: { code: string; name: string; service: string | null }) {
  const t = useWords(settingsWords)
  const { locale } = useLocale()
  const client = useQueryClient()
  const offered = useServices()
    // what is put away stays to be seen where it is still asked for
    .filter((one) => !one.archived || one.code === service)
    .map((one) => ({ value: one.code, label: locale === 'ru' ? one.nameRu : one.nameEn }))
  const choose = async (next: string | null) => {
    try {
      await api.put(`/topics/${code}/service`, { service: next })
      toast.ok(t('topicSaved'))
    } catch (error) {
      toast.error((error as Error).message)
    }
    await client.invalidateQueries({ queryKey: ['dictionary', '/topic-settings'] })
  }
  return (
    <NativeSelect
      size="xs"
      w={150}
      aria-label={`${t('topicService')}: ${name}`}
      value={service ?? ''}
      data={[{ value: '', label: t('anyService') }, ...offered]}
      onChange={(event) => void choose(event.currentTarget.value || null)}
    />
  )
}
