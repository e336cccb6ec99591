import { Button, PasswordInput } from '@mantine/core'
import { Dialog, FormError, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import css from './gate.module.css'
import { sessionWords } from './session-words.ts'

/** The password once more, over the open page. */
export function AskPassword({ decide }: { decide: (yes: boolean) => void }) {
  const t = useWords(sessionWords)
  const form = useForm({
    initial: { password: '' },
    submit: (values) => api.post('/session/confirm', values, { anonymous: true }),
    onDone: () => decide(true),
  })
  return (
    <Dialog title={t('againTitle')} onClose={() => decide(false)}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <p className={css.lead}>{t('againText')}</p>
        <PasswordInput {...form.field('password')} label={t('password')} autoComplete="current-password" autoFocus />
        <FormError error={form.failure} />
        <Button type="submit" fullWidth loading={form.busy}>
          {t('continue')}
        </Button>
      </form>
    </Dialog>
  )
}
