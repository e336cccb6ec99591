import { CabinetWindow, useTicketWindow } from '@opora/changes/ui'
import { useCabinetPortals } from '@opora/portals/ui'
import { CabinetClocks, useCabinetClocks } from '@opora/sla/ui'
import {
  CabinetAsked,
  CabinetConversation,
  CabinetDeadline,
  CabinetEntitle,
  CabinetFacts,
  CabinetOutcomes,
  CabinetPeople,
  CabinetReply,
  type CabinetTicket,
  cabinetTone,
  useCabinetTicket,
} from '@opora/tickets/ui'
import { Card, Loaded, Pill, Skeleton, useRoute, useWords } from '@opora/ui-kit'
import { useLiveRefresh } from '@opora/ui-kit/api'
import {
  CabinetDecision,
  CabinetEstimate,
  CabinetTimeList,
  useDecideEstimate,
  useTicketEstimates,
  useTicketTime,
} from '@opora/work/ui'
import { CabinetPage } from './cabinet-page.tsx'
import { cabinetWords } from './cabinet-words.ts'
import css from './pages.module.css'
import { TicketRating } from './ticket-rating.tsx'
import { useRights } from './use-rights.ts'

/** One request: what is asked of the reader first, then the conversation; promises, people and time beside it. */
export function TicketPage() {
  const t = useWords(cabinetWords)
  const { params } = useRoute()
  const id = params['id'] ?? ''
  const query = useCabinetTicket(id)
  useLiveRefresh(['ticket', 'estimate', 'time', 'change'], [['cabinet']], query.data?.id)
  return (
    <Loaded query={query} skeleton={<Skeleton lines={9} />}>
      {(ticket) => (
        <CabinetPage
          title={ticket.subject}
          lead={
            <>
              {t('ticketTitle', { number: String(ticket.number) })} ·{' '}
              <Pill tone={cabinetTone(ticket)} dot plain>
                {ticket.status}
              </Pill>
            </>
          }
          crumb={{ to: '/cabinet/tickets', label: t('tickets') }}
        >
          <div className={css.split}>
            <div className={css.stack}>
              {ticket.mayConfirmEntitlement && <CabinetEntitle ticket={ticket} />}
              <CabinetDeadline ticket={ticket} />
              {ticket.asked && <Asked ticket={ticket} asked={ticket.asked} />}
              <ChangeWindow ticketId={id} />
              <Estimates ticketId={id} />
              {ticket.state !== 'closed' && <CabinetOutcomes ticket={ticket} />}
              {(ticket.state === 'closed' || ticket.state === 'confirming') && <TicketRating ticketId={ticket.id} />}
              <CabinetConversation messages={ticket.messages} />
              <CabinetReply key={ticket.id} ticketId={ticket.id} closed={ticket.state === 'closed'} />
              {ticket.state === 'closed' && <CabinetOutcomes ticket={ticket} />}
            </div>
            <TicketAside ticket={ticket} />
          </div>
        </CabinetPage>
      )}
    </Loaded>
  )
}

function TicketAside({ ticket }: { ticket: CabinetTicket }) {
  const t = useWords(cabinetWords)
  const { may } = useRights()
  const id = String(ticket.id)
  const clocks = useCabinetClocks(id, may('clock.read')).data?.items
  const time = useTicketTime(id, may('time.read')).data
  return (
    <aside className={css.stack}>
      {clocks && (
        <Card title={t('clocks')}>
          <CabinetClocks ticketId={id} clocks={clocks} reason={ticket.entitlementReason} />
        </Card>
      )}
      <Card title={t('about')}>
        <CabinetFacts ticket={ticket} />
      </Card>
      <Card title={t('people')}>
        <CabinetPeople people={ticket.people} />
      </Card>
      {time && (
        <Card title={t('time')}>
          <CabinetTimeList time={time} />
        </Card>
      )}
    </aside>
  )
}

/** What a specialist asked for; the portals are those of the company. */
function Asked(props: { ticket: CabinetTicket; asked: NonNullable<CabinetTicket['asked']> }) {
  const portals = useCabinetPortals().data?.items ?? []
  return <CabinetAsked {...props} portals={portals} key={props.asked.asked.join()} />
}

/** The window of the request's change, with its buttons where the reader's word is awaited. */
function ChangeWindow({ ticketId }: { ticketId: string }) {
  const { may } = useRights()
  const change = useTicketWindow(ticketId, may('change.read')).data
  return change && <CabinetWindow change={change} />
}

/** Estimates of the request; the one that waits comes with its buttons. */
function Estimates({ ticketId }: { ticketId: string }) {
  const t = useWords(cabinetWords)
  const { may } = useRights()
  const decide = useDecideEstimate()
  const estimates = useTicketEstimates(ticketId, may('estimate.read')).data ?? []
  const shown = estimates.filter((one, index) => index === 0 || one.state === 'offered' || one.state === 'approved')
  return shown.map((estimate) => (
    <CabinetEstimate key={estimate.id} estimate={estimate}>
      {estimate.mayDecide && <CabinetDecision decide={(decision) => decide(estimate, decision)} />}
      {estimate.state === 'offered' && !estimate.mayDecide && <p className={css.fine}>{t('onlyResponsible')}</p>}
    </CabinetEstimate>
  ))
}
