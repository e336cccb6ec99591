import { useRoute, useWords } from '@opora/ui-kit'
import { useEffect, useState } from 'react'
import css from './gate.module.css'
import { Gate } from './gate.tsx'
import { goHome } from './home-of.ts'
import { LinkForm } from './link-form.tsx'
import { ownPath } from './own-path.ts'
import { PasswordForm } from './password-form.tsx'
import { useSession } from './session.tsx'
import { sessionWords } from './session-words.ts'

/** Signing in to the cabinet: by a link first, by a password for those who have one. */
export function CabinetSignIn() {
  const t = useWords(sessionWords)
  const route = useRoute()
  const { account, enter } = useSession()
  const [byPassword, setByPassword] = useState(route.search['by'] === 'password')
  const next = ownPath(route.search['next'], ['/cabinet'], location.origin)
  useEffect(() => {
    if (account && account.side !== 'client') goHome(account)
    else if (account) route.navigate(next, { replace: true })
  }, [account, next, route])
  return (
    <Gate title={t('cabinetTitle')} lead={byPassword ? t('cabinetPasswordLead') : t('cabinetLead')}>
      {byPassword ? <PasswordForm onEnter={enter} /> : <LinkForm />}
      <button type="button" className={css.switch} onClick={() => setByPassword(!byPassword)}>
        {byPassword ? t('byLink') : t('byPassword')}
      </button>
    </Gate>
  )
}
