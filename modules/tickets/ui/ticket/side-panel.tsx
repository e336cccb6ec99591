import { useCan, useMe } from '@opora/access/ui'
import { DateTimeText, Facts, PanelSection, useWords } from '@opora/ui-kit'
import { lazy, Suspense, useState } from 'react'
import type { Ticket } from '../../contract.ts'
import { useLabels } from '../labels.ts'
import { ChecklistPanel } from './checklist-panel.tsx'
import { Classification } from './classification.tsx'
import { DeadlinePanel } from './deadline-panel.tsx'
import { FormPanel } from './form-panel.tsx'
import { LinksPanel } from './links-panel.tsx'
import { Marks } from './marks.tsx'
import { PeoplePanel } from './people-panel.tsx'
import { useSlots } from './slots.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'

const DiagramPanel = lazy(() => import('./diagram-panel.tsx').then((m) => ({ default: m.DiagramPanel })))
const PartnersPanel = lazy(() => import('./partners-panel.tsx').then((m) => ({ default: m.PartnersPanel })))
const VendorPanel = lazy(() => import('./vendor-panel.tsx').then((m) => ({ default: m.VendorPanel })))
const HistoryPanel = lazy(() => import('./history-panel.tsx').then((m) => ({ default: m.HistoryPanel })))

/** The facts beside the conversation; what is long or rarely wanted is folded and loads when it is opened. */
export function SidePanel({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const can = useCan()
  const me = useMe()
  const { panels = [] } = useSlots()
  const parts = (above: boolean) =>
    panels
      .filter((panel) => (panel.above ?? false) === above)
      .map(({ key, Panel }) => <Panel key={key} ticket={ticket} />)
  return (
    <>
      {parts(true)}
      <PanelSection title={t('classification')}>
        <Classification ticket={ticket} />
        <Marks ticket={ticket} />
      </PanelSection>
      <FormPanel ticket={ticket} />
      <ChecklistPanel ticket={ticket} />
      <PanelSection title={t('facts')}>
        <TicketFacts ticket={ticket} />
      </PanelSection>
      <DeadlinePanel ticket={ticket} />
      {parts(false)}
      <PeoplePanel ticket={ticket} />
      {me?.side === 'staff' && <Outside ticket={ticket} />}
      <LinksPanel ticket={ticket} />
      <Lazily title={t('process')} load={() => <DiagramPanel ticket={ticket} />} />
      {can('ticket.history') && <Lazily title={t('history')} load={() => <HistoryPanel ticket={ticket} />} />}
    </>
  )
}

/** Help from outside: open where the ticket waits for it, folded elsewhere. */
function Outside({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const can = useCan()
  return (
    <>
      {ticket.kind !== null && (
        <Lazily
          title={t('vendor')}
          open={ticket.waitingFor === 'vendor'}
          load={() => <VendorPanel ticket={ticket} />}
        />
      )}
      {(can('ticket.share') || ticket.shares.length > 0) && (
        <Lazily
          title={t('partners')}
          open={ticket.waitingFor === 'partner'}
          load={() => <PartnersPanel ticket={ticket} />}
        />
      )}
    </>
  )
}

/** A folded part whose code and data come when it is opened. */
function Lazily({ title, load, open = false }: { title: string; load: () => React.ReactNode; open?: boolean }) {
  const [opened, setOpened] = useState(open)
  return (
    <PanelSection title={title} startClosed={!open} onOpen={(open) => open && setOpened(true)}>
      <Suspense fallback={null}>{opened && load()}</Suspense>
    </PanelSection>
  )
}

function TicketFacts({ ticket }: { ticket: Ticket }) {
  const t = useWords(ticketWords)
  const labels = useLabels()
  const at = (moment: string | null) => moment && <DateTimeText at={moment} />
  return (
    <Facts
      rows={[
        [t('contact'), ticket.contact && <Contact ticket={ticket} />],
        [t('licence'), labels.of('licence', ticket.licenceClass)],
        [t('registered'), at(ticket.registeredAt)],
        [t('firstAnswer'), at(ticket.firstAnswerAt)],
        [t('solvedAt'), at(ticket.solvedAt)],
        [t('closedAt'), at(ticket.closedAt)],
        [
          t('shared'),
          ticket.shares.length > 0 &&
            ticket.shares.map((share) => (
              <div key={share.accountId}>
                {share.name}{' '}
                <span className={css.quiet}>
                  {t('until')} <DateTimeText at={share.endsAt} />
                </span>
              </div>
            )),
        ],
      ]}
    />
  )
}

function Contact({ ticket }: { ticket: Ticket }) {
  return (
    <div>
      {ticket.contact?.name}
      {ticket.contactEmail && (
        <div>
          <a className={css.mail} href={`mailto:${ticket.contactEmail}`}>
            {ticket.contactEmail}
          </a>
        </div>
      )}
      {ticket.contactPhone && (
        <div>
          <a href={`tel:${ticket.contactPhone.replace(/[^\d+]/g, '')}`}>{ticket.contactPhone}</a>
        </div>
      )}
    </div>
  )
}
