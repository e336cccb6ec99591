import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { Card, confirm, DateTimeText, Dialog, FormError, Loaded, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { Me, tokenItem, tokenMade } from '../contract.ts'
import css from './access.module.css'
import { CopyButton } from './copy-button.tsx'
import { profileWords } from './profile-words.ts'

type Token = z.infer<typeof tokenItem>
type Made = z.infer<typeof tokenMade>

const KEY = ['own-tokens'] as const
const LIVES = [30, 90, 180, 365]

/** The reader's API tokens; a new one is shown once. */
export function TokensCard({ me }: { me: Me }) {
  const t = useWords(profileWords)
  const [making, setMaking] = useState(false)
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<{ items: Token[] }>('/me/tokens', { signal }),
  })
  return (
    <Card
      title={t('tokens')}
      actions={
        <Button variant="default" size="compact-sm" onClick={() => setMaking(true)}>
          {t('makeToken')}
        </Button>
      }
    >
      <p className={css.quiet}>{t('tokensText')}</p>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('noTokens')}</p>
          ) : (
            <ul className={css.list}>
              {items.map((token) => (
                <TokenRow key={token.id} token={token} onRevoked={() => void query.refetch()} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {making && <MakeToken me={me} onClose={() => setMaking(false)} />}
    </Card>
  )
}

function TokenRow({ token, onRevoked }: { token: Token; onRevoked: () => void }) {
  const t = useWords(profileWords)
  const revoke = async () => {
    const title = t('revokeTitle', { name: token.name })
    if (!(await confirm({ title, text: t('revokeText'), action: t('revoke'), danger: true }))) return
    try {
      await api.delete(`/me/tokens/${token.id}`)
    } catch (error) {
      toast.error((error as Error).message)
    }
    onRevoked()
  }
  return (
    <li className={css.row}>
      <span>
        {token.name} <span className={css.code}>{token.scopes.join(', ')}</span>
        <div className={css.quiet}>
          {t('expires')} <DateTimeText at={token.expiresAt} style="date" /> ·{' '}
          {token.lastUsedAt ? (
            <>
              {t('used')} <DateTimeText at={token.lastUsedAt} style="relative" />
            </>
          ) : (
            t('neverUsed')
          )}
          {token.networks.length > 0 && ` · ${t('onlyFrom')} ${token.networks.join(', ')}`}
        </div>
      </span>
      <Button variant="default" size="compact-sm" onClick={() => void revoke()}>
        {t('revoke')}
      </Button>
    </li>
  )
}

function MakeToken({ me, onClose }: { me: Me; onClose: () => void }) {
  const t = useWords(profileWords)
  const client = useQueryClient()
  const [made, setMade] = useState<Made | null>(null)
  const form = useForm({
    initial: { name: '', kind: 'read', scopes: [] as string[], networks: '', expiresInDays: String(LIVES[1]) },
    submit: ({ name, kind, scopes, networks, expiresInDays }, key) =>
      api.post<Made>(
        '/me/tokens',
        {
          name,
          scopes: kind === 'some' ? scopes : [kind],
          networks: networks.split(/[\s,;]+/).filter(Boolean),
          expiresInDays: Number(expiresInDays),
        },
        { key },
      ),
    onDone: (answer) => {
      setMade(answer)
      void client.invalidateQueries({ queryKey: KEY })
    },
  })
  const scopes = form.choice('scopes')
  if (made)
    return (
      <Dialog title={made.name} onClose={onClose}>
        <div className={css.form}>
          <p>{t('tokenOnce')}</p>
          <code className={css.secret}>{made.token}</code>
          <div className={css.acts}>
            <CopyButton text={made.token} />
            <Button onClick={onClose}>{t('tokenKept')}</Button>
          </div>
        </div>
      </Dialog>
    )
  return (
    <Dialog title={t('makeToken')} size="wide" onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <TextInput {...form.field('name')} label={t('tokenName')} required />
        <NativeSelect
          {...form.field('kind')}
          label={t('tokenScope')}
          data={[
            { value: 'read', label: t('scopeRead') },
            { value: '*', label: t('scopeAll') },
            { value: 'some', label: t('scopeSome') },
          ]}
        />
        {form.values.kind === 'some' && (
          <ScopeChoice all={me.can} value={scopes.value} onChange={scopes.onChange} fault={scopes.error} />
        )}
        <TextInput {...form.field('networks')} label={t('tokenNetworks')} description={t('tokenNetworksText')} />
        <NativeSelect
          {...form.field('expiresInDays')}
          label={t('tokenDays')}
          data={LIVES.map((n) => ({ value: String(n), label: t('days', { n }) }))}
        />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy} disabled={form.values.name.trim() === ''}>
            {t('make')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

interface ScopeChoiceProps {
  all: readonly string[]
  value: readonly string[]
  onChange: (value: string[]) => void
  fault: string | undefined
}

function ScopeChoice({ all, value, onChange, fault }: ScopeChoiceProps) {
  const t = useWords(profileWords)
  const turn = (scope: string, on: boolean) => onChange(on ? [...value, scope] : value.filter((one) => one !== scope))
  return (
    <fieldset className={css.choices}>
      <legend>{t('scopeSome')}</legend>
      {all.map((scope) => (
        <Checkbox
          key={scope}
          label={<span className={css.code}>{scope}</span>}
          checked={value.includes(scope)}
          onChange={(event) => turn(scope, event.currentTarget.checked)}
        />
      ))}
      {fault && (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  )
}
