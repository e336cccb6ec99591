import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import {
  Dialog,
  DurationInput,
  FormError,
  Loaded,
  MinutesText,
  type PickChoice,
  PickField,
  toast,
  useForm,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PersonLoad, TeamView } from '../capacity.contract.ts'
import css from './money.module.css'
import { moneyWords } from './money-words.ts'

const STAFF_SHOWN = 200

/** After a change of what is kept or given: every figure of the plan may be another. */
function useRefresh(): () => void {
  const client = useQueryClient()
  return () => void client.invalidateQueries({ queryKey: ['insight'] })
}

/** How long a person works a week, from a day on. */
export function WeeklyHoursDialog({ person, onClose }: { person: PersonLoad; onClose: () => void }) {
  const t = useWords(moneyWords)
  const refresh = useRefresh()
  const form = useForm({
    initial: {
      minutesPerWeek: person.minutesPerWeek as number | null,
      validFrom: new Date().toISOString().slice(0, 10),
    },
    submit: (values, key) => api.post(`/staff/${person.accountId}/capacity`, values, { key }),
    onDone: () => {
      toast.ok(t('saved'))
      refresh()
      onClose()
    },
  })
  return (
    <Dialog title={t('weeklyHoursOf', { name: person.name })} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <DurationInput {...form.choice('minutesPerWeek')} label={t('weeklyHours')} />
        <TextInput {...form.field('validFrom')} type="date" label={t('validFrom')} />
        <FormError error={form.failure} />
        <div>
          <Button type="submit" loading={form.busy} disabled={form.values.minutesPerWeek === null}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

interface FoundContract {
  id: number
  number: string
  clientName: string
}

async function findContracts(q: string, signal: AbortSignal): Promise<PickChoice[]> {
  const { items } = await api.get<{ items: FoundContract[] }>('/contracts', {
    query: { q: q || undefined, status: 'active', limit: 20 },
    signal,
  })
  return items.map((one) => ({ key: String(one.id), label: `${one.clientName}, ${one.number}` }))
}

/** The named team of a contract: who keeps how many hours a month for it. */
export function TeamDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(moneyWords)
  const [contract, setContract] = useState<PickChoice | null>(null)
  const team = useQuery({
    queryKey: ['insight', 'team', contract?.key],
    queryFn: ({ signal }) => api.get<TeamView>(`/contracts/${contract?.key}/team`, { signal }),
    enabled: contract !== null,
    staleTime: 0,
  })
  return (
    <Dialog title={t('keepHours')} size="panel" onClose={onClose}>
      <div className={css.stack}>
        <p className={css.quiet}>{t('keepHoursText')}</p>
        <PickField label={t('contract')} value={contract} onChange={setContract} search={findContracts} />
        {contract && (
          <Loaded query={team}>
            {(data) => <TeamForm key={contract.key} contractId={contract.key} team={data} onDone={onClose} />}
          </Loaded>
        )}
      </div>
    </Dialog>
  )
}

interface Member {
  accountId: string
  minutes: number | null
}

function TeamForm({ contractId, team, onDone }: { contractId: string; team: TeamView; onDone: () => void }) {
  const t = useWords(moneyWords)
  const refresh = useRefresh()
  const staff = useQuery({
    queryKey: ['staff', 'active'],
    queryFn: ({ signal }) =>
      api.get<{ items: { id: number; name: string; side: string }[] }>('/staff', {
        query: { active: true, limit: STAFF_SHOWN },
        signal,
      }),
  })
  const form = useForm({
    initial: {
      members: team.members.map((one): Member => ({ accountId: String(one.accountId), minutes: one.minutesPerMonth })),
    },
    submit: ({ members }) =>
      api.put(
        `/contracts/${contractId}/team`,
        {
          members: members
            .filter(({ accountId }) => accountId !== '')
            .map(({ accountId, minutes }) => ({ accountId: Number(accountId), minutesPerMonth: minutes ?? 0 })),
        },
        { version: team.version },
      ),
    onDone: () => {
      toast.ok(t('saved'))
      refresh()
      onDone()
    },
  })
  const { members } = form.values
  const set = (index: number, patch: Partial<Member>) =>
    form.set(
      'members',
      members.map((one, at) => (at === index ? { ...one, ...patch } : one)),
    )
  const names = (staff.data?.items ?? []).filter(({ side }) => side === 'staff')
  return (
    <form className={css.form} onSubmit={form.submit} noValidate>
      <p>
        {t('guaranteed')} <MinutesText minutes={team.guaranteedMinutes} />
      </p>
      {members.map((member, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity before a person is chosen.
        <div key={index} className={css.member}>
          <NativeSelect
            label={t('person')}
            value={member.accountId}
            data={[{ value: '', label: '' }, ...names.map(({ id, name }) => ({ value: String(id), label: name }))]}
            onChange={(event) => set(index, { accountId: event.currentTarget.value })}
          />
          <DurationInput label={t('perMonth')} value={member.minutes} onChange={(minutes) => set(index, { minutes })} />
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t('removePerson')}
            onClick={() =>
              form.set(
                'members',
                members.filter((_, at) => at !== index),
              )
            }
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button variant="default" onClick={() => form.set('members', [...members, { accountId: '', minutes: null }])}>
          {t('addPerson')}
        </Button>
      </div>
      <FormError error={form.failure} />
      <div>
        <Button type="submit" loading={form.busy}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
