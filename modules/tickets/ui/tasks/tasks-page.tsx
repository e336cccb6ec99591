import {
  Card,
  Count,
  DateTimeText,
  EmptyState,
  Level,
  Link,
  Loaded,
  Page,
  Pill,
  useLocale,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconChecklist } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Tasks } from '../../contract.ts'
import { levelOf, useLabels } from '../labels.ts'
import css from './tasks.module.css'
import { tasksWords } from './tasks-words.ts'

type Reply = z.infer<typeof Tasks>
type Role = Reply['roles'][number]
type Ticket = Role['places'][number]['tickets'][number]

/** What waits for me: by my role, by step, the nearest deadline first. */
export function TasksPage() {
  const t = useWords(tasksWords)
  const tasks = useQuery({
    queryKey: ['tasks'],
    queryFn: () => api.get<Reply>('/tasks'),
    refetchInterval: 60_000,
  })
  return (
    <Page title={t('tasks')} actions={<Link to="/desk/instructions">{t('instructions')}</Link>}>
      <Loaded query={tasks}>
        {({ roles, more }) =>
          roles.length === 0 ? (
            <EmptyState icon={<IconChecklist size={24} stroke={1.6} />} title={t('none')} text={t('noneText')} />
          ) : (
            <div className={css.roles}>
              {roles.map((role) => (
                <RoleCard key={role.role} role={role} />
              ))}
              {more && <p className={css.fine}>{t('more')}</p>}
            </div>
          )
        }
      </Loaded>
    </Page>
  )
}

function RoleCard({ role }: { role: Role }) {
  const { locale } = useLocale()
  return (
    <Card
      title={
        <>
          {locale === 'ru' ? role.nameRu : role.nameEn} <Count value={role.tickets} />
        </>
      }
    >
      {role.places.map((place) => (
        <section key={place.place} className={css.place}>
          <h3 className={css.placeName}>{locale === 'ru' ? place.nameRu : place.nameEn}</h3>
          <ul className={css.list}>
            {place.tickets.map((ticket) => (
              <TaskRow key={ticket.id} ticket={ticket} />
            ))}
          </ul>
        </section>
      ))}
    </Card>
  )
}

function TaskRow({ ticket }: { ticket: Ticket }) {
  const labels = useLabels()
  const t = useWords(tasksWords)
  return (
    <li className={css.row}>
      <Level compact level={levelOf(ticket.priority)} label={labels.priority(ticket.priority)} />
      <Link to={`/desk/tickets/${ticket.number}`} className={css.subject}>
        <span className={css.fine}>{ticket.number}</span> {ticket.subject}
      </Link>
      <span className={css.client}>{ticket.clientName}</span>
      {ticket.mine && <Pill tone="accent">{t('mine')}</Pill>}
      <span className={css.due}>
        {ticket.breached ? (
          <Pill tone="danger">{t('overdue')}</Pill>
        ) : ticket.dueAt ? (
          <DateTimeText at={ticket.dueAt} style="brief" />
        ) : (
          <span className={css.fine}>{t('noTerm')}</span>
        )}
      </span>
    </li>
  )
}
