import { Button, NativeSelect, Textarea } from '@mantine/core'
import { Dialog, DurationInput, FormError, toast, useForm, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import type { CorrectionView, EntryView } from '../contract.ts'
import { useBalance } from './contract-balance.tsx'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { useRenewHours } from './use-renew-hours.ts'

function useSaid(contractId: number, onClose: () => void) {
  const t = useWords(deskWords)
  const renew = useRenewHours(contractId)
  return (made: CorrectionView) => {
    toast.ok(t(made.state === 'posted' ? 'postedNow' : 'proposedNow'))
    renew()
    onClose()
  }
}

interface FormProps {
  contractId: number
  onClose: () => void
}

/** Takes an entry of the ledger back by its opposite, with the reason. */
export function ReverseForm({ contractId, entry, onClose }: FormProps & { entry: EntryView }) {
  const t = useWords(deskWords)
  const said = useSaid(contractId, onClose)
  const form = useForm({
    initial: { reason: '' },
    submit: ({ reason }, key) =>
      api.post<CorrectionView>(
        `/contracts/${contractId}/corrections`,
        { kind: 'reverse', entryId: entry.id, reason },
        { key },
      ),
    onDone: said,
  })
  return (
    <Dialog title={t('reverse')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <p className={css.notes}>{t('reverseHint')}</p>
        <p className={css.fine}>{t('two')}</p>
        <Textarea label={t('why')} required autosize minRows={2} {...form.field('reason')} />
        <FormError error={form.failure} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy} disabled={form.values.reason.trim().length < 3}>
            {t('reverse')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const DOES = ['give', 'take', 'transfer'] as const
type Does = (typeof DOES)[number]

interface Values {
  does: Does
  bucketId: string
  toBucketId: string
  minutes: number | null
  reason: string
}

function bodyOf({ does, bucketId, toBucketId, minutes, reason }: Values) {
  const size = minutes ?? 0
  if (does === 'transfer') {
    return { kind: 'transfer', fromBucketId: Number(bucketId), toBucketId: Number(toBucketId), minutes: size, reason }
  }
  return { kind: 'adjust', bucketId: Number(bucketId), minutes: does === 'give' ? size : -size, reason }
}

/** Gives, takes or moves hours by hand, with the reason. */
export function CorrectionForm({ contractId, onClose }: FormProps) {
  const t = useWords(deskWords)
  const { locale } = useLocale()
  const balance = useBalance(contractId)
  const said = useSaid(contractId, onClose)
  const form = useForm<Values, CorrectionView>({
    initial: { does: 'give', bucketId: '', toBucketId: '', minutes: null, reason: '' },
    submit: (values, key) => {
      const body = bodyOf({ ...values, bucketId: values.bucketId || first })
      return api.post<CorrectionView>(`/contracts/${contractId}/corrections`, body, { key })
    },
    onDone: said,
  })
  const buckets = (balance.data?.buckets ?? []).map((one) => ({ value: String(one.id), label: one.name[locale] }))
  const first = buckets[0]?.value ?? ''
  const { does, minutes, reason, toBucketId, bucketId } = form.values
  const source = bucketId || first
  const filled = (minutes ?? 0) > 0 && reason.trim().length >= 3 && (does !== 'transfer' || toBucketId !== '')
  return (
    <Dialog title={t('correct')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <p className={css.fine}>{t('two')}</p>
        <NativeSelect
          label={t('what')}
          data={DOES.filter((one) => one !== 'transfer' || buckets.length > 1).map((value) => ({
            value,
            label: t(`do_${value}`),
          }))}
          {...form.field('does')}
        />
        <div className={css.pair}>
          <NativeSelect
            label={t(does === 'transfer' ? 'fromBucket' : 'bucket')}
            data={buckets}
            {...form.field('bucketId')}
            value={source}
          />
          {does === 'transfer' && (
            <NativeSelect
              label={t('toBucket')}
              data={[{ value: '', label: '' }, ...buckets.filter((one) => one.value !== source)]}
              {...form.field('toBucketId')}
            />
          )}
          <DurationInput label={t('howMuch')} {...form.choice('minutes')} />
        </div>
        <Textarea label={t('why')} required autosize minRows={2} {...form.field('reason')} />
        <FormError error={form.failure} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy} disabled={!filled}>
            {t('propose')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
