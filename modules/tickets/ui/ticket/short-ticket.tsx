import { Card, Countdown, DateTimeText, ErrorState, Facts, Level, Link, Page, Pill, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { TicketRow } from '../../contract.ts'
import { readingOf } from '../clock-reading.ts'
import { levelOf, statusTone, useLabels } from '../labels.ts'
import { keys, type TicketPage } from '../ticket-data.ts'
import type { TicketSlots } from './slots.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'

interface ShortTicketProps {
  id: number
  number: number
  slots: TicketSlots
}

/** What is seen of a ticket by those who answer for its hours and money, not for its words: the title, the facts and the time. */
export function ShortTicket({ id, number, slots }: ShortTicketProps) {
  const t = useWords(ticketWords)
  const query = { q: String(number) }
  const found = useQuery({ queryKey: keys.list(query), queryFn: () => api.get<TicketPage>('/tickets', { query }) })
  const row = found.data?.items.find((one) => one.number === number)
  const { Hours } = slots
  return (
    <Page
      title={row ? `№ ${number} ${row.subject}` : t('ticketNo', { number: String(number) })}
      crumbs={[{ to: '/desk/tickets', label: t('tickets') }]}
      body="narrow"
    >
      {found.error && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      <div className={css.form}>
        <p className={css.quiet}>{t('textHidden')}</p>
        {row && <RowFacts row={row} asOf={found.dataUpdatedAt} />}
        {Hours && (
          <div>
            <Hours ticketId={id} />
          </div>
        )}
      </div>
    </Page>
  )
}

function RowFacts({ row, asOf }: { row: TicketRow; asOf: number }) {
  const t = useWords(ticketWords)
  const labels = useLabels()
  return (
    <Card title={t('facts')}>
      <Facts
        rows={[
          [
            t('client'),
            <Link key="client" to={`/desk/clients/${row.client.id}`}>
              {row.client.name}
            </Link>,
          ],
          [t('portal'), row.portal && <Link to={`/desk/portals/${row.portal.id}`}>{row.portal.name}</Link>],
          [t('contact'), row.contact?.name],
          [
            t('task'),
            <Pill key="status" tone={statusTone(row)} dot plain>
              {row.status || labels.of('state', row.state)}
            </Pill>,
          ],
          [t('kind'), row.kind && labels.of('kind', row.kind)],
          [t('priority'), <Level key="level" level={levelOf(row.priority)} label={labels.priority(row.priority)} />],
          [t('assign'), row.assignee?.name],
          [
            row.next ? labels.of('metric', row.next.metric) : '',
            row.next && <Countdown clock={readingOf(row.next, asOf)} />,
          ],
          [t('registered'), <DateTimeText key="at" at={row.registeredAt} style="long" />],
        ]}
      />
    </Card>
  )
}
