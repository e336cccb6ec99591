import { Button } from '@mantine/core'
import { EmptyState, FormError, Loaded, Page, useLocale, useNarrow, useRoute, useWords } from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Draft, keys, refreshProcess, useProcesses } from '../process-data.ts'
import { ProcessDiagram } from '../process-diagram.tsx'
import css from './designer.module.css'
import { DesignerBoard } from './designer-board.tsx'
import { designerWords } from './designer-words.ts'

/** Drawing a process: the board with what the selected element says, what is wrong, and how it would run. */
export function DesignerPage() {
  const { params } = useRoute()
  const key = params['key'] ?? ''
  const list = useProcesses()
  // asked only where there is one: the list knows, as far as it is fresh
  const drawn = list.data?.some((process) => process.key === key && process.draft !== null) ?? false
  const draft = useQuery({
    queryKey: keys.draft(key),
    enabled: drawn,
    queryFn: () => api.get<Draft>(`/processes/${key}/draft`),
    // what is on the board is newer than any answer; a conflict tells when it is not
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
  if (list.data && !drawn) return <NoDraft processKey={key} />
  if (draft.error instanceof ApiError && draft.error.code === 'process.draft_not_found')
    return <NoDraft processKey={key} />
  return <Loaded query={draft}>{(found) => <WithDraft draft={found} />}</Loaded>
}

function useCrumbs(key: string) {
  const t = useWords(designerWords)
  const { locale } = useLocale()
  const found = useProcesses().data?.find((process) => process.key === key)
  const name = found ? (locale === 'ru' ? found.nameRu : found.nameEn) : key
  const crumbs = [
    { to: '/desk/settings/processes', label: t('processes') },
    { to: `/desk/settings/processes/${key}`, label: name },
  ]
  return { found, crumbs }
}

function NoDraft({ processKey }: { processKey: string }) {
  const t = useWords(designerWords)
  const cache = useQueryClient()
  const { crumbs } = useCrumbs(processKey)
  const begin = useMutation({
    mutationFn: () => api.post<Draft>(`/processes/${processKey}/draft`, {}),
    onSuccess: async (draft) => {
      cache.setQueryData(keys.draft(processKey), draft)
      await refreshProcess(cache, processKey)
    },
  })
  return (
    <Page title={t('designer')} crumbs={crumbs}>
      <EmptyState
        title={t('noDraft')}
        text={t('noDraftText')}
        action={
          <Button loading={begin.isPending} onClick={() => begin.mutate()}>
            {t('begin')}
          </Button>
        }
      />
      <FormError error={begin.error} />
    </Page>
  )
}

/** One drawing as it was loaded; taking somebody else's loads anew. */
function WithDraft({ draft }: { draft: Draft }) {
  const t = useWords(designerWords)
  const narrow = useNarrow()
  const { found, crumbs } = useCrumbs(draft.key)
  const [loaded, setLoaded] = useState({ draft, count: 0 })
  // a draft that was begun anew is another drawing
  useEffect(() => {
    setLoaded((before) => (before.draft.key === draft.key ? before : { draft, count: before.count + 1 }))
  }, [draft])
  if (narrow) {
    return (
      <Page title={t('designer')} crumbs={crumbs}>
        <div className={css.phone}>
          <EmptyState title={t('onPhone')} text={t('onPhoneText')} />
          <ProcessDiagram xml={draft.xml} present={[]} height="60vh" />
        </div>
      </Page>
    )
  }
  return (
    <DesignerBoard
      key={loaded.count}
      draft={loaded.draft}
      crumbs={crumbs}
      version={found?.coming?.version ?? found?.version ?? null}
      onReload={(fresh) => setLoaded((before) => ({ draft: fresh, count: before.count + 1 }))}
    />
  )
}
