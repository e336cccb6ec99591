import { ActionIcon, Button, NativeSelect, Textarea } from '@mantine/core'
import { useMe } from '@opora/access/ui'
import { Dialog, FormError, Loaded, type PickChoice, PickField, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { TimeEntryView, timerState } from '../contract.ts'
import type { ApprovalRuleBody, approvalRules } from '../week.contract.ts'
import { timeSettingsWords } from './time-settings-words.ts'
import css from './work.module.css'

type TimerState = z.infer<typeof timerState>
type Rules = z.infer<typeof approvalRules>

const IDLE_CHOICES = [0, 5, 10, 15, 20, 30, 45, 60, 90, 120]
const FOUND_AT_ONCE = 20

/** How long a silence at the running timer is let be, and for those who approve, whose time must be approved. */
export function TimeSettingsDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(timeSettingsWords)
  const may = useMe()?.can ?? []
  return (
    <Dialog title={t('title')} size="panel" onClose={onClose}>
      <div className={css.day}>
        {may.includes('time.log') && <IdleSetting />}
        {may.includes('time.approve') && <ApprovalRules />}
      </div>
    </Dialog>
  )
}

function IdleSetting() {
  const t = useWords(timeSettingsWords)
  const cache = useQueryClient()
  const timer = useQuery({ queryKey: ['timer', 'setting'], queryFn: () => api.get<TimerState>('/timer') })
  const save = async (idleAfterMinutes: number) => {
    try {
      cache.setQueryData(['timer', 'setting'], await api.put<TimerState>('/timer/preference', { idleAfterMinutes }))
      await cache.invalidateQueries({ queryKey: ['timer'] })
      toast.ok(t('saved'))
    } catch (error) {
      toast.error((error as Error).message)
    }
  }
  return (
    <Loaded query={timer}>
      {({ idleAfterMinutes }) => (
        <NativeSelect
          label={t('idle')}
          description={t('idleHint')}
          value={String(idleAfterMinutes)}
          data={[...new Set([...IDLE_CHOICES, idleAfterMinutes])]
            .toSorted((a, b) => a - b)
            .map((n) => ({ value: String(n), label: n === 0 ? t('never') : t('after', { n }) }))}
          onChange={(event) => void save(Number(event.currentTarget.value))}
        />
      )}
    </Loaded>
  )
}

async function findContracts(q: string, signal: AbortSignal): Promise<PickChoice[]> {
  const { items } = await api.get<{ items: { id: number; number: string; clientName: string }[] }>('/contracts', {
    query: { q: q || undefined, status: 'active', limit: FOUND_AT_ONCE },
    signal,
  })
  return items.map((one) => ({ key: String(one.id), label: `${one.clientName}, ${one.number}` }))
}

async function findPeople(q: string, signal: AbortSignal): Promise<PickChoice[]> {
  const { items } = await api.get<{ items: { id: number; name: string; side: string }[] }>('/staff', {
    query: { active: true, limit: 200 },
    signal,
  })
  const wanted = q.toLocaleLowerCase()
  return items
    .filter(({ name, side }) => side === 'staff' && name.toLocaleLowerCase().includes(wanted))
    .slice(0, FOUND_AT_ONCE)
    .map(({ id, name }) => ({ key: String(id), label: name }))
}

/** Whose time, and the time of which contracts, keeps a month from being closed until somebody has approved it. */
function ApprovalRules() {
  const t = useWords(timeSettingsWords)
  const cache = useQueryClient()
  const may = useMe()?.can ?? []
  const queryKey = ['time', 'approval-rules']
  const rules = useQuery({ queryKey, queryFn: () => api.get<Rules>('/time/approval-rules') })
  const set = async (rule: ApprovalRuleBody) => {
    try {
      cache.setQueryData(queryKey, await api.put<Rules>('/time/approval-rules', rule))
    } catch (error) {
      toast.error((error as Error).message)
    }
  }
  return (
    <section className={css.form}>
      <div>
        <strong>{t('approval')}</strong>
        <p className={css.quiet}>{t('approvalHint')}</p>
      </div>
      <Loaded query={rules}>
        {({ contracts, people }) => (
          <ul className={css.entries}>
            {contracts.map(({ id, number, client }) => (
              <Rule
                key={`c${id}`}
                label={`${client}, ${number}`}
                onDrop={() => set({ contractId: id, needed: false })}
              />
            ))}
            {people.map(({ id, name }) => (
              <Rule key={`p${id}`} label={name} onDrop={() => set({ accountId: id, needed: false })} />
            ))}
            {contracts.length + people.length === 0 && <li className={css.quiet}>{t('noRules')}</li>}
          </ul>
        )}
      </Loaded>
      {may.includes('contract.read') && (
        <PickField
          label={t('addContract')}
          value={null}
          onChange={(choice) => choice && void set({ contractId: Number(choice.key), needed: true })}
          search={findContracts}
        />
      )}
      {may.includes('staff.read') && (
        <PickField
          label={t('addPerson')}
          value={null}
          onChange={(choice) => choice && void set({ accountId: Number(choice.key), needed: true })}
          search={findPeople}
        />
      )}
    </section>
  )
}

function Rule({ label, onDrop }: { label: string; onDrop: () => Promise<void> }) {
  const t = useWords(timeSettingsWords)
  return (
    <li className={css.entry}>
      <span className={css.entryText}>{label}</span>
      <ActionIcon variant="subtle" color="gray" aria-label={t('drop', { name: label })} onClick={() => void onDrop()}>
        <IconX size={16} />
      </ActionIcon>
    </li>
  )
}

/** Takes an approval back, with its reason for the author. */
export function UnapproveDialog({ entry, onClose }: { entry: TimeEntryView; onClose: () => void }) {
  const t = useWords(timeSettingsWords)
  const cache = useQueryClient()
  const form = useForm({
    initial: { reason: '' },
    submit: (body, key) => api.post(`/time/${entry.id}/unapprove`, body, { key }),
    onDone: () => {
      toast.ok(t('unapproved'))
      void cache.invalidateQueries({ queryKey: ['time'] })
      onClose()
    },
  })
  return (
    <Dialog title={t('unapprove')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <p>{t('unapproveText')}</p>
        <Textarea {...form.field('reason')} label={t('reason')} required autosize minRows={2} />
        <FormError error={form.failure} />
        <div className={css.buttons}>
          <Button type="submit" loading={form.busy} disabled={form.values.reason.trim() === ''}>
            {t('unapprove')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
