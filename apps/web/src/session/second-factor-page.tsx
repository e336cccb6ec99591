import { Button, TextInput } from '@mantine/core'
import { FormError, Loaded, useForm, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmAgain } from './confirm-again.tsx'
import css from './gate.module.css'
import { Gate } from './gate.tsx'
import { ME_KEY } from './session.tsx'
import { sessionWords } from './session-words.ts'

interface Begun {
  secret: string
  uri: string
  /** A picture as a `data:` address. */
  qr: string
}

/** Turning the second factor on: scan, give a first code, keep the recovery codes. */
export function SecondFactorPage() {
  const t = useWords(sessionWords)
  const route = useRoute()
  const client = useQueryClient()
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const begun = useQuery({
    queryKey: ['totp'],
    queryFn: () => api.post<Begun>('/me/totp'),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const form = useForm({
    initial: { code: '' },
    submit: ({ code }) =>
      api.post<{ recoveryCodes: string[] }>(
        '/me/totp/confirm',
        { code: code.replaceAll(/\s/g, '') },
        { anonymous: true },
      ),
    onDone: ({ recoveryCodes }) => setCodes(recoveryCodes),
  })
  if (codes) {
    const finish = async () => {
      await client.resetQueries({ queryKey: ME_KEY })
      route.navigate('/desk', { replace: true })
    }
    return (
      <Gate title={t('recoveryTitle')} lead={t('recoveryLead')}>
        <pre className={css.codes}>{codes.join('\n')}</pre>
        <CopyCodes text={codes.join('\n')} />
        <Button size="md" fullWidth onClick={finish}>
          {t('recoveryKept')}
        </Button>
      </Gate>
    )
  }
  return (
    <Gate title={t('factorTitle')} lead={t('factorLead')}>
      <ConfirmAgain />
      <Loaded query={begun}>
        {(data) => (
          <form className={css.form} onSubmit={form.submit} noValidate>
            <img className={css.qr} src={data.qr} alt={t('factorPicture')} width={200} height={200} />
            <details>
              <summary>{t('factorByHand')}</summary>
              <code className={css.secret}>{data.secret}</code>
            </details>
            <TextInput
              {...form.field('code')}
              label={t('code')}
              description={t('factorCodeHint')}
              inputMode="numeric"
              autoComplete="one-time-code"
              autoFocus
            />
            <FormError error={form.failure} />
            <Button type="submit" size="md" fullWidth loading={form.busy}>
              {t('factorOn')}
            </Button>
          </form>
        )}
      </Loaded>
    </Gate>
  )
}

function CopyCodes({ text }: { text: string }) {
  const t = useWords(sessionWords)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <Button variant="default" fullWidth onClick={() => void copy()}>
      {t(copied ? 'recoveryCopied' : 'recoveryCopy')}
    </Button>
  )
}
