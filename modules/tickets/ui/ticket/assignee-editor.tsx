import { useCan, useMe } from '@opora/access/ui'
import { Person, PickList, Popup, toast, useHotkeys, useWords } from '@opora/ui-kit'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Ticket } from '../../contract.ts'
import { fetchAssignees, keys } from '../ticket-data.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'
import { useAssign } from './use-ticket.ts'

/** Who has the ticket; `a` takes it oneself, `Shift+A` opens the list. */
export function AssigneeEditor({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const me = useMe()
  const can = useCan()
  const assign = useAssign(ticket)
  const handle = useRef<(() => void) | null>(null)
  const give = async (accountId: number | null, name: string) => {
    const before = ticket.assignee?.id ?? null
    await assign(accountId)
    toast.ok(t('assignedTo', { name }), { action: { label: t('undo'), run: () => void assign(before) } })
  }
  const takeIt = () => me && ticket.assignee?.id !== me.id && void give(me.id, me.name)
  const allowed = can('ticket.assign')
  useHotkeys(
    allowed
      ? [
          { combo: 'a', label: t('assignMe'), group: t('ticket'), run: takeIt },
          { combo: 'shift+a', label: t('assign'), group: t('ticket'), run: () => handle.current?.() },
        ]
      : [],
  )
  const shown = ticket.assignee ? (
    <>
      <Person name={ticket.assignee.name} size={22} />
      <span className={css.actionText}>{ticket.assignee.name}</span>
    </>
  ) : (
    <>
      <IconUserPlus size={17} stroke={1.7} aria-hidden="true" />
      <span className={css.actionText}>{t('nobody')}</span>
    </>
  )
  if (!allowed) return <span className={css.still}>{shown}</span>
  return (
    <Popup label={t('assign')} trigger={shown} className={css.action} handle={handle}>
      {(close) => (
        <Choice
          ticket={ticket}
          onPick={(accountId, name) => {
            close()
            void give(accountId, name)
          }}
        />
      )}
    </Popup>
  )
}

const NOBODY = 'nobody'

function Choice({ ticket, onPick }: { ticket: Ticket; onPick: (accountId: number | null, name: string) => void }) {
  const t = useWords(ticketWords)
  const me = useMe()
  const client = useQueryClient()
  const people = useQuery({
    queryKey: keys.assignees(ticket.client.id),
    queryFn: () => fetchAssignees(client, ticket.client.id),
  })
  const sorted = [...(people.data ?? [])].sort((a, b) => Number(b.id === me?.id) - Number(a.id === me?.id))
  const choices = sorted.map((one) => ({
    key: String(one.id),
    label: one.name,
    icon: <Person name={one.name} size={22} />,
    hint: t('openTickets', { n: one.openTickets }),
    words: one.roles.join(' '),
  }))
  if (ticket.assignee)
    choices.push({ key: NOBODY, label: t('unassign'), icon: <IconUserPlus size={17} />, hint: '', words: '' })
  return (
    <PickList
      label={t('assign')}
      choices={choices}
      selected={new Set(ticket.assignee ? [String(ticket.assignee.id)] : [])}
      onPick={({ key, label }) => onPick(key === NOBODY ? null : Number(key), key === NOBODY ? t('nobody') : label)}
    />
  )
}
