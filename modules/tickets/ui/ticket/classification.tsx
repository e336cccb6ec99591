import { useCan } from '@opora/access/ui'
import { PickList, Popup, Tag, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Ticket, TicketChange } from '../../contract.ts'
import { useLabels } from '../labels.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'
import { useChangeTicket } from './use-ticket.ts'

const KINDS = ['accident', 'incident', 'change', 'service_request', 'consultation'] as const

interface Topic {
  code: string
  name: string
}

/** Topic, kind and tags, each changed where it stands. */
export function Classification({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const labels = useLabels()
  const change = useChangeTicket(ticket)
  const topics = useQuery({
    queryKey: ['topics'],
    queryFn: () => api.get<{ items: Topic[] }>('/topics'),
    staleTime: 600_000,
  })
  const topicName = topics.data?.items.find((topic) => topic.code === ticket.topic)?.name ?? ticket.topic
  return (
    <dl className={css.pairs}>
      <Pair
        name={t('topic')}
        value={topicName}
        choices={(topics.data?.items ?? []).map(({ code, name }) => ({ key: code, label: name }))}
        picked={ticket.topic}
        onPick={(topic) => void change({ topic })}
      />
      <Pair
        name={t('kind')}
        value={ticket.kind && labels.of('kind', ticket.kind)}
        choices={KINDS.map((kind) => ({ key: kind, label: labels.of('kind', kind) }))}
        picked={ticket.kind}
        onPick={(kind) => void change({ kind: kind as NonNullable<TicketChange['kind']> })}
      />
      <dt>{t('tags')}</dt>
      <dd>
        <Tags ticket={ticket} onTags={(tags) => void change({ tags })} />
      </dd>
    </dl>
  )
}

export interface PairProps {
  name: string
  value: ReactNode
  choices: readonly { key: string; label: string }[]
  picked: string | null
  onPick: (key: string) => void
}

export function Pair({ name, value, choices, picked, onPick }: PairProps) {
  const t = useWords(ticketWords)
  const can = useCan()
  const shown = value || <span className={css.quiet}>{t('notSet')}</span>
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {can('ticket.change') ? (
          <Popup label={name} trigger={shown} className={css.value}>
            {(close) => (
              <PickList
                label={name}
                choices={choices}
                selected={new Set(picked ? [picked] : [])}
                onPick={({ key }) => {
                  close()
                  if (key !== picked) onPick(key)
                }}
              />
            )}
          </Popup>
        ) : (
          shown
        )}
      </dd>
    </>
  )
}

function Tags({ ticket, onTags }: { ticket: Ticket; onTags: (tags: string[]) => void }) {
  const t = useWords(ticketWords)
  const can = useCan()
  const editable = can('ticket.change')
  const add = (tag: string) => onTags([...new Set([...ticket.tags, tag])])
  return (
    <span className={css.tags}>
      {ticket.tags.map((tag) =>
        editable ? (
          <Tag key={tag} onRemove={() => onTags(ticket.tags.filter((other) => other !== tag))}>
            {tag}
          </Tag>
        ) : (
          <Tag key={tag}>{tag}</Tag>
        ),
      )}
      {editable && (
        <Popup label={t('addTag')} className={css.linkButton} trigger={<IconPlus size={15} aria-hidden="true" />}>
          {(close) => (
            <PickList
              label={t('addTag')}
              onPick={() => {}}
              onNew={{
                label: (tag) => t('newTag', { tag }),
                run: (tag) => {
                  close()
                  add(tag)
                },
              }}
            />
          )}
        </Popup>
      )}
    </span>
  )
}
