import { Button, Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { Dialog, FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ConnectionAnswer, MailboxView } from '../contract.ts'
import css from './channels.module.css'
import { mailboxesWords } from './mailboxes-words.ts'

function initialOf(mailbox: MailboxView | null) {
  const imap = mailbox?.imap ?? null
  return {
    name: mailbox?.name ?? '',
    address: mailbox?.address ?? '',
    protocol: mailbox?.protocol ?? ('imap' as string),
    host: imap?.host ?? '',
    port: String(imap?.port ?? 993),
    security: imap?.security ?? ('tls' as string),
    user: imap?.user ?? '',
    folder: imap?.folder ?? 'INBOX',
    password: '',
    active: mailbox?.active ?? true,
  }
}
type Values = ReturnType<typeof initialOf>

function imapOf(values: Values, mailbox: MailboxView | null) {
  const { host, port, security, user, folder } = values
  const kept = mailbox?.imap ? { after: mailbox.imap.after, since: mailbox.imap.since } : {}
  return { host, port: Number(port), security, user, folder, ...kept }
}

function bodyOf(values: Values, mailbox: MailboxView | null) {
  const { name, address, protocol, active, password } = values
  const imap = protocol === 'imap' ? { imap: imapOf(values, mailbox) } : {}
  return { name, address, protocol, active, ...imap, ...(password === '' ? {} : { password }) }
}

/** A mailbox's settings. The password is written here and never comes back. */
export function MailboxForm({ mailbox, onClose }: { mailbox: MailboxView | null; onClose: () => void }) {
  const t = useWords(mailboxesWords)
  const client = useQueryClient()
  const form = useForm({
    initial: initialOf(mailbox),
    submit: (values, key) =>
      mailbox
        ? api.patch(`/mailboxes/${mailbox.id}`, bodyOf(values, mailbox), { version: mailbox.version })
        : api.post('/mailboxes', bodyOf(values, null), { key }),
    onDone: () => {
      toast.ok(t('saved'))
      void client.invalidateQueries({ queryKey: ['mailboxes'] })
      onClose()
    },
  })
  const ways = (['imap', 'smtp'] as const).map((value) => ({ value, label: t(value) }))
  const { values } = form
  return (
    <Dialog title={mailbox?.name ?? t('add')} onClose={onClose}>
      <form onSubmit={form.submit} className={css.form}>
        <TextInput label={t('name')} required {...form.field('name')} />
        <TextInput label={t('address')} required type="email" {...form.field('address')} />
        <NativeSelect
          label={t('way')}
          data={ways}
          value={values.protocol}
          onChange={(event) => form.set('protocol', event.currentTarget.value)}
        />
        {values.protocol === 'imap' && <ImapFields form={form} mailbox={mailbox} />}
        <Checkbox
          label={t('active')}
          checked={values.active}
          onChange={(event) => form.set('active', event.currentTarget.checked)}
        />
        <FormError error={form.failure} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy}>
            {t('save')}
          </Button>
          {values.protocol === 'imap' && <TestButton values={values} mailbox={mailbox} />}
        </div>
      </form>
    </Dialog>
  )
}

function ImapFields({
  form,
  mailbox,
}: {
  form: ReturnType<typeof useForm<Values, unknown>>
  mailbox: MailboxView | null
}) {
  const t = useWords(mailboxesWords)
  const ways = (['tls', 'starttls', 'none'] as const).map((value) => ({ value, label: t(value) }))
  return (
    <>
      <TextInput label={t('host')} required {...form.field('host')} />
      <TextInput label={t('port')} required inputMode="numeric" {...form.field('port')} />
      <NativeSelect
        label={t('security')}
        data={ways}
        value={form.values.security}
        onChange={(event) => form.set('security', event.currentTarget.value)}
      />
      <TextInput label={t('user')} required autoComplete="off" {...form.field('user')} />
      <PasswordInput
        label={t('password')}
        autoComplete="new-password"
        placeholder={mailbox?.password.set ? t('passwordKept') : ''}
        {...form.field('password')}
      />
      <TextInput label={t('folder')} {...form.field('folder')} />
    </>
  )
}

function TestButton({ values, mailbox }: { values: Values; mailbox: MailboxView | null }) {
  const t = useWords(mailboxesWords)
  const [busy, setBusy] = useState(false)
  const test = async () => {
    setBusy(true)
    try {
      const secret = values.password === '' ? { id: mailbox?.id } : { password: values.password }
      const body = { imap: imapOf(values, mailbox), ...secret }
      const answer = await api.post<ConnectionAnswer>('/mailboxes/test-connection', body)
      if (answer.ok) toast.ok(answer.text)
      else toast.error(answer.text)
    } catch (error) {
      toast.error((error as Error).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button variant="default" loading={busy} onClick={() => void test()}>
      {t('test')}
    </Button>
  )
}
