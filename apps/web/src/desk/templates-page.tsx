import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import {
  type Column,
  confirm,
  DataTable,
  Dialog,
  EmptyState,
  FormError,
  Page,
  toast,
  useForm,
  useSearch,
  useWords,
} from '@opora/ui-kit'
import { api, isConflict } from '@opora/ui-kit/api'
import { IconTemplate } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import css from './settings.module.css'
import { settingsWords } from './settings-words.ts'

/** A row of `GET /templates`. */
interface Template {
  id: number
  name: string
  locale: string
  body: string
  version: number
}

const KEY = ['templates'] as const
const LANGUAGES = [
  { value: 'ru', label: 'Русский' },
  { value: 'en', label: 'English' },
]
// The names that the server fills in.
const VARIABLES = ['number', 'subject', 'contact', 'client', 'portal', 'status', 'me'].map((name) => `{{${name}}}`)

/** Texts for answers: who writes them sees and changes them here. */
export function TemplatesPage() {
  const t = useWords(settingsWords)
  const may = useCan()('template.change')
  const [search, setSearch] = useSearch()
  const [edited, setEdited] = useState<number | 'new' | null>(null)
  const q = search['q'] || undefined
  const archived = search['archived'] === 'true'
  const list = useQuery({
    queryKey: [...KEY, 'all', { q, archived }],
    queryFn: ({ signal }) => api.get<{ items: Template[] }>('/templates', { query: { q, archived }, signal }),
    placeholderData: (before) => before,
  })
  const putAway = usePutAway()
  const act = archived ? (row: Template) => void putAway(row, false) : (row: Template) => setEdited(row.id)
  const onAct = may ? { run: act, label: t(archived ? 'restore' : 'change') } : undefined
  const columns = useColumns(onAct)
  const template = list.data?.items.find((one) => one.id === edited)
  return (
    <Page
      title={t('templates')}
      body="plain"
      crumbs={[{ to: '/desk/settings', label: t('settings') }]}
      actions={may && <Button onClick={() => setEdited('new')}>{t('addTemplate')}</Button>}
      tools={
        <>
          <TextInput
            size="xs"
            type="search"
            aria-label={t('find')}
            placeholder={t('find')}
            value={search['q'] ?? ''}
            onChange={(event) => setSearch({ q: event.currentTarget.value })}
          />
          {may && (
            <Checkbox
              size="xs"
              label={t('archivedOnly')}
              checked={archived}
              onChange={(event) => setSearch({ archived: event.currentTarget.checked ? 'true' : undefined })}
            />
          )}
        </>
      }
    >
      <DataTable
        label={t('templates')}
        columns={columns}
        rows={list.data?.items}
        rowKey={(row) => String(row.id)}
        card={(row) => <TemplateCard row={row} act={onAct} />}
        empty={
          <EmptyState
            icon={<IconTemplate size={24} stroke={1.6} />}
            title={t('noTemplates')}
            text={t('noTemplatesText')}
          />
        }
        error={list.error}
        onRetry={() => void list.refetch()}
      />
      {edited === 'new' && <TemplateForm template={null} onClose={() => setEdited(null)} />}
      {template && (
        <TemplateForm key={`${template.id}-${template.version}`} template={template} onClose={() => setEdited(null)} />
      )}
    </Page>
  )
}

function languageName(locale: string): string {
  return LANGUAGES.find(({ value }) => value === locale)?.label ?? locale
}

interface Act {
  run: (row: Template) => void
  label: string
}

/** Puts a template away, or takes it back. */
function usePutAway() {
  const t = useWords(settingsWords)
  const client = useQueryClient()
  return async (row: Template, away: boolean): Promise<boolean> => {
    if (
      away &&
      !(await confirm({ title: t('removeAsk', { name: row.name }), text: t('removeText'), action: t('remove') }))
    )
      return false
    try {
      await (away ? api.delete(`/templates/${row.id}`) : api.post(`/templates/${row.id}/restore`))
      toast.ok(t(away ? 'removed' : 'restored'))
    } catch (error) {
      toast.error((error as Error).message)
    }
    await client.invalidateQueries({ queryKey: KEY })
    return true
  }
}

function useColumns(act: Act | undefined): Column<Template>[] {
  const t = useWords(settingsWords)
  return [
    { id: 'name', head: t('name'), width: '260px', cell: (row) => row.name },
    { id: 'text', head: t('text'), cell: (row) => <span className={css.quiet}>{row.body}</span> },
    { id: 'language', head: t('language'), width: '110px', cell: (row) => languageName(row.locale) },
    {
      id: 'change',
      head: '',
      width: '120px',
      align: 'end',
      cell: (row) =>
        act && (
          <Button size="compact-sm" variant="default" onClick={() => act.run(row)}>
            {act.label}
          </Button>
        ),
    },
  ]
}

function TemplateCard({ row, act }: { row: Template; act: Act | undefined }) {
  return (
    <div className={css.row}>
      <strong>{row.name}</strong>
      <span className={css.clamped}>{row.body}</span>
      <span className={css.quiet}>{languageName(row.locale)}</span>
      {act && (
        <Button size="compact-sm" variant="default" onClick={() => act.run(row)}>
          {act.label}
        </Button>
      )}
    </div>
  )
}

function TemplateForm({ template, onClose }: { template: Template | null; onClose: () => void }) {
  const t = useWords(settingsWords)
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: KEY })
  const form = useForm({
    initial: { name: template?.name ?? '', locale: template?.locale ?? 'ru', body: template?.body ?? '' },
    submit: (values, key) =>
      template
        ? api.put(`/templates/${template.id}`, values, { version: template.version })
        : api.post('/templates', values, { key }),
    onDone: () => {
      toast.ok(t('saved'))
      void refresh()
      onClose()
    },
  })
  const putAway = usePutAway()
  const remove = async (row: Template) => {
    if (await putAway(row, true)) onClose()
  }
  return (
    <Dialog title={template?.name ?? t('addTemplate')} size="wide" onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <TextInput {...form.field('name')} label={t('name')} required />
        <NativeSelect {...form.field('locale')} label={t('language')} data={LANGUAGES} />
        <Textarea
          {...form.field('body')}
          label={t('text')}
          description={t('variables', { names: VARIABLES.join(' ') })}
          required
          autosize
          minRows={6}
          maxRows={16}
        />
        {isConflict(form.refusal) ? (
          <div className={css.stale} role="alert">
            <span>{t('stale')}</span>
            <Button size="compact-sm" variant="default" onClick={() => void refresh()}>
              {t('fresh')}
            </Button>
          </div>
        ) : (
          <FormError error={form.failure} />
        )}
        <div className={css.acts}>
          <Button type="submit" loading={form.busy}>
            {t('save')}
          </Button>
          {template && (
            <Button variant="default" onClick={() => void remove(template)}>
              {t('remove')}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  )
}
