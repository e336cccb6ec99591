import { Button } from '@mantine/core'
import { Card, confirm, DateTimeText, Loaded, Page, Pill, type Tone, toast, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { PersonalExport, PersonalRequestView } from '../personal-data.contract.ts'
import css from './personal.module.css'
import { personalWords } from './personal-words.ts'

const KEY = ['personal-requests'] as const
const TONES: Record<PersonalRequestView['state'], Tone> = {
  waiting: 'warn',
  refused: 'neutral',
  open: 'info',
  over: 'neutral',
  done: 'ok',
}

/** Requests for what is kept of people: deciding on others', taking what was allowed, the acts. */
export function PersonalPage() {
  const t = useWords(personalWords)
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<{ items: PersonalRequestView[] }>('/personal-requests', { signal }),
  })
  return (
    <Page title={t('title')} crumbs={[{ to: '/desk/settings', label: t('settings') }]}>
      <div className={css.stack}>
        <p className={css.about}>{t('about')}</p>
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <p>{t('none')}</p>
            ) : (
              <Card>
                <ul className={css.list}>
                  {items.map((row) => (
                    <Row key={row.id} row={row} />
                  ))}
                </ul>
              </Card>
            )
          }
        </Loaded>
      </div>
    </Page>
  )
}

function Row({ row }: { row: PersonalRequestView }) {
  const t = useWords(personalWords)
  return (
    <li className={css.row}>
      <div>
        <strong>{row.contactName}</strong> {t(row.kind)} <Pill tone={TONES[row.state]}>{t(row.state)}</Pill>
        <div>{row.reason}</div>
        <div className={css.quiet}>
          <DateTimeText at={row.askedAt} />
          {row.askedBy && ` · ${t('asked', { name: row.askedBy.name })}`}
          {row.alone ? ` · ${t('alone')}` : row.decidedBy && ` · ${t('decided', { name: row.decidedBy.name })}`}
          {row.state === 'open' && row.endsAt && (
            <>
              {` · ${t('until')} `}
              <DateTimeText at={row.endsAt} />
            </>
          )}
        </div>
      </div>
      <Acts row={row} />
    </li>
  )
}

function Acts({ row }: { row: PersonalRequestView }) {
  const t = useWords(personalWords)
  const client = useQueryClient()
  const act = async (run: () => Promise<unknown>) => {
    try {
      await run()
    } catch (error) {
      toast.error((error as Error).message)
    }
    await client.invalidateQueries({ queryKey: KEY })
  }
  const decide = async (approve: boolean) => {
    const isErasure = approve && row.kind === 'erase'
    const asked = { title: t('sureTitle'), text: t('sureText'), action: t('carryOut'), danger: true }
    if (isErasure && !(await confirm(asked))) return
    await act(() => api.post(`/personal-requests/${row.id}/decision`, { approve }))
  }
  const take = () =>
    act(async () =>
      keep(`person-${row.contactId}.json`, await api.post<PersonalExport>(`/personal-requests/${row.id}/data`)),
    )
  if (row.state === 'waiting' && !row.mine) {
    return (
      <div className={css.acts}>
        <Button size="compact-sm" color={row.kind === 'erase' ? 'red' : undefined} onClick={() => void decide(true)}>
          {t(row.kind === 'erase' ? 'carryOut' : 'allow')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => void decide(false)}>
          {t('refuse')}
        </Button>
      </div>
    )
  }
  if (row.state === 'open' && row.mine) {
    return (
      <Button size="compact-sm" variant="default" onClick={() => void take()}>
        {t('take')}
      </Button>
    )
  }
  return row.state === 'done' ? <a href={`/api/v1/personal-requests/${row.id}/act`}>{t('act')}</a> : null
}

/** Leaves what was given in the person's downloads. */
function keep(filename: string, given: PersonalExport): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(given, null, 2)], { type: 'application/json' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: filename })
  link.click()
  URL.revokeObjectURL(url)
}
