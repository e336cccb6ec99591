import { Button, Switch, TextInput } from '@mantine/core'
import { Dialog, FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import css from './automation.module.css'
import { keys, type Webhook, type WebhookMade } from './webhooks-data.ts'
import { webhooksWords } from './webhooks-words.ts'

/** A webhook is made, and its secret given out this once. */
export function NewWebhook({ onMade, onClose }: { onMade: (hook: WebhookMade) => void; onClose: () => void }) {
  const t = useWords(webhooksWords)
  const cache = useQueryClient()
  const form = useForm({
    initial: { name: '', code: '', url: 'https://' },
    submit: (values, key) => api.post<WebhookMade>('/webhooks', values, { key }),
    onDone: (hook) => {
      void cache.invalidateQueries({ queryKey: keys.all })
      onMade(hook)
    },
  })
  const { name, code } = form.values
  return (
    <Dialog title={t('add')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <TextInput label={t('name')} required {...form.field('name')} />
        <TextInput label={t('code')} description={t('codeAbout')} required {...form.field('code')} />
        <TextInput label={t('url')} description={t('urlAbout')} required inputMode="url" {...form.field('url')} />
        <FormError error={form.failure} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy} disabled={!name.trim() || !/^[a-z0-9][a-z0-9-]*$/.test(code)}>
            {t('save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

export function ChangeWebhook({ hook, onClose }: { hook: Webhook; onClose: () => void }) {
  const t = useWords(webhooksWords)
  const cache = useQueryClient()
  const form = useForm({
    initial: { name: hook.name, url: hook.url, enabled: hook.enabled },
    submit: (values) => api.patch(`/webhooks/${hook.id}`, values, { version: hook.version }),
    onDone: () => {
      toast.ok(t('saved'))
      void cache.invalidateQueries({ queryKey: keys.all })
      onClose()
    },
  })
  return (
    <Dialog title={hook.name} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <TextInput label={t('name')} required {...form.field('name')} />
        <TextInput label={t('url')} description={t('urlAbout')} required inputMode="url" {...form.field('url')} />
        <Switch
          label={t('enabled')}
          checked={form.values.enabled}
          onChange={(event) => form.set('enabled', event.currentTarget.checked)}
        />
        <FormError error={form.failure} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy}>
            {t('save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** The secret, to be copied: the one chance to see it. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useWords(webhooksWords)
  return (
    <Dialog title={t('secretTitle')} onClose={onClose}>
      <div className={css.form}>
        <p className={css.quiet}>{t('secretAbout')}</p>
        <code className={css.secret}>{secret}</code>
        <div>
          <Button onClick={onClose}>{t('gotIt')}</Button>
        </div>
      </div>
    </Dialog>
  )
}
