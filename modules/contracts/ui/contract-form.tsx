import { Button, NativeSelect, TextInput } from '@mantine/core'
import { ConflictNote, plainFailure } from '@opora/people/ui'
import { Dialog, FormError, MoneyInput, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import type { ContractView } from './contract-parts.tsx'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'

const STATUSES = ['draft', 'active', 'suspended'] as const

/** Whether a suspension begins or ends. */
const turned = (before: string, after: string) =>
  before !== after && [before, after].includes('suspended') && after !== 'ended'

/** A contract's status and dates; what it says is changed by a new version. */
export function ContractForm({ contract, onClose }: { contract: ContractView; onClose: () => void }) {
  const t = useWords(deskWords)
  const cache = useQueryClient()
  const renew = () => {
    void cache.invalidateQueries({ queryKey: ['contracts'] })
    void cache.invalidateQueries({ queryKey: ['contract', contract.id] })
    onClose()
  }
  const form = useForm({
    initial: {
      title: contract.title,
      status: contract.status,
      reason: contract.suspendedReason ?? '',
      since: new Intl.DateTimeFormat('sv').format(new Date()),
      signedOn: contract.signedOn ?? '',
      endsOn: contract.endsOn ?? '',
      letterUntil: contract.letterUntil ?? '',
      letterAmountKopecks: contract.letterAmountKopecks,
    },
    submit: ({ signedOn, endsOn, letterUntil, reason, since, ...values }) => {
      const why = {
        ...(values.status === 'suspended' ? { reason } : {}),
        ...(turned(contract.status, values.status) && since ? { since } : {}),
      }
      const dates = { signedOn: signedOn || null, endsOn: endsOn || null, letterUntil: letterUntil || null }
      return api.patch<ContractView>(
        `/contracts/${contract.id}`,
        { ...values, ...dates, ...why },
        { version: contract.version },
      )
    },
    onDone: () => {
      toast.ok(t('saved'))
      renew()
    },
  })
  const turns = turned(contract.status, form.values.status)
  return (
    <Dialog title={`№ ${contract.number}`} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <TextInput label={t('title')} required {...form.field('title')} />
        <div className={css.pair}>
          <NativeSelect
            label={t('state')}
            data={(contract.status === 'ended' ? (['ended'] as const) : STATUSES).map((value) => ({
              value,
              label: t(`standing_${value}`),
            }))}
            {...form.field('status')}
          />
          <TextInput type="date" label={t('signedOn')} {...form.field('signedOn')} />
          <TextInput type="date" label={t('endsOn')} {...form.field('endsOn')} />
          <TextInput type="date" label={t('letterUntil')} {...form.field('letterUntil')} />
          <MoneyInput label={t('letterAmount')} {...form.choice('letterAmountKopecks')} />
        </div>
        {(turns || form.values.status === 'suspended') && (
          <div className={css.pair}>
            {turns && <TextInput type="date" label={t('since')} {...form.field('since')} />}
            {form.values.status === 'suspended' && <TextInput label={t('reason')} {...form.field('reason')} />}
          </div>
        )}
        <ConflictNote error={form.refusal} onReload={renew} />
        <FormError error={plainFailure(form.failure)} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy}>
            {t('save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
