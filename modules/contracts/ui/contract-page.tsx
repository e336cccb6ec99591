import { Button } from '@mantine/core'
import { useCan } from '@opora/people/ui'
import {
  Card,
  DateText,
  Facts,
  Link,
  Loaded,
  MinutesText,
  MoneyText,
  Page,
  useLocale,
  useRoute,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { agreementWords } from './agreement/agreement-words.ts'
import { ContractEnding, EndContract } from './agreement/contract-ending.tsx'
import { ContractPapers } from './agreement/contract-papers.tsx'
import { BalanceEntries } from './balance-entries.tsx'
import { useBalance } from './contract-balance.tsx'
import { ContractCorrections } from './contract-corrections.tsx'
import { ContractCoupons } from './contract-coupons.tsx'
import { ContractCovers } from './contract-covers.tsx'
import { ContractForm } from './contract-form.tsx'
import { ContractLedger } from './contract-ledger.tsx'
import { ContractDates, type ContractView, Standing } from './contract-parts.tsx'
import { ContractServiceSheets } from './contract-service.tsx'
import { ContractUnits } from './contract-units.tsx'
import { ContractVersions } from './contract-versions.tsx'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { TermsList } from './terms-list.tsx'

/** A contract: how much is left, what it says and said, whom it covers. */
export function ContractPage() {
  const t = useWords(deskWords)
  const { params } = useRoute()
  const id = params['id'] ?? ''
  const mayRead = useCan()('contract.read')
  const contract = useQuery({
    queryKey: ['contracts', 'card', id],
    queryFn: () => api.get<ContractView>(`/contracts/${id}`),
    enabled: mayRead,
  })
  const title = contract.data ? `№ ${contract.data.number}` : t('contracts')
  return (
    <Page
      title={title}
      crumbs={[{ to: '/desk/contracts', label: t('contracts') }]}
      actions={contract.data && <Acts contract={contract.data} />}
    >
      {mayRead ? (
        <Loaded query={contract}>{(data) => <Sheets contract={data} />}</Loaded>
      ) : (
        <ContractServiceSheets contractId={id} />
      )}
    </Page>
  )
}

function Sheets({ contract }: { contract: ContractView }) {
  const t = useWords(deskWords)
  const can = useCan()
  return (
    <div className={css.columns}>
      <div className={css.column}>
        {can('balance.read') && <BalanceCard contractId={contract.id} />}
        <Card title={t('termsOn')}>
          <TermsList terms={contract.terms} />
        </Card>
        {can('ledger.correct') && <ContractCorrections contractId={contract.id} />}
        {can('ledger.read') && <ContractLedger contractId={contract.id} />}
      </div>
      <div className={css.column}>
        <Card title={contract.title}>
          {can('ticket.read') && (
            <p className={css.lead}>
              <Link to={`/desk/tickets?contract=${contract.id}`}>{t('openTickets')}</Link>
            </p>
          )}
          <Details contract={contract} />
        </Card>
        <ContractCovers contract={contract} />
        <ContractVersions contract={contract} />
        {can('contract.billing') && <ContractEnding contractId={contract.id} />}
        {can('contract.billing') && <ContractPapers contractId={contract.id} />}
        {can('units.record') && <ContractUnits contractId={contract.id} />}
        {can('coupon.read') && <ContractCoupons contractId={contract.id} />}
      </div>
    </div>
  )
}

function BalanceCard({ contractId }: { contractId: number }) {
  const t = useWords(deskWords)
  const { locale } = useLocale()
  const balance = useBalance(contractId)
  return (
    <Card title={t('balance')}>
      <Loaded query={balance}>
        {(data) => (
          <div className={css.column}>
            {data.buckets.length === 0 ? (
              <span className={css.quiet}>{t('noHours')}</span>
            ) : (
              <p className={css.big}>{data.words[locale]}</p>
            )}
            {data.overMinutes > 0 && (
              <span>
                {t('over')}: <MinutesText minutes={data.overMinutes} />
              </span>
            )}
            <BalanceEntries balance={data} />
          </div>
        )}
      </Loaded>
    </Card>
  )
}

function Details({ contract }: { contract: ContractView }) {
  const t = useWords(deskWords)
  const say = useWords(agreementWords)
  const { signedOn, letterUntil, letterAmountKopecks } = contract
  return (
    <Facts
      rows={[
        [t('state'), <Standing key="state" standing={contract.standing} />],
        [
          t('client'),
          <Link key="client" to={`/desk/clients/${contract.clientId}`}>
            {contract.clientName}
          </Link>,
        ],
        [t('dates'), <ContractDates key="dates" row={contract} />],
        [t('signedOn'), signedOn ? <DateText key="signed" date={signedOn} /> : t('notSigned')],
        [say('suspendedBecause'), contract.suspendedReason],
        [
          say('suspendedDays'),
          contract.suspensions.length > 0 && <Suspensions key="stops" of={contract.suspensions} />,
        ],
        [t('letterUntil'), letterUntil && <DateText key="letter" date={letterUntil} />],
        [t('letterAmount'), letterAmountKopecks !== null && <MoneyText key="sum" kopecks={letterAmountKopecks} />],
      ]}
    />
  )
}

function Suspensions({ of }: { of: ContractView['suspensions'] }) {
  return of.map(({ from, to }) => (
    <div key={from}>
      <DateText date={from} month="short" /> – {to && <DateText date={to} month="short" />}
    </div>
  ))
}

function Acts({ contract }: { contract: ContractView }) {
  const t = useWords(deskWords)
  const can = useCan()
  const say = useWords(agreementWords)
  const [editing, setEditing] = useState(false)
  const [ending, setEnding] = useState(false)
  return (
    <>
      {can('contract.change') && contract.status !== 'ended' && (
        <Button variant="default" onClick={() => setEnding(true)}>
          {say('end')}
        </Button>
      )}
      {ending && <EndContract contract={contract} onClose={() => setEnding(false)} />}
      {can('contract.change') && <Button onClick={() => setEditing(true)}>{t('change')}</Button>}
      {editing && <ContractForm contract={contract} onClose={() => setEditing(false)} />}
    </>
  )
}
