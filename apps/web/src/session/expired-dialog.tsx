import { Dialog, useWords } from '@opora/ui-kit'
import css from './gate.module.css'
import { PasswordForm } from './password-form.tsx'
import { useSession } from './session.tsx'
import { sessionWords } from './session-words.ts'

/** Signing in again over the open page, so that nothing written on it is lost. */
export function ExpiredDialog() {
  const t = useWords(sessionWords)
  const { account, enter } = useSession()
  return (
    <Dialog title={t('expiredTitle')} onClose={() => location.reload()}>
      <div className={css.form}>
        <p className={css.lead}>{t('expiredText')}</p>
        <PasswordForm email={account?.email} onEnter={enter} />
      </div>
    </Dialog>
  )
}
