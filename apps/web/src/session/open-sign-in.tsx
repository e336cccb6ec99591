import { Link, useRoute, useWords } from '@opora/ui-kit'
import { useEffect } from 'react'
import { Gate } from './gate.tsx'
import { goHome } from './home-of.ts'
import { LinkForm } from './link-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { useSession } from './session.tsx'
import { sessionWords } from './session-words.ts'

/** Signing in where it is not known yet whether to the desk or to the cabinet. */
export function OpenSignIn() {
  const t = useWords(sessionWords)
  const { account } = useSession()
  useEffect(() => {
    if (account) goHome(account)
  }, [account])
  return (
    <Gate title={t('openTitle')}>
      <PasswordForm onEnter={goHome} />
    </Gate>
  )
}

/** Asks for the letter by which a new password is chosen. */
export function ForgottenPage() {
  const t = useWords(sessionWords)
  const { back } = useRoute()
  return (
    <Gate title={t('forgottenTitle')} lead={t('forgottenLead')}>
      <LinkForm path="/password/reset-request" />
      <Link
        to="/sign-in"
        onClick={(event) => {
          event.preventDefault()
          back()
        }}
      >
        {t('backToSignIn')}
      </Link>
    </Gate>
  )
}
