import { useCan } from '@opora/access/ui'
import { Countdown, Link, Pill, useWords } from '@opora/ui-kit'
import { IconAt, IconBuilding, IconFileText, IconServer, IconUser } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Ticket } from '../../contract.ts'
import { readingOf } from '../clock-reading.ts'
import { useLabels } from '../labels.ts'
import { useSlots } from './slots.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'

/** Who asks about what under which contract, and how much time is left: one strip over the conversation. */
export function HeadFacts({ ticket, asOf }: { ticket: Ticket; asOf: number }) {
  const t = useWords(ticketWords)
  const can = useCan()
  const labels = useLabels()
  const { Clocks, Balance } = useSlots()
  const { client, contact, portal, contract } = ticket
  return (
    <div className={css.strip}>
      <div className={css.who}>
        <Fact icon={<IconBuilding size={15} />} label={t('client')}>
          {can('client.read') ? <Link to={`/desk/clients/${client.id}`}>{client.name}</Link> : client.name}
        </Fact>
        {contact && (
          <Fact icon={<IconUser size={15} />} label={t('contact')}>
            {contact.name}
          </Fact>
        )}
        {portal && (
          <Fact icon={<IconServer size={15} />} label={t('portal')}>
            {can('portal.read') ? <Link to={`/desk/portals/${portal.id}`}>{portal.name}</Link> : portal.name}
          </Fact>
        )}
        <Fact icon={<IconAt size={15} />} label={t('channel')}>
          {labels.of('channel', ticket.channel)}
        </Fact>
        {(contract || can('presence.change')) && (
          <Fact icon={<IconFileText size={15} />} label={t('contract')}>
            {contract ? (
              can('contract.read') ? (
                <Link to={`/desk/contracts/${contract.id}`}>{contractName(contract)}</Link>
              ) : (
                <span>{contractName(contract)}</span>
              )
            ) : (
              <span className={css.quiet}>{t('noContract')}</span>
            )}
            {contract && Balance && <Balance ticket={ticket} />}
          </Fact>
        )}
        {ticket.flags.map((flag) => (
          <Pill key={flag}>{labels.of('flag', flag)}</Pill>
        ))}
      </div>
      <div className={css.clocks}>
        {Clocks ? (
          <Clocks ticket={ticket} />
        ) : (
          ticket.next && <NextDue ticket={ticket} next={ticket.next} asOf={asOf} />
        )}
      </div>
    </div>
  )
}

function contractName(contract: { number: string; title: string }): string {
  return contract.title ? `№ ${contract.number}, ${contract.title}` : `№ ${contract.number}`
}

function Fact({ icon, label, children }: { icon: ReactNode; label: string; children: ReactNode }) {
  return (
    <span className={css.fact} title={label}>
      {icon}
      {children}
    </span>
  )
}

function NextDue({ next, asOf }: { ticket: Ticket; next: NonNullable<Ticket['next']>; asOf: number }) {
  const labels = useLabels()
  return (
    <span className={css.clock}>
      {labels.of('metric', next.metric)}: <Countdown clock={readingOf(next, asOf)} />
    </span>
  )
}
