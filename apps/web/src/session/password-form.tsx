import { Button, PasswordInput, TextInput } from '@mantine/core'
import { FormError, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useState } from 'react'
import { type Account, accountOf } from './account.ts'
import css from './gate.module.css'
import { sessionWords } from './session-words.ts'

const TOTP_CODES = ['access.totp_required', 'access.totp_wrong', 'access.totp_invalid']

interface Values {
  email: string
  password: string
  totp: string
}

export interface PasswordFormProps {
  /** Known already, when a session is renewed. */
  email?: string
  onEnter: (account: Account) => void
}

function signIn({ email, password, totp }: Values): Promise<Account> {
  const body = { email: email.trim(), password, ...(totp ? { totp: totp.replaceAll(/\s/g, '') } : {}) }
  return api.post<Account | { account: Account }>('/session', body, { anonymous: true }).then(accountOf)
}

/** E-mail and password, then the second factor where the account has one. */
export function PasswordForm({ email = '', onEnter }: PasswordFormProps) {
  const t = useWords(sessionWords)
  const [second, setSecond] = useState(false)
  const form = useForm<Values, Account>({
    initial: { email, password: '', totp: '' },
    submit: (values) =>
      signIn(values).catch((error) => {
        if (TOTP_CODES.includes(error.code)) setSecond(true)
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
            key="totp"
            {...form.field('totp')}
            error={asked ? undefined : form.field('totp').error}
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
          />
        </>
      )}
      <FormError error={asked ? null : form.failure} />
      <Button type="submit" size="md" fullWidth loading={form.busy}>
        {t('signIn')}
      </Button>
      {second && (
        <button
          type="button"
          className={css.switch}
          onClick={() => {
            setSecond(false)
            form.reset({ email: form.values.email, password: '', totp: '' })
          }}
        >
          {t('anotherAccount')}
        </button>
      )}
    </form>
  )
}
