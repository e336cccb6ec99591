import { Button, Checkbox, NativeSelect, NumberInput } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { Card, FormError, Loaded, Page, toast, useForm, useWords } from '@opora/ui-kit'
import { api, isConflict } from '@opora/ui-kit/api'
import type { BoardSettings, BoardView } from '../contract.ts'
import css from './board.module.css'
import { useRefreshChanges } from './board-data.ts'
import { DelegationList, useBoard } from './lend-dialog.tsx'
import { Pipelines } from './pipelines-card.tsx'
import { boardSettingsWords } from './settings-words.ts'
import { Templates } from './templates-card.tsx'

/** Who sits on the board, how it decides, what it has approved beforehand, and which pipelines report to it. */
export function BoardSettingsPage() {
  const t = useWords(boardSettingsWords)
  const can = useCan()
  const board = useBoard()
  return (
    <Page title={t('board')} body="plain" crumbs={[{ to: '/desk/settings', label: t('settings') }]}>
      <Loaded query={board}>
        {(data) => (
          <div className={css.columns}>
            <div className={css.column}>
              <Members board={data} may={can('board.change')} />
              <Templates />
            </div>
            <div className={css.column}>
              <Rule key={data.version} board={data} may={can('board.change')} />
              <Card title={t('delegations')}>
                {data.delegations.length === 0 && <p className={css.quiet}>{t('noDelegations')}</p>}
                <DelegationList delegations={data.delegations} />
              </Card>
              {can('pipeline.change') && <Pipelines />}
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function Rule({ board, may }: { board: BoardView; may: boolean }) {
  const t = useWords(boardSettingsWords)
  const refresh = useRefreshChanges()
  const form = useForm<BoardSettings>({
    initial: board.settings,
    submit: (values) => api.put('/board/settings', values, { version: board.version }),
    onDone: () => {
      toast.ok(t('saved'))
      void refresh()
    },
  })
  const number = (name: 'quorum' | 'sharePercent' | 'voteDays' | 'remindHours') => ({
    ...form.choice(name),
    onChange: (value: number | string) => form.set(name, Number(value)),
    label: t(name),
  })
  return (
    <Card title={t('rule')}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <NumberInput {...number('quorum')} min={1} max={64} />
        <NativeSelect
          {...form.field('rule')}
          label={t('ruleLabel')}
          data={(['majority', 'share'] as const).map((rule) => ({ value: rule, label: t(`rule_${rule}`) }))}
        />
        {form.values.rule === 'share' && (
          <div className={css.row}>
            <NumberInput {...number('sharePercent')} min={1} max={100} />
            <NativeSelect
              {...form.field('shareOf')}
              label={t('shareOf')}
              data={(['votes', 'seats'] as const).map((of) => ({ value: of, label: t(`of_${of}`) }))}
            />
          </div>
        )}
        <NumberInput {...number('voteDays')} min={1} max={30} />
        <NumberInput {...number('remindHours')} min={0} max={72} />
        <Checkbox {...form.check('opensAtOnce')} label={t('opensAtOnce')} />
        {isConflict(form.refusal) ? <p role="alert">{t('stale')}</p> : <FormError error={form.failure} />}
        {may && (
          <div>
            <Button type="submit" loading={form.busy}>
              {t('save')}
            </Button>
          </div>
        )}
      </form>
    </Card>
  )
}

function Members({ board, may }: { board: BoardView; may: boolean }) {
  const t = useWords(boardSettingsWords)
  const refresh = useRefreshChanges()
  const save = async (members: { id: number; veto: boolean }[]) => {
    try {
      await api.put('/board/members', { members: members.map(({ id, veto }) => ({ accountId: id, veto })) })
      toast.ok(t('saved'))
    } catch (error) {
      toast.error((error as Error).message)
    }
    await refresh()
  }
  const { members } = board
  const free = board.candidates.filter((one) => !members.some((member) => member.id === one.id))
  return (
    <Card title={t('members')}>
      {members.length === 0 && <p className={css.quiet}>{t('noMembers')}</p>}
      <table className={css.members}>
        <tbody>
          {members.map((member) => (
            <tr key={member.id}>
              <td>
                {member.name}
                {!member.active && <span className={css.quiet}> · {t('inactive')}</span>}
              </td>
              <td>
                <Checkbox
                  label={t('veto')}
                  checked={member.veto}
                  disabled={!may}
                  onChange={(event) => {
                    const veto = event.currentTarget.checked
                    void save(members.map((one) => (one.id === member.id ? { ...one, veto } : one)))
                  }}
                />
              </td>
              <td>
                {may && (
                  <Button
                    size="compact-sm"
                    variant="default"
                    onClick={() => void save(members.filter((one) => one.id !== member.id))}
                  >
                    {t('remove')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {may && free.length > 0 && (
        <NativeSelect
          mt="md"
          aria-label={t('addMember')}
          data={[
            { value: '', label: t('addMember') },
            ...free.map((one) => ({ value: String(one.id), label: one.name })),
          ]}
          value=""
          onChange={(event) => {
            const id = Number(event.currentTarget.value)
            if (id > 0) void save([...members, { id, veto: false }])
          }}
        />
      )}
    </Card>
  )
}
