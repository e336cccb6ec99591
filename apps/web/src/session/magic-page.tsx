import { Button, TextInput } from '@mantine/core'
import type { Me } from '@opora/access/contract'
import { FormError, Link, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import css from './gate.module.css'
import { Gate } from './gate.tsx'
import { goHome } from './home-of.ts'
import { sessionWords } from './session-words.ts'
import { useTokenOfAddress } from './use-token.ts'

/** Where the link of the letter leads. A press is asked for, because mail scanners open links and would use it up. */
export function MagicPage() {
  const t = useWords(sessionWords)
  const token = useTokenOfAddress()
  const form = useForm({
    initial: { code: '' },
    submit: ({ code }) =>
      api.post<Me>('/session/magic', { token, ...(code ? { code: code.trim() } : {}) }, { anonymous: true }),
    onDone: goHome,
  })
  const second = form.refusal?.code.startsWith('access.totp_') === true
  const broken = form.refusal !== null && !second
  return (
    <Gate title={broken ? t('magicBroken') : t('magicTitle')} lead={broken ? undefined : t('magicText')}>
      {broken ? (
        <>
          <FormError error={form.refusal} />
          <Link to="/cabinet/sign-in">{t('newLink')}</Link>
        </>
      ) : (
        <form className={css.form} onSubmit={form.submit}>
          {(second || form.values.code !== '') && (
            <TextInput
              {...form.field('code')}
              label={t('code')}
              description={t('codeHint')}
              inputMode="numeric"
              autoComplete="one-time-code"
              autoFocus
            />
          )}
          <Button type="submit" size="md" fullWidth autoFocus={!second} loading={form.busy}>
            {t('signIn')}
          </Button>
        </form>
      )}
    </Gate>
  )
}
