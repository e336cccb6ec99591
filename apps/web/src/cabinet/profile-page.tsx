import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import type { Me } from '@opora/access/contract'
import type { Locale } from '@opora/core'
import { Card, FormError, Skeleton, toast, useForm, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useSession } from '../session/session.tsx'
import { CabinetPage } from './cabinet-page.tsx'
import css from './pages.module.css'
import { profileWords } from './profile-words.ts'
import { SessionsCard } from './sessions-card.tsx'

/** The reader's name, language, password and sessions. */
export function ProfilePage() {
  const t = useWords(profileWords)
  const { account } = useSession()
  return (
    <CabinetPage title={t('title')} lead={account?.email} narrow>
      {account ? (
        <div className={css.stack}>
          <NameCard me={account} />
          <PasswordCard key={String(account.hasPassword)} me={account} />
          <SessionsCard />
        </div>
      ) : (
        <Skeleton lines={6} />
      )}
    </CabinetPage>
  )
}

function NameCard({ me }: { me: Me }) {
  const t = useWords(profileWords)
  const { enter } = useSession()
  const { setLocale } = useLocale()
  const form = useForm({
    initial: { name: me.name, locale: me.locale as Locale },
    submit: (values) => api.patch<Me>('/me', values),
    onDone: (changed) => {
      enter(changed)
      setLocale(changed.locale)
      toast.ok(t('saved'))
    },
  })
  return (
    <Card title={t('you')}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <TextInput {...form.field('name')} label={t('name')} autoComplete="name" />
        <NativeSelect
          {...form.field('locale')}
          label={t('language')}
          data={[
            { value: 'ru', label: 'Русский' },
            { value: 'en', label: 'English' },
          ]}
        />
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

function PasswordCard({ me }: { me: Me }) {
  const t = useWords(profileWords)
  const { enter } = useSession()
  const form = useForm({
    initial: { current: '', password: '' },
    submit: ({ current, password }) => api.put('/me/password', me.hasPassword ? { current, password } : { password }),
    onDone: () => {
      form.reset()
      enter({ ...me, hasPassword: true })
      toast.ok(t('changed'))
    },
  })
  return (
    <Card title={t('password')}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        {!me.hasPassword && <p className={css.fine}>{t('passwordNone')}</p>}
        {me.hasPassword && (
          <PasswordInput {...form.field('current')} label={t('current')} autoComplete="current-password" />
        )}
        <PasswordInput {...form.field('password')} label={t('next')} autoComplete="new-password" />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" variant="default" loading={form.busy} disabled={form.values.password === ''}>
            {t(me.hasPassword ? 'change' : 'choose')}
          </Button>
        </div>
      </form>
    </Card>
  )
}
