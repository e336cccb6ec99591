import { Button, TextInput } from '@mantine/core'
import { EmptyState, FormError, useForm, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconMail } from '@tabler/icons-react'
import { useState } from 'react'
import css from './gate.module.css'
import { sessionWords } from './session-words.ts'

/** Asks for a link by e-mail. The answer is the same whether the address is known or not. */
export function LinkForm({
  path = '/session/magic-link',
}: {
  path?: '/session/magic-link' | '/password/reset-request'
}) {
  const t = useWords(sessionWords)
  const { locale } = useLocale()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const form = useForm({
    initial: { email: '' },
    submit: ({ email }) => api.post(path, { email: email.trim(), locale }, { anonymous: true }),
    onDone: (_answer, { email }) => setSentTo(email.trim()),
  })
  if (sentTo !== null) {
    return (
      <EmptyState
        icon={<IconMail size={24} stroke={1.6} />}
        title={t('linkSent')}
        text={t('linkSentText', { email: sentTo })}
      />
    )
  }
  return (
    <form className={css.form} onSubmit={form.submit} noValidate>
      <TextInput {...form.field('email')} label={t('email')} type="email" autoComplete="username" autoFocus />
      <FormError error={form.failure} />
      <Button type="submit" size="md" fullWidth loading={form.busy}>
        {t('sendLink')}
      </Button>
    </form>
  )
}
