import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { Card, FormError, Page, Skeleton, toast, useForm, useLocale, useWords, zoneChoices } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Me } from '../contract.ts'
import css from './access.module.css'
import { FactorCard } from './profile-factor.tsx'
import { SessionsCard } from './profile-sessions.tsx'
import { TokensCard } from './profile-tokens.tsx'
import { profileWords } from './profile-words.ts'
import { useMe } from './use-me.ts'

/** The reader's own: name, language, password, second factor, sessions, API tokens. */
export function ProfilePage() {
  const t = useWords(profileWords)
  const me = useMe()
  return (
    <Page title={t('title')} body="narrow">
      {me ? (
        <div className={css.stack}>
          <AboutCard me={me} />
          <PasswordCard />
          <FactorCard me={me} />
          <SessionsCard />
          {me.can.includes('token.own') && <TokensCard me={me} />}
        </div>
      ) : (
        <Skeleton lines={8} />
      )}
    </Page>
  )
}

function AboutCard({ me }: { me: Me }) {
  const t = useWords(profileWords)
  const client = useQueryClient()
  const { setLocale } = useLocale()
  const form = useForm({
    initial: {
      name: me.name,
      locale: me.locale as string,
      zone: me.zone,
      hours: String(me.preferences['hours'] ?? ''),
    },
    submit: ({ hours, ...values }) => api.patch<Me>('/me', { ...values, preferences: { hours: hours || null } }),
    onDone: (changed) => {
      client.setQueryData(['me'], changed)
      setLocale(changed.locale)
      // The server's sentences come in the reader's language.
      void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'me' })
      toast.ok(t('saved'))
    },
  })
  const hours = useHours(me.can.includes('calendar.read'))
  const { locale } = useLocale()
  const zones = useMemo(() => zoneChoices(me.zone, locale), [me.zone, locale])
  return (
    <Card title={t('you')}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <p className={css.quiet}>{me.email}</p>
        <TextInput {...form.field('name')} label={t('name')} autoComplete="name" />
        <NativeSelect
          {...form.field('locale')}
          label={t('language')}
          data={[
            { value: 'ru', label: 'Русский' },
            { value: 'en', label: 'English' },
          ]}
        />
        <NativeSelect {...form.field('zone')} label={t('zone')} data={zones} />
        {hours.length > 0 && (
          <NativeSelect
            {...form.field('hours')}
            label={t('hours')}
            description={t('hoursHint')}
            data={[{ value: '', label: t('hoursUsual') }, ...hours]}
          />
        )}
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Card>
  )
}

/** The calendars of the installation, of which one says when its reader works. */
function useHours(may: boolean): { value: string; label: string }[] {
  const { locale } = useLocale()
  const list = useQuery({
    queryKey: ['calendars'],
    queryFn: ({ signal }) =>
      api.get<{ items: { code: string; nameRu: string; nameEn: string }[] }>('/calendars', { signal }),
    enabled: may,
  })
  return (list.data?.items ?? []).map((row) => ({ value: row.code, label: locale === 'ru' ? row.nameRu : row.nameEn }))
}

function PasswordCard() {
  const t = useWords(profileWords)
  const client = useQueryClient()
  const form = useForm({
    initial: { current: '', password: '' },
    submit: (values) => api.put('/me/password', values),
    onDone: () => {
      form.reset()
      toast.ok(t('changed'))
      void client.invalidateQueries({ queryKey: ['own-sessions'] })
    },
  })
  return (
    <Card title={t('password')}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <PasswordInput {...form.field('current')} label={t('current')} autoComplete="current-password" />
        <PasswordInput {...form.field('password')} label={t('next')} autoComplete="new-password" />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" variant="default" loading={form.busy} disabled={form.values.password === ''}>
            {t('change')}
          </Button>
        </div>
      </form>
    </Card>
  )
}
