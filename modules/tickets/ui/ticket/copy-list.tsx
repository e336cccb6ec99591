import { useCan } from '@opora/access/ui'
import { PickList, Popup, Tag, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconPlus } from '@tabler/icons-react'
import type { Ticket } from '../../contract.ts'
import { replyWords } from './reply-words.ts'
import css from './ticket.module.css'

interface Copied {
  id: number
  name: string
}

interface CopyListProps {
  ticket: Ticket
  copies: readonly Copied[]
  onCopies: (copies: readonly Copied[]) => void
}

/** Contacts of the client who get a copy of the reply. They take part from then on. */
export function CopyList({ ticket, copies, onCopies }: CopyListProps) {
  const t = useWords(replyWords)
  const can = useCan()
  if (!can('contact.read')) return null
  const search = async (typed: string, signal: AbortSignal) => {
    const found = await api.get<{ items: { id: number; name: string; email: string | null }[] }>('/contacts', {
      query: { clientId: ticket.client.id, q: typed, limit: 20 },
      signal,
    })
    return found.items
      .filter((one) => one.email !== null && one.id !== ticket.contact?.id)
      .map((one) => ({ key: String(one.id), label: one.name, hint: one.email }))
  }
  return (
    <div className={css.copies}>
      {copies.length > 0 && <span className={css.quiet}>{t('copies')}:</span>}
      {copies.map((one) => (
        <Tag key={one.id} onRemove={() => onCopies(copies.filter((other) => other.id !== one.id))}>
          {one.name}
        </Tag>
      ))}
      <Popup
        label={t('addCopy')}
        className={css.linkButton}
        trigger={
          <>
            <IconPlus size={13} aria-hidden="true" />
            {t('copies')}
          </>
        }
      >
        {(close) => (
          <PickList
            label={t('addCopy')}
            search={search}
            onPick={({ key, label }) => {
              close()
              const id = Number(key)
              if (!copies.some((one) => one.id === id)) onCopies([...copies, { id, name: label }])
            }}
          />
        )}
      </Popup>
    </div>
  )
}
