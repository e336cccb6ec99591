import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMe } from '@opora/access/ui'
import { DateTimeText, Dialog, FormError, Loaded, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { BoardView } from '../contract.ts'
import css from './board.module.css'
import { isoOf, useRefreshChanges } from './board-data.ts'
import { boardSettingsWords } from './settings-words.ts'

export function useBoard() {
  return useQuery({ queryKey: ['board'], queryFn: ({ signal }) => api.get<BoardView>('/board', { signal }) })
}

/** Lends the reader's seat to another for a time, and shows what is lent. */
export function LendDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(boardSettingsWords)
  const board = useBoard()
  return (
    <Dialog title={t('lendMine')} onClose={onClose}>
      <Loaded query={board}>{(data) => <LendForm board={data} />}</Loaded>
    </Dialog>
  )
}

function LendForm({ board }: { board: BoardView }) {
  const t = useWords(boardSettingsWords)
  const me = useMe()
  const refresh = useRefreshChanges()
  const others = board.candidates.filter((one) => one.id !== me?.id)
  const form = useForm({
    initial: { delegateId: String(others[0]?.id ?? ''), until: '' },
    submit: ({ delegateId, until }, key) =>
      api.post('/board/delegations', { delegateId: Number(delegateId), until: isoOf(until) }, { key }),
    onDone: () => {
      toast.ok(t('lent'))
      void refresh()
    },
  })
  const mine = board.delegations.filter((one) => one.mine)
  return (
    <form className={css.form} onSubmit={form.submit} noValidate>
      <DelegationList delegations={mine} />
      <NativeSelect
        {...form.field('delegateId')}
        label={t('delegate')}
        data={others.map((one) => ({ value: String(one.id), label: one.name }))}
      />
      <TextInput {...form.field('until')} type="datetime-local" label={t('until')} required />
      <FormError error={form.failure} />
      <div>
        <Button type="submit" loading={form.busy} disabled={isoOf(form.values.until) === null}>
          {t('lend')}
        </Button>
      </div>
    </form>
  )
}

/** Seats that are lent, each with the way to take it back. */
export function DelegationList({ delegations }: { delegations: BoardView['delegations'] }) {
  const t = useWords(boardSettingsWords)
  const refresh = useRefreshChanges()
  if (delegations.length === 0) return null
  const takeBack = async (id: number) => {
    try {
      await api.delete(`/board/delegations/${id}`)
    } catch (error) {
      toast.error((error as Error).message)
    }
    await refresh()
  }
  return (
    <ul className={css.list}>
      {delegations.map((one) => (
        <li key={one.id} className={css.item}>
          <span>
            {one.member.name} → {one.delegate.name}
            <span className={css.quiet}>
              {' '}
              {t('until')} <DateTimeText at={one.until} />
            </span>
          </span>
          <Button size="compact-sm" variant="default" onClick={() => void takeBack(one.id)}>
            {t('takeBack')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
