import { CabinetHoursLeft, useCabinetHours } from '@opora/contracts/ui'
import { CabinetPortals, useCabinetPortals } from '@opora/portals/ui'
import { CabinetTicketRows, useOpenTickets } from '@opora/tickets/ui'
import { Bone, Card, EmptyState, ErrorState, Link, Skeleton, useTitle, useWords } from '@opora/ui-kit'
import { useLiveRefresh } from '@opora/ui-kit/api'
import { IconCircleCheck, IconPlus } from '@tabler/icons-react'
import { cabinetWords } from './cabinet-words.ts'
import css from './pages.module.css'
import { useRights } from './use-rights.ts'
import { WaitingCard } from './waiting-card.tsx'

/** The first screen: what waits for you, what is open and until when, hours left, portals, and a new request. */
export function HomePage() {
  const t = useWords(cabinetWords)
  const { me } = useRights()
  useTitle(t('home'))
  useLiveRefresh(['ticket', 'estimate', 'change'], [['cabinet']])
  return (
    <>
      <header className={css.head}>
        <div>
          <h1 className={css.title}>{me ? t('hello', { name: me.name }) : <Bone width="260px" />}</h1>
          <p className={css.lead}>{me?.contact?.clientName}</p>
        </div>
        <Link to="/cabinet/new" className={css.new}>
          <IconPlus size={19} stroke={2} aria-hidden="true" />
          {t('newTicket')}
        </Link>
      </header>
      <div className={css.split}>
        <div className={css.stack}>
          <WaitingCard />
          <OpenCard />
        </div>
        <div className={css.stack}>
          <HoursCards />
          <PortalsCard />
        </div>
      </div>
    </>
  )
}

function OpenCard() {
  const t = useWords(cabinetWords)
  const query = useOpenTickets()
  const all = (
    <Link to="/cabinet/tickets" className={css.more}>
      {t('allTickets')}
    </Link>
  )
  return (
    <Card title={t('open')} flush actions={all}>
      {query.data === undefined && query.error && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.data === undefined && !query.error && (
        <div className={css.bones}>
          <Skeleton lines={6} />
        </div>
      )}
      {query.data && query.data.items.length > 0 && <CabinetTicketRows label={t('open')} rows={query.data.items} />}
      {query.data?.items.length === 0 && (
        <EmptyState icon={<IconCircleCheck size={24} stroke={1.6} />} title={t('noneOpen')} text={t('noneOpenText')} />
      )}
    </Card>
  )
}

function HoursCards() {
  const t = useWords(cabinetWords)
  const { me, may } = useRights()
  const query = useCabinetHours(may('balance.read'))
  if (me && !may('balance.read')) return null
  if (!query.data && query.error) return null
  if (!query.data) {
    return (
      <Card title={t('hoursLeft')}>
        <Skeleton lines={3} />
      </Card>
    )
  }
  return query.data.contracts.map((contract, index) => (
    <Card
      key={contract.id}
      title={query.data.contracts.length > 1 ? contract.title : t('hoursLeft')}
      actions={
        index === 0 && (
          <Link to="/cabinet/hours" className={css.more}>
            {t('howSpent')}
          </Link>
        )
      }
    >
      <CabinetHoursLeft contract={contract} />
    </Card>
  ))
}

function PortalsCard() {
  const t = useWords(cabinetWords)
  const { data } = useCabinetPortals()
  if (!data || data.items.length === 0) return null
  return (
    <Card title={t('portals')}>
      <CabinetPortals portals={data.items} />
    </Card>
  )
}
