import { useCan } from '@opora/access/ui'
import { Link, PanelSection, PickList, Pill, Popup, useWords } from '@opora/ui-kit'
import { IconArrowMerge, IconLink } from '@tabler/icons-react'
import { useState } from 'react'
import type { Ticket } from '../../contract.ts'
import { useLabels } from '../labels.ts'
import css from './ticket.module.css'
import { TicketPick } from './ticket-pick.tsx'
import { ticketWords } from './ticket-words.ts'
import { useJoin } from './use-join.ts'

const KINDS = ['related', 'duplicate', 'caused_by', 'follow_up', 'parent'] as const

/** What a ticket has to do with others: parent, children, links; the ways to link and to merge. */
export function LinksPanel({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const can = useCan()
  const labels = useLabels()
  const { merge, leaveParent } = useJoin(ticket)
  const rows = [
    ...(ticket.parent ? [{ ...ticket.parent, state: '', name: t('parentOf') }] : []),
    ...ticket.children.map((one) => ({ ...one, name: t('child') })),
    ...ticket.links.map((one) => ({ ...one, name: labels.of('link', one.kind) })),
  ]
  if (rows.length === 0 && !can('ticket.change')) return null
  return (
    <PanelSection
      title={t('links')}
      aside={rows.length > 0 ? String(rows.length) : undefined}
      startClosed={rows.length === 0}
    >
      <ul className={css.links}>
        {rows.map((row) => (
          <li key={`${row.name}-${row.id}`}>
            <span className={css.linkKind}>{row.name}</span>
            <Link to={`/desk/tickets/${row.number}`} data-closed={row.state === 'closed'} title={row.subject}>
              № {row.number} {row.subject}
            </Link>
            {row.state === 'closed' && <Pill>{labels.of('state', 'closed')}</Pill>}
          </li>
        ))}
      </ul>
      <div className={css.panelActs}>
        {can('ticket.change') && <LinkButton ticket={ticket} />}
        {can('ticket.change') && ticket.parent && (
          <button type="button" className={css.linkButton} onClick={() => void leaveParent()}>
            {t('leaveParent', { number: String(ticket.parent.number) })}
          </button>
        )}
        {can('ticket.merge') && ticket.state !== 'closed' && (
          <Popup
            label={t('merge')}
            className={css.linkButton}
            trigger={
              <>
                <IconArrowMerge size={14} aria-hidden="true" />
                {t('merge')}
              </>
            }
          >
            {(close) => (
              <TicketPick
                label={t('merge')}
                ticket={ticket}
                sameClient
                onPick={(other) => {
                  close()
                  void merge(other)
                }}
              />
            )}
          </Popup>
        )}
      </div>
    </PanelSection>
  )
}

/** First how, then to which. */
function LinkButton({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const labels = useLabels()
  const { link } = useJoin(ticket)
  const [kind, setKind] = useState<string | null>(null)
  return (
    <Popup
      label={t('addLink')}
      className={css.linkButton}
      trigger={
        <>
          <IconLink size={14} aria-hidden="true" />
          {t('addLink')}
        </>
      }
    >
      {(close) =>
        kind === null ? (
          <PickList
            label={t('addLink')}
            choices={KINDS.map((one) => ({ key: one, label: labels.of('link', one) }))}
            onPick={({ key }) => setKind(key)}
          />
        ) : (
          <TicketPick
            label={labels.of('link', kind)}
            ticket={ticket}
            sameClient={kind === 'parent'}
            onPick={(other) => {
              close()
              setKind(null)
              void link(other.id, kind)
            }}
          />
        )
      }
    </Popup>
  )
}
