import { useCan } from '@opora/access/ui'
import { Link, Page, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import css from './first-steps.module.css'
import { firstStepsWords } from './first-steps-words.ts'

type Step = 'mailbox' | 'colleague' | 'client' | 'contract' | 'ticket'

/** What has to be there before a client's letter can become a ticket with a promised time, in the order of doing it. */
const STEPS: readonly { key: Step; to: string; action: string; list: string; own: number }[] = [
  { key: 'mailbox', to: '/desk/settings/mailboxes', action: 'mailbox.read', list: '/mailboxes', own: 0 },
  { key: 'client', to: '/desk/clients', action: 'client.change', list: '/clients?limit=1', own: 0 },
  { key: 'contract', to: '/desk/contracts', action: 'contract.change', list: '/contracts?limit=1', own: 0 },
  // Whoever set the installation up is staff already.
  { key: 'colleague', to: '/desk/settings/staff', action: 'staff.card', list: '/staff?limit=2', own: 1 },
  { key: 'ticket', to: '/desk/tickets/new', action: 'ticket.create', list: '/tickets?state=closed&limit=1', own: 0 },
]

/** The way from an empty installation to its first ticket, in place of an empty list; gone with the first ticket. */
export function FirstSteps({ otherwise }: { otherwise: ReactNode }) {
  const t = useWords(firstStepsWords)
  const can = useCan()
  const steps = STEPS.filter(({ action }) => can(action))
  const done = useQuery({ queryKey: ['first-steps'], queryFn: () => readDone(steps), staleTime: 0 })
  if (!done.data || done.data.has('ticket')) return otherwise
  const next = steps.find(({ key }) => !done.data.has(key))
  return (
    <Page title={t('title')} body="narrow">
      <p className={css.lead}>{t('lead')}</p>
      <ol className={css.steps}>
        {steps.map(({ key, to }) => (
          <li key={key} className={css.step} data-next={next?.key === key}>
            {done.data.has(key) ? (
              <IconCircleCheckFilled size={22} className={css.done} role="img" aria-label={t('done')} />
            ) : (
              <IconCircle size={22} stroke={1.6} className={css.open} aria-hidden="true" />
            )}
            <span>
              <Link to={to}>{t(key)}</Link>
              <span className={css.about}>{t(`${key}About`)}</span>
            </span>
          </li>
        ))}
      </ol>
    </Page>
  )
}

async function readDone(steps: typeof STEPS): Promise<ReadonlySet<Step>> {
  const lists = await Promise.all(
    steps.map(({ list }) => api.get<{ items: unknown[] }>(list).catch(() => ({ items: [] }))),
  )
  return new Set(steps.filter(({ own }, index) => lists[index]!.items.length > own).map(({ key }) => key))
}
