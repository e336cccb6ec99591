import { Button, Textarea, TextInput } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { confirm, DateText, Dialog, FormError, Person, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Ticket } from '../../contract.ts'
import type { Invitation } from '../../partner.contract.ts'
import { outsideWords } from './outside-words.ts'
import css from './ticket.module.css'

const keyOf = (id: number) => ['ticket', id, 'partners'] as const

/** Partners who were invited to this ticket by e-mail, until when, and what can be done about it. */
export function PartnersPanel({ ticket }: { ticket: Ticket }) {
  const t = useWords(outsideWords)
  const can = useCan()
  const [inviting, setInviting] = useState(false)
  const invited = useQuery({
    queryKey: keyOf(ticket.id),
    queryFn: () => api.get<{ items: Invitation[] }>(`/tickets/${ticket.id}/partners`),
  })
  const items = invited.data?.items ?? []
  const mayShare = can('ticket.share')
  return (
    <>
      {invited.data && items.length === 0 && <p className={css.quiet}>{t('nobody')}</p>}
      <ul className={css.people}>
        {items.map((one) => (
          <li key={one.accountId}>
            <Person name={one.name} size={24} />
            <span>
              {one.name}
              <span className={css.fine}>
                {one.email} · <State invitation={one} />
              </span>
              {mayShare && <Acts ticket={ticket} invitation={one} />}
            </span>
          </li>
        ))}
      </ul>
      {mayShare && (
        <div className={css.deadlineActs}>
          <Button size="compact-sm" variant="default" onClick={() => setInviting(true)}>
            {t('invite')}
          </Button>
        </div>
      )}
      {inviting && <Invite ticket={ticket} onClose={() => setInviting(false)} />}
    </>
  )
}

function State({ invitation }: { invitation: Invitation }) {
  const t = useWords(outsideWords)
  const { state, entered, lastDay } = invitation
  if (state !== 'open') return t(state)
  return (
    <>
      {t('until')} <DateText date={lastDay} /> · {t(entered ? 'open_yes' : 'open_no')}
    </>
  )
}

function useRefresh(ticketId: number): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['ticket', ticketId] })
}

function Acts({ ticket, invitation }: { ticket: Ticket; invitation: Invitation }) {
  const t = useWords(outsideWords)
  const refresh = useRefresh(ticket.id)
  const [changing, setChanging] = useState(false)
  const path = `/tickets/${ticket.id}/partners/${invitation.accountId}`
  const act = async (work: () => Promise<unknown>, done?: string) => {
    try {
      await work()
      if (done) toast.ok(done)
    } catch (error) {
      toast.error((error as Error).message)
    }
    await refresh()
  }
  const withdraw = async () => {
    const question = { title: t('withdrawAsk', { name: invitation.name }), text: t('withdrawText') }
    if (await confirm({ ...question, action: t('withdraw'), danger: true })) await act(() => api.delete(path))
  }
  if (invitation.state === 'withdrawn') return null
  return (
    <span className={css.deadlineActs}>
      <button type="button" className={css.linkButton} onClick={() => setChanging(true)}>
        {t('prolong')}
      </button>
      {invitation.state === 'open' && (
        <>
          <button
            type="button"
            className={css.linkButton}
            onClick={() => void act(() => api.post(`${path}/letter`, {}), t('againDone'))}
          >
            {t('again')}
          </button>
          <button type="button" className={css.linkButton} onClick={() => void withdraw()}>
            {t('withdraw')}
          </button>
        </>
      )}
      {changing && <Prolong path={path} ticket={ticket} invitation={invitation} onClose={() => setChanging(false)} />}
    </span>
  )
}

interface Prolonged {
  path: string
  ticket: Ticket
  invitation: Invitation
  onClose: () => void
}

function Prolong({ path, ticket, invitation, onClose }: Prolonged) {
  const t = useWords(outsideWords)
  const refresh = useRefresh(ticket.id)
  const form = useForm({
    initial: { endsOn: invitation.lastDay },
    submit: ({ endsOn }) => api.patch(path, { endsOn }, { version: invitation.version }),
    onDone: () => {
      toast.ok(t('prolonged'))
      onClose()
      void refresh()
    },
  })
  return (
    <Dialog title={t('prolong')} onClose={onClose}>
      <form className={css.deadlineForm} onSubmit={form.submit} noValidate>
        <TextInput {...form.field('endsOn')} type="date" label={t('lastDay')} required />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Invite({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const t = useWords(outsideWords)
  const refresh = useRefresh(ticket.id)
  const form = useForm({
    initial: { email: '', name: '', endsOn: '', note: '' },
    submit: ({ email, name, endsOn, note }, key) =>
      api.post(
        `/tickets/${ticket.id}/partners`,
        { email, endsOn, note, ...(name.trim() === '' ? {} : { name }) },
        { key },
      ),
    onDone: () => {
      toast.ok(t('sent'))
      onClose()
      void refresh()
    },
  })
  const ready = form.values.email.includes('@') && form.values.endsOn !== ''
  return (
    <Dialog title={t('invite')} onClose={onClose}>
      <form className={css.deadlineForm} onSubmit={form.submit} noValidate>
        <p className={css.quiet}>{t('inviteText')}</p>
        <TextInput {...form.field('email')} type="email" label={t('email')} required />
        <TextInput {...form.field('name')} label={t('name')} description={t('nameHint')} />
        <TextInput {...form.field('endsOn')} type="date" label={t('lastDay')} required />
        <Textarea {...form.field('note')} label={t('note')} autosize minRows={3} />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy} disabled={!ready}>
            {t('send')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
