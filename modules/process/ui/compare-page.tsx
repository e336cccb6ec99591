import { Card, Loaded, Page, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { ChangeList } from './change-list.tsx'
import { MarkedDiagram } from './marked-diagram.tsx'
import css from './pages.module.css'
import { pagesWords } from './pages-words.ts'
import type { Comparison } from './process-data.ts'

/** Two versions side by side: what was removed is marked in the earlier, what is new in the later, what changed in both. */
export function ComparePage() {
  const t = useWords(pagesWords)
  const { params, search } = useRoute()
  const key = params['key'] ?? ''
  const [before, after] = [Number(search['before']) || 1, Number(search['after']) || 2]
  const compared = useQuery({
    queryKey: ['process-comparison', key, before, after],
    queryFn: () =>
      api.post<Comparison>('/process-comparisons', { key, before: { version: before }, after: { version: after } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Page
      title={t('comparing', { before, after })}
      crumbs={[
        { to: '/desk/settings/processes', label: t('processes') },
        { to: `/desk/settings/processes/${key}?tab=versions`, label: key },
      ]}
    >
      <Loaded query={compared}>
        {(found) => (found.changes.length === 0 ? <p>{t('same')}</p> : <Sides found={found} of={[before, after]} />)}
      </Loaded>
    </Page>
  )
}

function Sides({ found, of }: { found: Comparison; of: readonly [number, number] }) {
  const t = useWords(pagesWords)
  const [shown, setShown] = useState<string | null>(null)
  const marks = useMemo(() => {
    const of = (hidden: string) =>
      found.changes
        .filter((change) => change.change !== hidden)
        .map((change) => [change.elementId, `opora-${change.change}`] as const)
    return { before: of('added'), after: of('removed') }
  }, [found])
  return (
    <div className={css.compare}>
      <Card title={`${t('before')}: ${t('versionN', { version: of[0] })}`} flush>
        <MarkedDiagram
          name={t('versionN', { version: of[0] })}
          xml={found.before.xml}
          marks={marks.before}
          height="46vh"
          shown={shown}
        />
      </Card>
      <Card title={`${t('after')}: ${t('versionN', { version: of[1] })}`} flush>
        <MarkedDiagram
          name={t('versionN', { version: of[1] })}
          xml={found.after.xml}
          marks={marks.after}
          height="46vh"
          shown={shown}
        />
      </Card>
      <div className={css.wide}>
        <ChangeList changes={found.changes} onShow={(change) => setShown(change.elementId)} />
      </div>
    </div>
  )
}
