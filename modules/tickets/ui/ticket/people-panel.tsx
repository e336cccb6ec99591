import { useCan, useMe } from '@opora/access/ui'
import { PanelSection, Person, PickList, Popup, toast, useWords } from '@opora/ui-kit'
import { ApiError, api } from '@opora/ui-kit/api'
import { IconEye, IconEyeOff, IconPlus, IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Ticket } from '../../contract.ts'
import { fetchAssignees } from '../ticket-data.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'
import { useRefreshTicket } from './use-ticket.ts'

type Someone = Ticket['people'][number]

/** Who takes part and who watches; colleagues and contacts come and go here. */
export function PeoplePanel({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const me = useMe()
  const can = useCan()
  const change = useChangePeople(ticket)
  const watching = ticket.people.some((one) => one.accountId !== null && one.accountId === me?.id)
  const mayRemove = (one: Someone) =>
    one.accountId === null ? can('participant.change') && one.contactId !== ticket.contact?.id : can('ticket.change')
  return (
    <PanelSection title={t('people')} aside={String(ticket.people.length)}>
      <ul className={css.people}>
        {ticket.people.map((one) => (
          <li key={`${one.accountId}-${one.contactId}`}>
            <Person name={one.name} size={24} />
            <span>
              {one.name}
              <span className={css.fine}>
                {t(one.role === 'watcher' ? 'watcher' : 'participant')}
                {one.email && ` · ${one.email}`}
              </span>
            </span>
            {mayRemove(one) && (
              <button
                type="button"
                className={css.iconButton}
                aria-label={t('removePerson', { name: one.name })}
                title={t('removePerson', { name: one.name })}
                onClick={() => void change('DELETE', one)}
              >
                <IconX size={14} />
              </button>
            )}
          </li>
        ))}
      </ul>
      <div className={css.panelActs}>
        {me && (
          <button
            type="button"
            className={css.linkButton}
            onClick={() => void change(watching ? 'DELETE' : 'PUT', { accountId: me.id, contactId: null })}
          >
            {watching ? <IconEyeOff size={14} aria-hidden="true" /> : <IconEye size={14} aria-hidden="true" />}
            {t(watching ? 'unwatch' : 'watch')}
          </button>
        )}
        {(can('ticket.change') || can('participant.change')) && (
          <Popup
            label={t('addPerson')}
            className={css.linkButton}
            trigger={
              <>
                <IconPlus size={14} aria-hidden="true" />
                {t('addPerson')}
              </>
            }
          >
            {(close) => (
              <AddPerson
                ticket={ticket}
                onPick={(person) => {
                  close()
                  void change('PUT', person)
                }}
              />
            )}
          </Popup>
        )}
      </div>
    </PanelSection>
  )
}

type Whom = Pick<Someone, 'accountId' | 'contactId'>

function useChangePeople(ticket: Ticket) {
  const refresh = useRefreshTicket(ticket.id)
  return async (method: 'PUT' | 'DELETE', whom: Whom) => {
    const part = whom.accountId === null ? `participants/${whom.contactId}` : `watchers/${whom.accountId}`
    const path = `/tickets/${ticket.id}/${part}`
    try {
      await (method === 'PUT' ? api.put(path, {}) : api.delete(path))
    } catch (error) {
      toast.error(error instanceof ApiError ? error.message : String(error))
    }
    await refresh()
  }
}

/** Colleagues who serve the client, and its contacts: a contact sees the ticket from then on. */
function AddPerson({ ticket, onPick }: { ticket: Ticket; onPick: (whom: Whom) => void }) {
  const t = useWords(ticketWords)
  const can = useCan()
  const client = useQueryClient()
  const clientId = ticket.client.id
  const contacts = can('participant.change') && can('contact.read')
  const search = useCallback(
    async (typed: string, signal: AbortSignal) => {
      const [colleagues, found] = await Promise.all([
        fetchAssignees(client, clientId),
        contacts
          ? api.get<{ items: { id: number; name: string }[] }>('/contacts', {
              query: { clientId, q: typed, limit: 20 },
              signal,
            })
          : { items: [] },
      ])
      const words = typed.toLowerCase()
      return [
        ...colleagues
          .filter((one) => one.name.toLowerCase().includes(words))
          .map((one) => ({ key: `a${one.id}`, label: one.name, hint: t('colleague') })),
        ...found.items.map((one) => ({ key: `c${one.id}`, label: one.name, hint: t('fromClient') })),
      ]
    },
    [client, clientId, contacts, t],
  )
  return (
    <PickList
      label={t('addPerson')}
      search={search}
      onPick={({ key }) => {
        const id = Number(key.slice(1))
        onPick(key.startsWith('a') ? { accountId: id, contactId: null } : { accountId: null, contactId: id })
      }}
    />
  )
}
