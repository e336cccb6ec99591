import { Button, PasswordInput, TextInput } from '@mantine/core'
import { FormError, useForm, useLocale, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import css from './gate.module.css'
import { Gate } from './gate.tsx'
import { ME_KEY } from './session.tsx'
import { sessionWords } from './session-words.ts'

/** The first visitor makes the company and the first account, with the code that the start has printed. */
export function SetupPage() {
  const t = useWords(sessionWords)
  const route = useRoute()
  const client = useQueryClient()
  const { locale } = useLocale()
  const form = useForm({
    initial: { code: route.search['code'] ?? '', company: '', name: '', email: '', password: '' },
    submit: (values) => api.post('/setup', { ...values, email: values.email.trim(), locale }, { anonymous: true }),
    onDone: async () => {
      await client.resetQueries({ queryKey: ME_KEY })
      route.navigate('/desk', { replace: true })
    },
  })
  return (
    <Gate title={t('setupTitle')} lead={t('setupLead')}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <TextInput {...form.field('code')} label={t('setupCode')} autoComplete="off" spellCheck={false} autoFocus />
        <TextInput
          {...form.field('company')}
          label={t('company')}
          description={t('companyHint')}
          autoComplete="organization"
        />
        <TextInput {...form.field('name')} label={t('yourName')} autoComplete="name" />
        <TextInput {...form.field('email')} label={t('email')} type="email" autoComplete="username" />
        <PasswordInput
          {...form.field('password')}
          label={t('newPassword')}
          description={t('passwordHint')}
          autoComplete="new-password"
        />
        <p className={css.lead}>{t('firstAccount')}</p>
        <FormError error={form.failure} />
        <Button type="submit" size="md" fullWidth loading={form.busy}>
          {t('create')}
        </Button>
      </form>
    </Gate>
  )
}
