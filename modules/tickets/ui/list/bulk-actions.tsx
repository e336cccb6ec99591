import { useCan, useMe } from '@opora/access/ui'
import { Dialog, Level, Link, PickList, Popup, toast, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { TicketRow } from '../../contract.ts'
import { levelOf, useLabels } from '../labels.ts'
import { fetchAssignees, keys } from '../ticket-data.ts'
import { type BulkResult, forEachRow } from './bulk.ts'
import css from './list.module.css'
import { listWords } from './list-words.ts'

type Act = (row: TicketRow) => Promise<unknown>

const assign =
  (accountId: number | null): Act =>
  (row) =>
    api.put(`/tickets/${row.id}/assignee`, { accountId })
const change =
  (body: (row: TicketRow) => object): Act =>
  (row) =>
    api.patch(`/tickets/${row.id}`, body(row), { version: row.version })

/** Acts on the selected tickets; tells what failed row by row, and assigning can be undone. */
export function BulkActions({ rows, onDone }: { rows: readonly TicketRow[]; onDone: () => void }) {
  const t = useWords(listWords)
  const me = useMe()
  const can = useCan()
  const labels = useLabels()
  const client = useQueryClient()
  const people = useQuery({ queryKey: keys.assignees(), queryFn: () => fetchAssignees(client) })
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<BulkResult['failed']>([])

  const run = async (act: Act, undo?: Act) => {
    setBusy(true)
    const result = await forEachRow(rows, act).finally(() => setBusy(false))
    await client.invalidateQueries({ queryKey: keys.lists })
    void client.invalidateQueries({ queryKey: keys.views })
    if (result.failed.length > 0) return setFailed(result.failed)
    const back = undo && { action: { label: t('undo'), run: () => void forEachRow(rows, undo) } }
    toast.ok(t('bulkDone', { n: result.done.length }), back)
    onDone()
  }
  const giveTo = (accountId: number | null) => run(assign(accountId), (row) => assign(row.assignee?.id ?? null)(row))

  return (
    <span className={css.bulk}>
      {can('ticket.assign') && me && (
        <button type="button" className={css.bulkButton} disabled={busy} onClick={() => void giveTo(me.id)}>
          {t('assignMe')}
        </button>
      )}
      {can('ticket.assign') && (
        <Popup label={t('assignTo')} trigger={t('assignTo')} className={css.bulkButton} disabled={busy}>
          {(close) => (
            <PickList
              label={t('assignee')}
              choices={(people.data ?? []).map((one) => ({
                key: String(one.id),
                label: one.name,
                hint: t('open', { n: one.openTickets }),
              }))}
              onPick={({ key }) => {
                close()
                void giveTo(Number(key))
              }}
            />
          )}
        </Popup>
      )}
      {can('ticket.change') && (
        <Popup label={t('setPriority')} trigger={t('setPriority')} className={css.bulkButton} disabled={busy}>
          {(close) => (
            <PickList
              label={t('filter_priority')}
              choices={[1, 2, 3, 4].map((level) => ({
                key: String(level),
                label: labels.priority(level),
                icon: <Level compact level={levelOf(level)} label="" />,
              }))}
              onPick={({ key }) => {
                close()
                void run(change(() => ({ priority: Number(key) })))
              }}
            />
          )}
        </Popup>
      )}
      {can('ticket.change') && (
        <Popup label={t('addTag')} trigger={t('addTag')} className={css.bulkButton} disabled={busy}>
          {(close) => (
            <TagChoice
              rows={rows}
              onPick={(tag) => {
                close()
                void run(change((row) => ({ tags: [...new Set([...row.tags, tag])] })))
              }}
            />
          )}
        </Popup>
      )}
      {failed.length > 0 && (
        <Failures
          failed={failed}
          done={rows.length - failed.length}
          onClose={() => {
            setFailed([])
            onDone()
          }}
        />
      )}
    </span>
  )
}

function TagChoice({ rows, onPick }: { rows: readonly TicketRow[]; onPick: (tag: string) => void }) {
  const t = useWords(listWords)
  const known = [...new Set(rows.flatMap((row) => row.tags))].map((tag) => ({ key: tag, label: tag }))
  return (
    <PickList
      label={t('filter_tag')}
      choices={known}
      onPick={({ key }) => onPick(key)}
      onNew={{ label: (tag) => t('newTag', { tag }), run: onPick }}
    />
  )
}

function Failures({ failed, done, onClose }: { failed: BulkResult['failed']; done: number; onClose: () => void }) {
  const t = useWords(listWords)
  return (
    <Dialog title={t('bulkFailed', { n: failed.length })} onClose={onClose}>
      <p>{t('bulkPartly', { done, failed: failed.length })}</p>
      <ul className={css.failures}>
        {failed.map(({ row, message }) => (
          <li key={row.id}>
            <Link to={`/desk/tickets/${row.number}`}>№ {row.number}</Link> {row.subject}
            <div className={css.quiet}>{message}</div>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
