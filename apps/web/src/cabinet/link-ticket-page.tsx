import { Button, Textarea } from '@mantine/core'
import { CabinetConversation, CabinetFacts, type CabinetTicket } from '@opora/tickets/ui'
import { FormError, toast, useForm, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import css from './link.module.css'
import { LinkLoaded } from './link-frame.tsx'
import { linkWords } from './link-words.ts'

/** The conversation that a letter leads to, with a reply, without signing in. */
export function LinkTicketPage() {
  const t = useWords(linkWords)
  const client = useQueryClient()
  const token = useRoute().params['token'] ?? ''
  const path = `/links/ticket.view/${encodeURIComponent(token)}`
  const queryKey = ['link', 'ticket', token]
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get<CabinetTicket>(path, { signal, anonymous: true }),
    retry: false,
  })
  const form = useForm({
    initial: { text: '' },
    submit: ({ text }, key) =>
      api.post<CabinetTicket>(`${path}/replies`, { text: text.trim() }, { key, anonymous: true }),
    onDone: (ticket) => {
      client.setQueryData(queryKey, ticket)
      form.reset()
      toast.ok(t('sent'))
    },
  })
  return (
    <LinkLoaded query={query} title={t('reply')}>
      {(ticket) => (
        <>
          <header className={css.head}>
            <h1>{ticket.subject}</h1>
            <p className={css.lead}>{t('ticket', { number: String(ticket.number) })}</p>
          </header>
          <section className={css.sheet}>
            <CabinetFacts ticket={ticket} />
          </section>
          <CabinetConversation messages={ticket.messages} named />
          <form className={css.sheet} onSubmit={form.submit} noValidate>
            <Textarea {...form.field('text')} label={t('reply')} description={t('replyHint')} autosize minRows={3} />
            <FormError error={form.failure} />
            <div className={css.buttons}>
              <Button type="submit" size="md" loading={form.busy} disabled={form.values.text.trim() === ''}>
                {t('send')}
              </Button>
            </div>
          </form>
        </>
      )}
    </LinkLoaded>
  )
}
