import { useCan } from '@opora/access/ui'
import { DateTimeText, PanelSection, PickList, Popup, toast, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { StartedChecklist } from '../../checklists.contract.ts'
import type { Ticket } from '../../contract.ts'
import css from '../form/form.module.css'
import { formWords } from '../form/form-words.ts'
import { keys } from '../ticket-data.ts'
import ticketCss from './ticket.module.css'

type Item = StartedChecklist['items'][number]

const keyOf = (ticketId: number) => [...keys.ticket(ticketId), 'checklists'] as const

/** Lists begun on the ticket: what is done, by whom and when; another can be begun. */
export function ChecklistPanel({ ticket }: { ticket: Ticket }) {
  const t = useWords(formWords)
  const can = useCan()
  const may = can('ticket.change') && ticket.state !== 'closed'
  const isStaff = can('topic.read') && can('presence.change')
  const lists = useQuery({
    queryKey: keyOf(ticket.id),
    queryFn: ({ signal }) => api.get<{ items: StartedChecklist[] }>(`/tickets/${ticket.id}/checklists`, { signal }),
    enabled: isStaff,
  })
  const started = lists.data?.items ?? []
  const run = useActs(ticket.id)
  if (!isStaff || (started.length === 0 && !may)) return null
  const all = started.flatMap((list) => list.items)
  const done = all.filter((item) => item.tickedBy !== null).length
  return (
    <PanelSection
      title={t('checklists')}
      startClosed={started.length === 0}
      {...(all.length > 0 ? { aside: `${done}/${all.length}` } : {})}
      key={started.length === 0 ? 'none' : 'some'}
    >
      <div className={css.panel}>
        {started.map((list) => (
          <List key={list.id} list={list} may={may} onTick={(item, ticked) => void run.tick(list, item, ticked)} />
        ))}
        {may && <Begin started={started} onBegin={(code) => void run.begin(code)} />}
      </div>
    </PanelSection>
  )
}

function useActs(ticketId: number) {
  const client = useQueryClient()
  const act = async (call: () => Promise<unknown>) => {
    try {
      await call()
    } catch (error) {
      toast.error((error as Error).message)
    }
    await client.invalidateQueries({ queryKey: keys.ticket(ticketId) })
  }
  const path = `/tickets/${ticketId}/checklists`
  return {
    begin: (checklist: string) => act(() => api.post(path, { checklist })),
    tick: (list: StartedChecklist, item: Item, ticked: boolean) => {
      client.setQueryData<{ items: StartedChecklist[] }>(
        keyOf(ticketId),
        (now) => now && tickedAtOnce(now, list, item, ticked),
      )
      return act(() => api.put(path, { listId: list.id, position: item.position, ticked }))
    },
  }
}

/** Shown before the server has answered; who and when come with the answer. */
function tickedAtOnce(now: { items: StartedChecklist[] }, of: StartedChecklist, item: Item, ticked: boolean) {
  const change = (one: Item): Item =>
    one.position === item.position ? { ...one, tickedBy: ticked ? '…' : null, tickedAt: null } : one
  return { items: now.items.map((list) => (list.id === of.id ? { ...list, items: list.items.map(change) } : list)) }
}

function List({
  list,
  may,
  onTick,
}: {
  list: StartedChecklist
  may: boolean
  onTick: (item: Item, ticked: boolean) => void
}) {
  const t = useWords(formWords)
  const { locale } = useLocale()
  return (
    <div>
      <div className={css.listHead}>{list.name[locale]}</div>
      <ul className={css.list}>
        {list.items.map((item) => (
          <li key={item.position}>
            <label className={css.item}>
              <input
                type="checkbox"
                checked={item.tickedBy !== null}
                disabled={!may}
                onChange={(event) => onTick(item, event.currentTarget.checked)}
              />
              <span>
                <span className={item.tickedBy === null ? undefined : css.ticked}>{item[locale]}</span>
                {item.tickedAt !== null && (
                  <small>
                    {item.tickedBy}, <DateTimeText at={item.tickedAt} />
                  </small>
                )}
                {item.tickedBy === null && !item.required && <small>{t('optional')}</small>}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </div>
  )
}

interface Known {
  code: string
  nameRu: string
  nameEn: string
  archived: boolean
}

function Begin({ started, onBegin }: { started: readonly StartedChecklist[]; onBegin: (code: string) => void }) {
  const t = useWords(formWords)
  const { locale } = useLocale()
  const known = useQuery({
    queryKey: ['checklists'],
    queryFn: ({ signal }) => api.get<{ items: Known[] }>('/checklists', { signal }),
    staleTime: 600_000,
  })
  const free = (known.data?.items ?? []).filter(
    (one) => !one.archived && !started.some((list) => list.code === one.code),
  )
  if (free.length === 0) return null
  return (
    <div>
      <Popup
        label={t('begin')}
        className={ticketCss.linkButton}
        trigger={
          <>
            <IconPlus size={15} aria-hidden="true" />
            {t('begin')}
          </>
        }
      >
        {(close) => (
          <PickList
            label={t('begin')}
            choices={free.map((one) => ({ key: one.code, label: locale === 'ru' ? one.nameRu : one.nameEn }))}
            onPick={({ key }) => {
              close()
              onBegin(key)
            }}
          />
        )}
      </Popup>
    </div>
  )
}
