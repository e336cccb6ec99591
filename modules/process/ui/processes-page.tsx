import { Button, TextInput } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import {
  type Column,
  DataTable,
  DateTimeText,
  Dialog,
  EmptyState,
  FormError,
  Page,
  Pill,
  useForm,
  useLocale,
  useRoute,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconPlus, IconSitemap } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import css from './pages.module.css'
import { pagesWords } from './pages-words.ts'
import { type Draft, type Listed, refreshProcess, useProcesses } from './process-data.ts'

/** Every process of the installation, with its draft. */
export function ProcessesPage() {
  const t = useWords(pagesWords)
  const can = useCan()
  const [adding, setAdding] = useState(false)
  const list = useProcesses()
  const { name, state, columns } = useColumns()
  return (
    <Page
      title={t('processes')}
      body="plain"
      crumbs={[{ to: '/desk/settings', label: t('settings') }]}
      actions={
        can('process.publish') && (
          <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )
      }
    >
      <DataTable
        label={t('processes')}
        columns={columns}
        rows={list.data}
        rowKey={(row) => row.key}
        hrefOf={(row) => `/desk/settings/processes/${row.key}`}
        card={(row) => (
          <>
            {name(row)}
            {row.version !== null && (
              <span className={css.fine}>
                {t('versionN', { version: row.version })} · {t('runningN', { n: row.running })}
              </span>
            )}
            {state(row)}
          </>
        )}
        empty={<EmptyState icon={<IconSitemap size={24} stroke={1.6} />} title={t('empty')} />}
        error={list.error}
        onRetry={() => void list.refetch()}
      />
      {adding && <NewProcess onClose={() => setAdding(false)} />}
    </Page>
  )
}

/** What the list and its cards say of a process. */
function useColumns() {
  const t = useWords(pagesWords)
  const { locale } = useLocale()
  const name = (row: Listed) => <strong>{locale === 'ru' ? row.nameRu : row.nameEn}</strong>
  const state = (row: Listed) => (
    <span className={css.states}>
      {row.version === null && <Pill tone="neutral">{t('onlyDraft')}</Pill>}
      {row.draft && <Pill tone="info">{t('draftBy', { by: row.draft.by })}</Pill>}
      {row.coming && <Pill tone="accent">{t('versionN', { version: row.coming.version })}</Pill>}
    </span>
  )
  const columns: Column<Listed>[] = [
    { id: 'name', head: t('process'), cell: name },
    {
      id: 'code',
      head: t('code'),
      width: '180px',
      wideOnly: true,
      cell: (row) => <span className={css.fine}>{row.key}</span>,
    },
    { id: 'version', head: t('version'), width: '100px', align: 'end', cell: (row) => row.version },
    { id: 'running', head: t('running'), width: '150px', align: 'end', cell: (row) => row.running },
    {
      id: 'published',
      head: t('published'),
      width: '180px',
      wideOnly: true,
      cell: (row) => row.publishedAt && <DateTimeText at={row.publishedAt} />,
    },
    { id: 'draft', head: t('draft'), width: '260px', cell: state },
  ]
  return { name, state, columns }
}

/** A new process begins as a draft with a step to work and a step that stops the clocks. */
function NewProcess({ onClose }: { onClose: () => void }) {
  const t = useWords(pagesWords)
  const { navigate } = useRoute()
  const cache = useQueryClient()
  const form = useForm({
    initial: { name: '', code: '' },
    submit: ({ name, code }, key) => api.post<Draft>(`/processes/${code}/draft`, { name }, { key }),
    onDone: async (draft) => {
      await refreshProcess(cache, draft.key)
      navigate(`/desk/settings/processes/${draft.key}/edit`)
    },
  })
  const { name, code } = form.values
  return (
    <Dialog title={t('add')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <p className={css.fine}>{t('addAbout')}</p>
        <TextInput label={t('name')} required {...form.field('name')} />
        <TextInput label={t('code')} description={t('codeAbout')} required {...form.field('code')} />
        <FormError error={form.failure} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy} disabled={!name.trim() || !/^[a-z0-9][a-z0-9-]*$/.test(code)}>
            {t('create')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
