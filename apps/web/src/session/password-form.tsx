import { Button, PasswordInput, TextInput } from '@mantine/core'
import type { Me } from '@opora/access/contract'
import { FormError, Link, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useState } from 'react'
import css from './gate.module.css'
import { sessionWords } from './session-words.ts'

const SECOND_FACTOR_CODES = ['access.totp_required', 'access.totp_wrong']

interface Values {
  email: string
  password: string
  code: string
}

export interface PasswordFormProps {
  /** Known already, when a session is renewed. */
  email?: string
  onEnter: (account: Me) => void
}

function signIn({ email, password, code }: Values): Promise<Me> {
  const body = { email: email.trim(), password, ...(code ? { code: code.replaceAll(/\s/g, '') } : {}) }
  return api.post<Me>('/session', body, { anonymous: true })
}

/** E-mail and password, then the second factor where the account has one. */
export function PasswordForm({ email = '', onEnter }: PasswordFormProps) {
  const t = useWords(sessionWords)
  const [second, setSecond] = useState(false)
  const form = useForm<Values, Me>({
    initial: { email, password: '', code: '' },
    submit: (values) =>
      signIn(values).catch((error) => {
        if (SECOND_FACTOR_CODES.includes(error.code)) setSecond(true)
        throw error
      }),
    onDone: onEnter,
  })
  const asked = form.refusal?.code === 'access.totp_required'
  return (
    <form className={css.form} onSubmit={form.submit} noValidate>
      {second ? (
        <>
          <div className={css.who}>{form.values.email}</div>
          <TextInput
            key="code"
            {...form.field('code')}
            error={asked ? undefined : form.field('code').error}
            label={t('code')}
            description={t('codeHint')}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
          />
        </>
      ) : (
        <>
          <TextInput
            {...form.field('email')}
            label={t('email')}
            type="email"
            autoComplete="username"
            autoFocus={email === ''}
          />
          <PasswordInput
            {...form.field('password')}
            label={t('password')}
            autoComplete="current-password"
            autoFocus={email !== ''}
            data-autofocus={email !== '' || undefined}
          />
        </>
      )}
      <FormError error={asked ? null : form.failure} />
      <Button type="submit" size="md" fullWidth loading={form.busy}>
        {t('signIn')}
      </Button>
      {!second && email === '' && (
        <Link to="/sign-in/forgotten" className={css.aside}>
          {t('forgotten')}
        </Link>
      )}
      {second && (
        <button
          type="button"
          className={css.switch}
          onClick={() => {
            setSecond(false)
            form.reset({ email: form.values.email, password: '', code: '' })
          }}
        >
          {t('anotherAccount')}
        </button>
      )}
    </form>
  )
}
