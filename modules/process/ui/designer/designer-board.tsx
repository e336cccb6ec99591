import { ActionIcon, Button } from '@mantine/core'
import { Count, confirm, EmptyState, hrefOf, Page, toast, useLocale, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconArrowBackUp, IconArrowForwardUp, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { type Check, type Draft, refreshProcess, useProcessWords } from '../process-data.ts'
import { ChangesPanel } from './changes-panel.tsx'
import css from './designer.module.css'
import { designerWords } from './designer-words.ts'
import { FindingsPanel, type Remark, remarksOf, showElement, useRemarkMarks } from './findings-panel.tsx'
import type { Modeler } from './modeler.ts'
import { PropertiesPanel } from './properties-panel.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import { RehearsalPanel } from './rehearsal-panel.tsx'
import { SavingState } from './saving-state.tsx'
import { TokenPanel } from './token-panel.tsx'
import { useDraftSaving } from './use-draft-saving.ts'
import { useModeler } from './use-modeler.ts'

const TABS = ['properties', 'findings', 'token', 'rehearsal', 'changes'] as const
type Tab = (typeof TABS)[number]
const NO_REMARKS: readonly Remark[] = []

interface Props {
  draft: Draft
  crumbs: readonly { to: string; label: string }[]
  /** The newest published version; null when there is none. */
  version: number | null
  /** Takes what somebody else has saved. */
  onReload: (draft: Draft) => void
}

export function DesignerBoard({ draft, crumbs, version, onReload }: Props) {
  const t = useWords(designerWords)
  const { locale } = useLocale()
  const { navigate } = useRoute()
  const cache = useQueryClient()
  const place = useRef<HTMLDivElement>(null)
  const [xml, setXml] = useState(draft.xml)
  const [tab, setTab] = useState<Tab>('properties')
  const [publishing, setPublishing] = useState(false)
  const { saving, keep, flush, insist, versionOf } = useDraftSaving(draft)
  const drawn = (next: string) => {
    setXml(next)
    keep(next)
  }
  const { board, selected, stroke } = useModeler(place, draft.xml, locale, drawn)
  const modeler = board.state === 'ready' ? board.modeler : null
  const { remarks, checking, readable } = useCheck(xml)
  useRemarkMarks(modeler, tab === 'token' ? NO_REMARKS : remarks)
  const show = (id: string | null) => modeler && showElement(modeler, id)

  const publish = async () => {
    if (await flush()) setPublishing(true)
  }
  const discard = async () => {
    const sure = { title: t('discardAsk'), text: t('discardText'), action: t('discard'), danger: true }
    if (!(await confirm(sure))) return
    try {
      await flush()
      await api.delete(`/processes/${draft.key}/draft`, { version: versionOf() })
    } catch (error) {
      toast.error((error as Error).message)
      return
    }
    await leave()
  }
  const leave = async () => {
    navigate(hrefOf(`/desk/settings/processes/${draft.key}`, { tab: 'versions' }))
    await refreshProcess(cache, draft.key)
  }
  const errors = remarks.filter((remark) => remark.severity === 'error').length
  return (
    <Page
      title={t('designer')}
      crumbs={crumbs}
      body="plain"
      actions={
        <>
          <SavingState saving={saving} draftKey={draft.key} onRetry={flush} onInsist={insist} onTake={onReload} />
          <UndoRedo modeler={modeler} stroke={stroke} />
          <ActionIcon variant="default" size="md" aria-label={t('discard')} title={t('discard')} onClick={discard}>
            <IconTrash size={16} />
          </ActionIcon>
          <Button size="xs" onClick={publish}>
            {t('publish')}
          </Button>
        </>
      }
    >
      <div className={css.desk}>
        <div className={css.board} aria-busy={board.state === 'loading'}>
          <div ref={place} className={css.canvas} />
          {board.state === 'broken' && <EmptyState title={t('broken')} />}
        </div>
        <aside className={css.side}>
          <Tabs tab={tab} onTab={setTab} count={remarks.length} bad={errors > 0} withChanges={version !== null} />
          <div className={css.sideBody}>
            {modeler && tab === 'properties' && <Properties modeler={modeler} selected={selected} />}
            {tab === 'findings' && <FindingsPanel remarks={remarks} checking={checking} onShow={show} />}
            {modeler && tab !== 'properties' && tab !== 'findings' && !readable && (
              <p className={css.about}>{t('fixFirst')}</p>
            )}
            {modeler && readable && tab === 'token' && <TokenPanel modeler={modeler} xml={xml} />}
            {modeler && readable && tab === 'rehearsal' && (
              <RehearsalPanel modeler={modeler} processKey={draft.key} xml={xml} onShow={show} />
            )}
            {modeler && readable && tab === 'changes' && version !== null && (
              <ChangesPanel modeler={modeler} processKey={draft.key} xml={xml} version={version} onShow={show} />
            )}
          </div>
        </aside>
      </div>
      {publishing && (
        <PublishDialog
          processKey={draft.key}
          xml={xml}
          next={(version ?? 0) + 1}
          remarks={remarks}
          onShow={show}
          onClose={() => setPublishing(false)}
          onDone={leave}
        />
      )}
    </Page>
  )
}

/** What the server says about the drawing, a moment after each stroke; the last answer stays until the next. */
function useCheck(xml: string): { remarks: readonly Remark[]; checking: boolean; readable: boolean } {
  const check = useQuery({
    queryKey: ['process-check', xml],
    queryFn: () => api.post<Check>('/process-checks', { xml }),
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  })
  const { data } = check
  const remarks = useMemo(() => (data ? remarksOf(data) : NO_REMARKS), [data])
  return { remarks, checking: check.isFetching, readable: data !== undefined && data.problems.length === 0 }
}

function Properties({ modeler, selected }: { modeler: Modeler; selected: readonly string[] }) {
  const words = useProcessWords()
  return words.data ? <PropertiesPanel modeler={modeler} selected={selected} words={words.data} /> : null
}

function Tabs({
  tab,
  onTab,
  count,
  bad,
  withChanges,
}: {
  tab: Tab
  onTab: (tab: Tab) => void
  count: number
  bad: boolean
  withChanges: boolean
}) {
  const t = useWords(designerWords)
  return (
    <div className={css.tabs} role="tablist">
      {TABS.filter((one) => one !== 'changes' || withChanges).map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          aria-selected={tab === one}
          className={css.tab}
          onClick={() => onTab(one)}
        >
          {t(one)}
          {one === 'findings' && count > 0 && <Count value={count} tone={bad ? 'danger' : 'warn'} />}
        </button>
      ))}
    </div>
  )
}

function UndoRedo({ modeler, stroke }: { modeler: Modeler | null; stroke: number }) {
  const t = useWords(designerWords)
  const stack = modeler?.get('commandStack')
  return (
    <span className={css.undo} data-stroke={stroke}>
      <ActionIcon
        variant="default"
        size="md"
        aria-label={t('undo')}
        title={t('undo')}
        disabled={!stack?.canUndo()}
        onClick={() => stack?.undo()}
      >
        <IconArrowBackUp size={16} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size="md"
        aria-label={t('redo')}
        title={t('redo')}
        disabled={!stack?.canRedo()}
        onClick={() => stack?.redo()}
      >
        <IconArrowForwardUp size={16} />
      </ActionIcon>
    </span>
  )
}
