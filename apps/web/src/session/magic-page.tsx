import { Button } from '@mantine/core'
import { FormError, Link, useForm, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useEffect, useState } from 'react'
import { type Account, accountOf } from './account.ts'
import css from './gate.module.css'
import { Gate } from './gate.tsx'
import { ownPath } from './own-path.ts'
import { useSession } from './session.tsx'
import { sessionWords } from './session-words.ts'

/** Where the link of the letter leads. A press is asked for, because mail scanners open links and would use it up. */
export function MagicPage() {
  const t = useWords(sessionWords)
  const route = useRoute()
  const { enter } = useSession()
  const [token] = useState(() => route.search['token'] ?? '')
  const [next] = useState(() => ownPath(route.search['next'], ['/cabinet'], location.origin))
  // The token leaves the address at once: the address is kept in the history and shown on shared screens.
  useEffect(() => window.history.replaceState(window.history.state, '', location.pathname), [])
  const form = useForm({
    initial: { token },
    submit: (values) =>
      api.post<Account | { account: Account }>('/session/magic', values, { anonymous: true }).then(accountOf),
    onDone: (account) => {
      enter(account)
      route.navigate(next, { replace: true })
    },
  })
  return (
    <Gate title={form.refusal ? t('magicBroken') : t('magicTitle')} lead={form.refusal ? undefined : t('magicText')}>
      <FormError error={form.refusal} />
      {form.refusal ? (
        <Link to="/cabinet/sign-in" className={css.switch}>
          {t('newLink')}
        </Link>
      ) : (
        <Button size="md" fullWidth autoFocus loading={form.busy} onClick={() => form.submit()}>
          {t('signIn')}
        </Button>
      )}
    </Gate>
  )
}
