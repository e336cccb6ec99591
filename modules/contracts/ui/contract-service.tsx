import { Card, Facts, Link, Loaded, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { contractService } from '../contract.ts'
import { ContractBalance } from './contract-balance.tsx'
import { ContractCovers } from './contract-covers.tsx'
import { ContractDates, Standing } from './contract-parts.tsx'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { useTermsNames } from './terms-names.ts'
import { termsWords } from './terms-words.ts'

type Service = z.infer<typeof contractService>

/** What a contract includes, for those who work by it and see no money. */
export function ContractServiceSheets({ contractId }: { contractId: string }) {
  const service = useQuery({
    queryKey: ['contracts', 'service', contractId],
    queryFn: () => api.get<Service>(`/contracts/${contractId}/service`),
  })
  return <Loaded query={service}>{(data) => <Sheets service={data} />}</Loaded>
}

function Sheets({ service }: { service: Service }) {
  const t = useWords(deskWords)
  const terms = useWords(termsWords)
  const names = useTermsNames()
  return (
    <div className={css.columns}>
      <div className={css.column}>
        <Card title={t('terms')}>
          <Facts
            rows={[
              [terms('calendar'), service.calendarCode && names.calendar(service.calendarCode)],
              [terms('sla'), service.slaPolicyCode && names.policy(service.slaPolicyCode)],
              [terms('channels'), service.channels.map((code) => terms(`channel_${code}`)).join(', ')],
              ...service.services.map(
                ({ service: code, included }) => [names.service(code), terms(`included_${included}`)] as const,
              ),
            ]}
          />
        </Card>
      </div>
      <div className={css.column}>
        <Card title={`№ ${service.number}. ${service.title}`}>
          <Facts
            rows={[
              [t('state'), <Standing key="state" standing={service.standing} />],
              [
                t('client'),
                <Link key="client" to={`/desk/clients/${service.clientId}`}>
                  {service.clientName}
                </Link>,
              ],
              [t('dates'), <ContractDates key="dates" row={service} />],
              [t('balance'), <ContractBalance key="balance" contractId={service.id} detailed={false} />],
            ]}
          />
        </Card>
        <ContractCovers contract={service} />
      </div>
    </div>
  )
}
