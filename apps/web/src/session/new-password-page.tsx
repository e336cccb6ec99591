import { Button, PasswordInput, TextInput } from '@mantine/core'
import type { Me } from '@opora/access/contract'
import { FormError, Link, toast, useForm, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import css from './gate.module.css'
import { Gate } from './gate.tsx'
import { goHome } from './home-of.ts'
import { sessionWords } from './session-words.ts'
import { useTokenOfAddress } from './use-token.ts'

/** The link of an invitation: choose a password, and be inside at once unless a second factor is on. */
export function InvitationPage() {
  const t = useWords(sessionWords)
  const route = useRoute()
  const token = useTokenOfAddress()
  const form = useForm({
    initial: { name: '', password: '' },
    submit: ({ name, password }) =>
      api.post<{ me: Me | null }>(
        '/invitations/accept',
        { token, password, ...(name.trim() ? { name: name.trim() } : {}) },
        { anonymous: true },
      ),
    onDone: ({ me }) => (me ? goHome(me) : route.navigate('/sign-in', { replace: true })),
  })
  return (
    <Gate title={t('invitationTitle')} lead={t('invitationLead')}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <TextInput {...form.field('name')} label={t('yourName')} description={t('nameHint')} autoComplete="name" />
        <PasswordInput
          {...form.field('password')}
          label={t('newPassword')}
          description={t('passwordHint')}
          autoComplete="new-password"
          autoFocus
        />
        <FormError error={form.failure} />
        <Button type="submit" size="md" fullWidth loading={form.busy}>
          {t('join')}
        </Button>
      </form>
    </Gate>
  )
}

/** The link of a forgotten password: choose a new one, then sign in with it. */
export function ResetPage() {
  const t = useWords(sessionWords)
  const route = useRoute()
  const token = useTokenOfAddress()
  const form = useForm({
    initial: { password: '' },
    submit: ({ password }) => api.post('/password/reset', { token, password }, { anonymous: true }),
    onDone: () => {
      toast.ok(t('passwordChanged'))
      route.navigate('/sign-in', { replace: true })
    },
  })
  return (
    <Gate title={t('resetTitle')} lead={t('resetLead')}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <PasswordInput
          {...form.field('password')}
          label={t('newPassword')}
          description={t('passwordHint')}
          autoComplete="new-password"
          autoFocus
        />
        <FormError error={form.failure} />
        <Button type="submit" size="md" fullWidth loading={form.busy}>
          {t('savePassword')}
        </Button>
        {form.refusal?.status === 410 && <Link to="/sign-in/forgotten">{t('newLink')}</Link>}
      </form>
    </Gate>
  )
}
