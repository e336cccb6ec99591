import {
  type Column,
  confirm,
  DataTable,
  DateTimeText,
  DropMenu,
  EmptyState,
  hrefOf,
  Pill,
  toast,
  useRoute,
  useWords,
} from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import { IconDots } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { MoveDialog } from './move-dialog.tsx'
import css from './pages.module.css'
import { pagesWords } from './pages-words.ts'
import {
  type Draft,
  keys,
  type Listed,
  refreshProcess,
  useVersions,
  type Version,
  type VersionView,
} from './process-data.ts'

/** Every version of a process: what changed, who published it, how many tickets run on it. */
export function VersionsView({ process, may }: { process: Listed; may: boolean }) {
  const t = useWords(pagesWords)
  const list = useVersions(process.key)
  const [moving, setMoving] = useState<number | null>(null)
  const acts = useVersionActs(process, setMoving)
  const columns: Column<Version>[] = [
    { id: 'version', head: t('version'), width: '100px', cell: (row) => t('versionN', { version: row.version }) },
    { id: 'note', head: t('note'), cell: (row) => row.note || <span className={css.fine}>{row.nameRu}</span> },
    { id: 'by', head: t('by'), width: '190px', cell: (row) => row.publishedBy ?? t('shipped') },
    {
      id: 'published',
      head: t('published'),
      width: '150px',
      wideOnly: true,
      cell: (row) => <DateTimeText at={row.publishedAt} />,
    },
    { id: 'state', head: t('holdsFrom'), width: '190px', cell: (row) => <Holding row={row} process={process} /> },
    { id: 'running', head: t('running'), width: '130px', align: 'end', cell: (row) => row.running },
    {
      id: 'acts',
      head: '',
      width: '60px',
      align: 'end',
      cell: (row) => (
        <DropMenu
          label={t('acts', { version: row.version })}
          place="below-end"
          className={css.dots}
          items={acts(row, may)}
        >
          <IconDots size={17} aria-hidden="true" />
        </DropMenu>
      ),
    },
  ]
  return (
    <>
      <DataTable
        label={t('versions')}
        columns={columns}
        rows={process.version === null && !process.coming ? [] : list.data}
        rowKey={(row) => String(row.version)}
        card={(row) => (
          <span className={css.name}>
            <strong>{t('versionN', { version: row.version })}</strong>
            <span className={css.fine}>{row.note}</span>
            <Holding row={row} process={process} />
          </span>
        )}
        empty={<EmptyState title={t('onlyDraft')} />}
        error={process.version === null ? undefined : list.error}
        onRetry={() => void list.refetch()}
      />
      {moving !== null && <MoveDialog processKey={process.key} version={moving} onClose={() => setMoving(null)} />}
    </>
  )
}

function Holding({ row, process }: { row: Version; process: Listed }) {
  const t = useWords(pagesWords)
  if (row.version === process.version) return <Pill tone="ok">{t('holds')}</Pill>
  if (row.version > (process.version ?? 0)) {
    return (
      <span className={css.states}>
        <Pill tone="accent">{t('coming')}</Pill>
        <DateTimeText at={row.effectiveFrom} />
      </span>
    )
  }
  return <DateTimeText at={row.effectiveFrom} />
}

/** What can be done with a version, as far as the reader may. */
function useVersionActs(process: Listed, onMove: (version: number) => void) {
  const t = useWords(pagesWords)
  const { navigate } = useRoute()
  const cache = useQueryClient()
  const here = `/desk/settings/processes/${process.key}`
  const restore = async (version: number) => {
    try {
      await takeAsDraft(process.key, version, async () =>
        confirm({
          ...{ title: t('restoreAsk', { version }), text: t('restoreText') },
          ...{ action: t('restore'), danger: true },
        }),
      )
    } catch (error) {
      toast.error((error as Error).message)
      return
    }
    cache.removeQueries({ queryKey: keys.draft(process.key) })
    await refreshProcess(cache, process.key)
    navigate(`${here}/edit`)
  }
  return (row: Version, may: boolean) => {
    const compare = {
      key: 'compare',
      label: t('compare'),
      run: () => navigate(hrefOf(`${here}/compare`, { before: String(row.version - 1), after: String(row.version) })),
    }
    const changing = [
      { key: 'restore', label: t('restore'), run: () => void restore(row.version) },
      { key: 'move', label: t('move'), run: () => onMove(row.version) },
    ]
    return [...(row.version > 1 ? [compare] : []), ...(may ? changing : [])]
  }
}

/** A version becomes the draft; one that is there already is replaced only when asked. */
async function takeAsDraft(key: string, version: number, sure: () => Promise<boolean>): Promise<void> {
  try {
    await api.post<Draft>(`/processes/${key}/draft`, { fromVersion: version })
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'process.draft_exists') throw error
    const draft = await api.get<Draft>(`/processes/${key}/draft`)
    const { xml } = await api.get<VersionView>(`/processes/${key}/versions/${version}`)
    if (!(await sure())) return
    await api.put(`/processes/${key}/draft`, { xml, basedOn: version }, { version: draft.version })
  }
}
