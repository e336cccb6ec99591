import { Button, NativeSelect, TextInput } from '@mantine/core'
import { AddButton, useCan } from '@opora/people/ui'
import {
  type Column,
  DataTable,
  Dialog,
  EmptyState,
  FormError,
  Link,
  Page,
  useForm,
  useLocale,
  useRoute,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconTableOptions } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import css from './policies.module.css'
import { type PolicyView, usePolicies } from './policy-data.ts'
import { policyWords } from './policy-words.ts'

/** Every SLA policy of the installation. */
export function PoliciesPage() {
  const t = useWords(policyWords)
  const { locale } = useLocale()
  const can = useCan()
  const [adding, setAdding] = useState(false)
  const list = usePolicies()
  const name = (row: PolicyView) => (locale === 'ru' ? row.nameRu : row.nameEn)
  const columns: Column<PolicyView>[] = [
    { id: 'name', head: t('policy'), cell: (row) => <span className={css.strong}>{name(row)}</span> },
    { id: 'rows', head: t('rows'), width: '110px', align: 'end', cell: (row) => row.spec.rows.length },
    { id: 'version', head: t('version'), width: '110px', align: 'end', wideOnly: true, cell: (row) => row.version },
    {
      id: 'code',
      head: t('code'),
      width: '220px',
      wideOnly: true,
      cell: (row) => <span className={css.fine}>{row.code}</span>,
    },
  ]
  return (
    <Page
      title={t('policies')}
      body="plain"
      crumbs={[{ to: '/desk/settings', label: t('settings') }]}
      tools={can('breach.read') && <Link to="/desk/what-if">{t('whatIf')}</Link>}
      actions={can('sla.change') && <AddButton onClick={() => setAdding(true)}>{t('add')}</AddButton>}
    >
      <DataTable
        label={t('policies')}
        columns={columns}
        rows={list.data}
        rowKey={(row) => row.code}
        hrefOf={(row) => `/desk/settings/sla/${row.code}`}
        card={(row) => <span className={css.strong}>{name(row)}</span>}
        empty={<EmptyState icon={<IconTableOptions size={24} stroke={1.6} />} title={t('emptyTitle')} />}
        error={list.error}
        onRetry={() => void list.refetch()}
      />
      {adding && <NewPolicy rows={list.data ?? []} onClose={() => setAdding(false)} />}
    </Page>
  )
}

/** New rules begin as a copy of some that are there. */
function NewPolicy({ rows, onClose }: { rows: readonly PolicyView[]; onClose: () => void }) {
  const t = useWords(policyWords)
  const { locale } = useLocale()
  const { navigate } = useRoute()
  const cache = useQueryClient()
  const form = useForm({
    initial: { from: rows[0]?.code ?? '', code: '', nameRu: '', nameEn: '' },
    submit: ({ from, ...named }, key) => {
      const spec = rows.find((row) => row.code === from)?.spec ?? { rows: [], pausesCounted: ['client'] }
      return api.post<PolicyView>('/sla-policies', { ...named, spec }, { key })
    },
    onDone: async ({ code }) => {
      await cache.invalidateQueries({ queryKey: ['sla-policies'] })
      navigate(`/desk/settings/sla/${code}`)
    },
  })
  const { code, nameRu, nameEn } = form.values
  return (
    <Dialog title={t('add')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <NativeSelect
          label={t('copyOf')}
          data={rows.map((row) => ({ value: row.code, label: locale === 'ru' ? row.nameRu : row.nameEn }))}
          {...form.field('from')}
        />
        <TextInput label={t('nameRu')} required {...form.field('nameRu')} />
        <TextInput label={t('nameEn')} required {...form.field('nameEn')} />
        <TextInput label={t('code')} required {...form.field('code')} />
        <FormError error={form.failure} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy} disabled={!code || !nameRu || !nameEn}>
            {t('save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
