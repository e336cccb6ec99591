import { Button, MultiSelect, NativeSelect, TextInput } from '@mantine/core'
import { Card, FormError, Loaded, Page, Pill, toast, useForm, useRoute, useWords } from '@opora/ui-kit'
import { api, isConflict } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { StaffCard } from '../contract.ts'
import type { Role } from '../domain/roles.ts'
import css from './access.module.css'
import { EntryCard, type StaffPart } from './staff-entry-card.tsx'
import { RoleChoice } from './staff-roles.tsx'
import { staffWords } from './staff-words.ts'
import { Stale } from './stale.tsx'
import { useCan, useMe } from './use-me.ts'

const CLIENTS_SHOWN = 200

/** One person: who they are, whom they serve, their roles, how they sign in. */
export function StaffCardPage() {
  const t = useWords(staffWords)
  const { params } = useRoute()
  const client = useQueryClient()
  const me = useMe()
  const id = params['id'] ?? ''
  const person = useQuery({
    queryKey: ['staff', 'card', id],
    queryFn: ({ signal }) => api.get<StaffCard>(`/staff/${id}`, { signal }),
  })
  const onChange = () => void client.invalidateQueries({ queryKey: ['staff'] })
  return (
    <Page
      title={person.data?.name ?? t('staff')}
      body="narrow"
      crumbs={[
        { to: '/desk/settings', label: t('settings') },
        { to: '/desk/settings/staff', label: t('staff') },
      ]}
      actions={person.data && <State person={person.data} />}
    >
      <Loaded query={person}>
        {(data) => {
          const part = { person: data, own: me?.id === data.id, onChange }
          return (
            <div className={css.stack}>
              <AboutCard key={`about-${data.version}`} {...part} />
              <RolesCard key={`roles-${data.version}`} {...part} />
              <EntryCard {...part} />
            </div>
          )
        }}
      </Loaded>
    </Page>
  )
}

function State({ person }: { person: StaffCard }) {
  const t = useWords(staffWords)
  if (!person.active) return <Pill>{t('off')}</Pill>
  return person.joined ? <Pill tone="ok">{t('active')}</Pill> : <Pill tone="warn">{t('waiting')}</Pill>
}

function AboutCard({ person, own, onChange }: StaffPart) {
  const t = useWords(staffWords)
  const may = useCan()('staff.change')
  const form = useForm({
    initial: {
      name: person.name,
      email: person.email,
      locale: person.locale as string,
      grade: person.grade ?? '',
      serves: person.serves as string,
      clientIds: person.clientIds.map(String),
    },
    submit: ({ serves, clientIds, ...values }) => {
      const listed = serves === 'listed' ? clientIds.map(Number) : []
      const body = own ? values : { ...values, serves, clientIds: listed }
      return api.patch(`/staff/${person.id}`, body, { version: person.version })
    },
    onDone: () => {
      toast.ok(t('saved'))
      onChange()
    },
  })
  const stale = isConflict(form.refusal)
  return (
    <Card title={t('about')}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <TextInput {...form.field('name')} label={t('name')} disabled={!may} />
        <TextInput {...form.field('email')} label={t('email')} type="email" disabled={!may} />
        <NativeSelect
          {...form.field('locale')}
          label={t('language')}
          disabled={!may}
          data={[
            { value: 'ru', label: 'Русский' },
            { value: 'en', label: 'English' },
          ]}
        />
        <TextInput {...form.field('grade')} label={t('grade')} description={t('gradeHint')} disabled={!may} />
        <NativeSelect
          {...form.field('serves')}
          label={t('serves')}
          disabled={!may || own}
          data={[
            { value: 'all', label: t('servesAll') },
            { value: 'listed', label: t('servesListed') },
          ]}
        />
        {form.values.serves === 'listed' && <ClientsField {...form.choice('clientIds')} disabled={!may || own} />}
        {stale ? <Stale onFresh={onChange} /> : <FormError error={form.failure} />}
        {may && (
          <div>
            <Button type="submit" loading={form.busy}>
              {t('save')}
            </Button>
          </div>
        )}
      </form>
    </Card>
  )
}

interface ClientsFieldProps {
  value: string[]
  error: string | undefined
  onChange: (value: string[]) => void
  disabled: boolean
}

function ClientsField({ value, error, onChange, disabled }: ClientsFieldProps) {
  const t = useWords(staffWords)
  const clients = useQuery({
    queryKey: ['clients', 'names'],
    queryFn: () => api.get<{ items: { id: number; name: string }[] }>('/clients', { query: { limit: CLIENTS_SHOWN } }),
  })
  const data = (clients.data?.items ?? []).map((one) => ({ value: String(one.id), label: one.name }))
  return (
    <MultiSelect
      label={t('clients')}
      data={data}
      value={value}
      error={error}
      onChange={onChange}
      disabled={disabled}
      searchable
    />
  )
}

function RolesCard({ person, own, onChange }: StaffPart) {
  const t = useWords(staffWords)
  const may = useCan()('role.change') && !own
  const form = useForm({
    initial: { roles: person.roles as Role[] },
    submit: (values) => api.put(`/staff/${person.id}/roles`, values, { version: person.version }),
    onDone: () => {
      toast.ok(t('rolesSaved'))
      onChange()
    },
  })
  const field = form.choice('roles')
  const stale = isConflict(form.refusal)
  return (
    <Card title={t('roles')}>
      <form className={css.form} onSubmit={form.submit}>
        <p className={css.quiet}>{t(own ? 'ownRoles' : 'rolesText')}</p>
        <RoleChoice value={field.value} onChange={field.onChange} disabled={!may} fault={field.error} />
        {stale ? <Stale onFresh={onChange} /> : <FormError error={form.failure} />}
        {may && (
          <div>
            <Button type="submit" loading={form.busy} disabled={form.values.roles.length === 0}>
              {t('saveRoles')}
            </Button>
          </div>
        )}
      </form>
    </Card>
  )
}
