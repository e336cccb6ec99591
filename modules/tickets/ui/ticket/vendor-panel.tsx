import { Button, Textarea, TextInput } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import {
  DateTimeText,
  Dialog,
  Facts,
  FormError,
  MinutesText,
  Pill,
  Reasons,
  toast,
  useForm,
  useWords,
  Why,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { Ticket } from '../../contract.ts'
import type { VendorView } from '../../vendor.contract.ts'
import { outsideWords } from './outside-words.ts'
import css from './ticket.module.css'
import { useRefreshTicket } from './use-ticket.ts'

type View = z.infer<typeof VendorView>
type Wait = NonNullable<View['wait']>

/** May the vendor's own support be asked, what it was asked, and how long it has had by its own hours. */
export function VendorPanel({ ticket }: { ticket: Ticket }) {
  const vendor = useQuery({
    queryKey: ['ticket', ticket.id, 'vendor'],
    queryFn: () => api.get<View>(`/tickets/${ticket.id}/vendor`),
  })
  if (!vendor.data) return null
  const { wait, earlier } = vendor.data
  return (
    <>
      {wait ? (
        <Waiting ticket={ticket} view={vendor.data} wait={wait} />
      ) : (
        <Standing ticket={ticket} view={vendor.data} />
      )}
      {earlier.length > 0 && <Earlier waits={earlier} />}
    </>
  )
}

function Standing({ ticket, view }: { ticket: Ticket; view: View }) {
  const t = useWords(outsideWords)
  const can = useCan()
  const [asking, setAsking] = useState(false)
  const { vendor, eligible, obstacles, override } = view
  return (
    <>
      <p>{t(eligible ? 'eligible' : 'notEligible', { vendor })}</p>
      {!eligible && (
        <ul className={css.quiet}>
          {obstacles.map((one) => (
            <li key={one.code}>{one.text}</li>
          ))}
        </ul>
      )}
      {override && <Facts rows={[[t('overridden'), `${override.by}: ${override.reason}`]]} />}
      {!eligible && !override && can('vendor.override') && ticket.state !== 'closed' && (
        <div className={css.deadlineActs}>
          <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
            {t('override')}
          </Button>
        </div>
      )}
      {asking && (
        <Said
          title={t('override')}
          text={t('overrideText')}
          label={t('reason')}
          action={t('allow')}
          ticket={ticket}
          send={(reason) => api.post(`/tickets/${ticket.id}/vendor/override`, { reason })}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}

function Waiting({ ticket, view, wait }: { ticket: Ticket; view: View; wait: Wait }) {
  const t = useWords(outsideWords)
  const can = useCan()
  const [open, setOpen] = useState<'answer' | 'number' | null>(null)
  return (
    <>
      <WaitFacts view={view} wait={wait} />
      <div className={css.deadlineActs}>
        {can('message.note') && (
          <Button size="compact-sm" onClick={() => setOpen('answer')}>
            {t('answerAct')}
          </Button>
        )}
        {can('ticket.change') && (
          <Button size="compact-sm" variant="default" onClick={() => setOpen('number')}>
            {t('changeNumber')}
          </Button>
        )}
      </div>
      {open === 'answer' && (
        <Said
          title={t('answerAct')}
          text={t('answerText')}
          label={t('answer')}
          action={t('save')}
          ticket={ticket}
          send={(text) => api.post(`/tickets/${ticket.id}/vendor/answer`, { text })}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'number' && <NumberForm ticket={ticket} wait={wait} onClose={() => setOpen(null)} />}
    </>
  )
}

function WaitFacts({ view, wait }: { view: View; wait: Wait }) {
  const t = useWords(outsideWords)
  const number = wait.link ? (
    <a key="number" href={wait.link} target="_blank" rel="noreferrer">
      {wait.number}
    </a>
  ) : (
    wait.number
  )
  return (
    <Facts
      rows={[
        [t('number'), number],
        [t('topic'), wait.topic],
        [t('asked'), <DateTimeText key="asked" at={wait.askedAt} style="long" />],
        [
          t('expected'),
          <span key="expected">
            <DateTimeText at={wait.expectedAt} style="long" /> {wait.late && <Pill tone="danger">{t('late')}</Pill>}
          </span>,
        ],
        [
          t('waited'),
          <Why key="waited" title={t('whyTitle')} explain={() => <WhyLong view={view} wait={wait} />}>
            <MinutesText minutes={wait.workingMinutes} /> {t('waitedOf')} <MinutesText minutes={wait.expectedMinutes} />
          </Why>,
        ],
        [t('wall'), <MinutesText key="wall" minutes={wait.clockMinutes} />],
        [
          t('reminders'),
          view.reminders.length > 0 &&
            view.reminders.map((one) => (
              <div key={one.kind}>
                <DateTimeText at={one.dueAt} /> <span className={css.quiet}>{one.firedAt && t('reminded')}</span>
              </div>
            )),
        ],
      ]}
    />
  )
}

function WhyLong({ view, wait }: { view: View; wait: Wait }) {
  const t = useWords(outsideWords)
  return (
    <Reasons
      rows={view.intervals.map((part) => ({
        key: part.from,
        what: (
          <>
            <DateTimeText at={part.from} /> — <DateTimeText at={part.to} />
          </>
        ),
        detail: part.text,
        amount: <MinutesText minutes={part.minutes} />,
        skipped: !part.counted,
      }))}
      total={{ what: t('counted'), amount: <MinutesText minutes={wait.workingMinutes} /> }}
    />
  )
}

function Earlier({ waits }: { waits: readonly Wait[] }) {
  const t = useWords(outsideWords)
  return (
    <Facts
      rows={waits.map((wait) => [
        t('earlier'),
        <span key={wait.id}>
          {wait.number}, {t(wait.endedAs ?? 'left')} · <MinutesText minutes={wait.workingMinutes} />
        </span>,
      ])}
    />
  )
}

interface Saying {
  title: string
  text: string
  label: string
  action: string
  ticket: Ticket
  send: (text: string) => Promise<unknown>
  onClose: () => void
}

function Said({ title, text, label, action, ticket, send, onClose }: Saying) {
  const refresh = useRefreshTicket(ticket.id)
  const form = useForm({
    initial: { said: '' },
    submit: ({ said }) => send(said),
    onDone: () => {
      onClose()
      void refresh()
    },
  })
  return (
    <Dialog title={title} onClose={onClose}>
      <form className={css.deadlineForm} onSubmit={form.submit} noValidate>
        <p className={css.quiet}>{text}</p>
        <Textarea {...form.field('said')} label={label} required autosize minRows={3} />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy} disabled={form.values.said.trim().length < 3}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function NumberForm({ ticket, wait, onClose }: { ticket: Ticket; wait: Wait; onClose: () => void }) {
  const t = useWords(outsideWords)
  const refresh = useRefreshTicket(ticket.id)
  const form = useForm({
    initial: { number: wait.number },
    submit: ({ number }) => api.patch(`/tickets/${ticket.id}/vendor`, { number }, { version: wait.version }),
    onDone: () => {
      toast.ok(t('number'))
      onClose()
      void refresh()
    },
  })
  return (
    <Dialog title={t('changeNumber')} onClose={onClose}>
      <form className={css.deadlineForm} onSubmit={form.submit} noValidate>
        <TextInput {...form.field('number')} label={t('number')} required maxLength={40} />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy} disabled={form.values.number.trim() === ''}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
