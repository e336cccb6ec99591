import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { ConflictNote, plainFailure } from '@opora/people/ui'
import { Dialog, DurationInput, FormError, MoneyInput, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import type { ContractView, Terms } from './contract-parts.tsx'
import { CoversFields } from './covers-fields.tsx'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { PromiseFields } from './promise-fields.tsx'
import { changedTerms, coveredBy, hourFormsOf, promisedBy } from './version-terms.ts'

interface VersionFormProps {
  contract: ContractView
  /** What the new version begins from: the terms of the latest one. */
  terms: Terms
  onClose: () => void
}

/** New terms from a date: the figures that change most often; the rest is taken over. */
export function VersionForm({ contract, terms, onClose }: VersionFormProps) {
  const t = useWords(deskWords)
  const cache = useQueryClient()
  const renew = () => {
    void cache.invalidateQueries({ queryKey: ['contracts'] })
    void cache.invalidateQueries({ queryKey: ['contract', contract.id] })
    onClose()
  }
  const form = useForm({
    initial: {
      validFrom: '',
      reason: '',
      monthlyFeeKopecks: terms.monthlyFeeKopecks as number | null,
      hourKopecks: terms.rates.postpaidPerHourKopecks as number | null,
      beyondBuckets: terms.rates.beyondBuckets,
      ...coveredBy(terms),
      promised: promisedBy(terms),
      minutes: Object.fromEntries(hourFormsOf(terms).map((one) => [one.code, one.minutesPerMonth])),
    },
    submit: ({ validFrom, reason, ...change }, key) => {
      const body = { validFrom, reason, terms: changedTerms(terms, change) }
      return api.post<ContractView>(`/contracts/${contract.id}/versions`, body, { version: contract.version, key })
    },
    onDone: () => {
      toast.ok(t('saved'))
      renew()
    },
  })
  const { minutes, validFrom, reason, portals, people, promised } = form.values
  return (
    <Dialog title={t('addVersion')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <p className={css.fine}>{t('versionHint')}</p>
        <div className={css.pair}>
          <TextInput type="date" label={t('validFrom')} required {...form.field('validFrom')} />
          <MoneyInput label={t('fee')} {...form.choice('monthlyFeeKopecks')} />
          {hourFormsOf(terms).map((one) => (
            <DurationInput
              key={one.code}
              label={t(one.kind)}
              value={minutes[one.code] ?? null}
              onChange={(value) => form.set('minutes', { ...minutes, [one.code]: value ?? 0 })}
            />
          ))}
          <MoneyInput label={t('hourRate')} {...form.choice('hourKopecks')} />
          <NativeSelect
            label={t('beyond')}
            data={(['postpaid', 'stop'] as const).map((value) => ({ value, label: t(`beyond_${value}`) }))}
            {...form.field('beyondBuckets')}
          />
        </div>
        <PromiseFields value={promised} onChange={(value) => form.set('promised', value)} />
        <CoversFields
          clientId={contract.clientId}
          portals={portals}
          people={people}
          onPortals={(ids) => form.set('portals', ids)}
          onPeople={(ids) => form.set('people', ids)}
        />
        <Textarea label={t('reason')} required autosize minRows={2} {...form.field('reason')} />
        <ConflictNote error={form.refusal} onReload={renew} />
        <FormError error={plainFailure(form.failure)} />
        <div className={css.acts}>
          <Button
            type="submit"
            loading={form.busy}
            disabled={!validFrom || reason.trim() === '' || portals?.length === 0 || people?.length === 0}
          >
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
