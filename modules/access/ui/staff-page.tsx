import { Button, NativeSelect, TextInput } from '@mantine/core'
import {
  type Column,
  DataTable,
  Dialog,
  EmptyState,
  FormError,
  Page,
  Person,
  Pill,
  toast,
  useForm,
  useLocale,
  useRoute,
  useSearch,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { StaffCard, staffItem } from '../contract.ts'
import type { Role } from '../domain/roles.ts'
import css from './access.module.css'
import { RoleChoice, useRoleNames, useRoleOptions } from './staff-roles.tsx'
import { staffWords } from './staff-words.ts'
import { useCan } from './use-me.ts'

type Row = z.infer<typeof staffItem>

/** People of the provider and of partners, with their roles. */
export function StaffPage() {
  const t = useWords(staffWords)
  const can = useCan()
  const [search] = useSearch()
  const [inviting, setInviting] = useState(false)
  const { q, role, active } = search
  const query = { q, role, active }
  const list = useInfiniteQuery({
    queryKey: ['staff', query],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: Row[]; nextCursor: string | null }>('/staff', {
        query: { ...query, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: (before) => before,
  })
  const columns = useColumns()
  return (
    <Page
      title={t('staff')}
      body="plain"
      crumbs={[{ to: '/desk/settings', label: t('settings') }]}
      actions={can('staff.change') && <Button onClick={() => setInviting(true)}>{t('invite')}</Button>}
      tools={<Filters />}
    >
      <DataTable
        label={t('staff')}
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items)}
        rowKey={(row) => String(row.id)}
        {...(can('staff.card') ? { hrefOf: (row: Row) => `/desk/settings/staff/${row.id}` } : {})}
        card={(row) => <StaffRow row={row} />}
        empty={<EmptyState icon={<IconUsers size={24} stroke={1.6} />} title={t('emptyTitle')} text={t('emptyText')} />}
        error={list.error}
        onRetry={() => void list.refetch()}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
      />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  )
}

function Filters() {
  const t = useWords(staffWords)
  const [search, setSearch] = useSearch()
  const roleOptions = useRoleOptions()
  return (
    <>
      <TextInput
        size="xs"
        type="search"
        aria-label={t('find')}
        placeholder={t('find')}
        value={search['q'] ?? ''}
        onChange={(event) => setSearch({ q: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        aria-label={t('roles')}
        data={[{ value: '', label: t('anyRole') }, ...roleOptions]}
        value={search['role'] ?? ''}
        onChange={(event) => setSearch({ role: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        aria-label={t('state')}
        data={[
          { value: '', label: t('any') },
          { value: 'true', label: t('active') },
          { value: 'false', label: t('off') },
        ]}
        value={search['active'] ?? ''}
        onChange={(event) => setSearch({ active: event.currentTarget.value })}
      />
    </>
  )
}

function useColumns(): Column<Row>[] {
  const t = useWords(staffWords)
  const rolesOf = useRoleNames()
  return [
    {
      id: 'name',
      head: t('name'),
      width: '260px',
      cell: (row) => (
        <span className={css.person}>
          <Person name={row.name} size={22} /> {row.name}
        </span>
      ),
    },
    { id: 'roles', head: t('roles'), cell: (row) => rolesOf(row.roles) },
    { id: 'email', head: t('email'), width: '240px', cell: (row) => row.email },
    { id: 'state', head: t('state'), width: '130px', cell: (row) => <State active={row.active} /> },
  ]
}

function State({ active }: { active: boolean }) {
  const t = useWords(staffWords)
  return active ? <Pill tone="ok">{t('active')}</Pill> : <Pill>{t('off')}</Pill>
}

function StaffRow({ row }: { row: Row }) {
  const rolesOf = useRoleNames()
  return (
    <div className={css.card}>
      <strong className={css.person}>
        <Person name={row.name} size={22} /> {row.name}
      </strong>
      <span className={css.quiet}>{rolesOf(row.roles)}</span>
      <span className={css.quiet}>{row.email}</span>
      {!row.active && <State active={false} />}
    </div>
  )
}

function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(staffWords)
  const { locale, zone } = useLocale()
  const client = useQueryClient()
  const route = useRoute()
  const form = useForm({
    initial: { name: '', email: '', roles: [] as Role[], locale: locale as string },
    submit: (values, key) => api.post<StaffCard>('/staff', { ...values, ...(zone ? { zone } : {}) }, { key }),
    onDone: (made) => {
      toast.ok(t('invited'))
      void client.invalidateQueries({ queryKey: ['staff'] })
      route.navigate(`/desk/settings/staff/${made.id}`)
    },
  })
  const roleField = form.choice('roles')
  return (
    <Dialog title={t('inviteTitle')} size="wide" onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <p className={css.quiet}>{t('inviteText')}</p>
        <TextInput {...form.field('name')} label={t('name')} required autoComplete="off" />
        <TextInput {...form.field('email')} label={t('email')} type="email" required autoComplete="off" />
        <NativeSelect
          {...form.field('locale')}
          label={t('language')}
          data={[
            { value: 'ru', label: 'Русский' },
            { value: 'en', label: 'English' },
          ]}
        />
        <RoleChoice value={roleField.value} onChange={roleField.onChange} fault={roleField.error} />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy} disabled={form.values.roles.length === 0}>
            {t('invite')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
