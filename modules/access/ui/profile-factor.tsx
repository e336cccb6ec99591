import { Button, TextInput } from '@mantine/core'
import { Card, Dialog, FormError, Loaded, Pill, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { Me, recoveryCodesReply, totpBeginReply } from '../contract.ts'
import css from './access.module.css'
import { CopyButton } from './copy-button.tsx'
import { profileWords } from './profile-words.ts'

type Codes = z.infer<typeof recoveryCodesReply>

function plain(code: string): string {
  return code.replaceAll(/\s/g, '')
}

/** The second factor: turning it on with a first code, recovery codes shown once, turning it off. */
export function FactorCard({ me }: { me: Me }) {
  const t = useWords(profileWords)
  const client = useQueryClient()
  const [asked, setAsked] = useState<'on' | 'off' | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [busy, setBusy] = useState(false)
  const { on, needed } = me.secondFactor
  const refresh = () => void client.invalidateQueries({ queryKey: ['me'] })
  const show = (made: readonly string[]) => {
    setAsked(null)
    setCodes(made)
  }
  const renew = async () => {
    setBusy(true)
    try {
      show((await api.post<Codes>('/me/totp/recovery-codes')).recoveryCodes)
    } catch (error) {
      toast.error((error as Error).message)
    } finally {
      setBusy(false)
    }
  }
  const kept = () => {
    setCodes(null)
    refresh()
  }
  return (
    <Card title={t('factor')} actions={<Pill tone={on ? 'ok' : 'neutral'}>{t(on ? 'factorOn' : 'factorOff')}</Pill>}>
      <div className={css.form}>
        <p className={css.quiet}>
          {t('factorText')} {needed && t('factorNeeded')}
        </p>
        <div className={css.acts}>
          {!on && <Button onClick={() => setAsked('on')}>{t('turnOn')}</Button>}
          {on && (
            <Button variant="default" loading={busy} onClick={() => void renew()}>
              {t('renew')}
            </Button>
          )}
          {on && !needed && (
            <Button variant="default" color="red" onClick={() => setAsked('off')}>
              {t('turnOff')}
            </Button>
          )}
        </div>
      </div>
      {asked === 'on' && <TurnOn onCodes={show} onClose={() => setAsked(null)} />}
      {asked === 'off' && (
        <TurnOff
          onClose={() => setAsked(null)}
          onDone={() => {
            setAsked(null)
            refresh()
          }}
        />
      )}
      {codes && <RecoveryCodes codes={codes} onClose={kept} />}
    </Card>
  )
}

function TurnOn({ onCodes, onClose }: { onCodes: (codes: readonly string[]) => void; onClose: () => void }) {
  const t = useWords(profileWords)
  const begun = useQuery({
    queryKey: ['totp'],
    queryFn: () => api.post<z.infer<typeof totpBeginReply>>('/me/totp'),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const form = useForm({
    initial: { code: '' },
    submit: ({ code }) => api.post<Codes>('/me/totp/confirm', { code: plain(code) }, { anonymous: true }),
    onDone: ({ recoveryCodes }) => onCodes(recoveryCodes),
  })
  return (
    <Dialog title={t('factor')} onClose={onClose}>
      <Loaded query={begun}>
        {(data) => (
          <form className={css.form} onSubmit={form.submit} noValidate>
            <p>{t('scan')}</p>
            <img className={css.qr} src={data.qr} alt={t('picture')} width={200} height={200} />
            <details>
              <summary>{t('byHand')}</summary>
              <p className={css.secret}>
                <code>{data.secret}</code>
              </p>
            </details>
            <TextInput {...form.field('code')} label={t('code')} inputMode="numeric" autoComplete="one-time-code" />
            <FormError error={form.failure} />
            <div>
              <Button type="submit" loading={form.busy} disabled={form.values.code.trim() === ''}>
                {t('confirmCode')}
              </Button>
            </div>
          </form>
        )}
      </Loaded>
    </Dialog>
  )
}

function TurnOff({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const t = useWords(profileWords)
  const form = useForm({
    initial: { code: '' },
    submit: ({ code }) => api.post('/me/totp/off', { code: plain(code) }, { anonymous: true }),
    onDone: () => {
      toast.ok(t('turnedOff'))
      onDone()
    },
  })
  return (
    <Dialog title={t('turnOff')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <TextInput {...form.field('code')} label={t('code')} inputMode="numeric" autoComplete="one-time-code" />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" color="red" loading={form.busy} disabled={form.values.code.trim() === ''}>
            {t('turnOff')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const t = useWords(profileWords)
  const text = codes.join('\n')
  return (
    <Dialog title={t('recovery')} onClose={onClose}>
      <div className={css.form}>
        <p>{t('recoveryText')}</p>
        <pre className={css.codes}>{text}</pre>
        <div className={css.acts}>
          <Button onClick={onClose}>{t('recoveryKept')}</Button>
          <CopyButton text={text} />
        </div>
      </div>
    </Dialog>
  )
}
