import { Button, Checkbox, TextInput } from '@mantine/core'
import { ClientField } from '@opora/people/ui'
import {
  Dialog,
  DurationInput,
  FormError,
  Loaded,
  MoneyInput,
  type PickChoice,
  toast,
  useForm,
  useWords,
} from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ContractView, Terms } from './contract-parts.tsx'
import { type Covered, CoversFields } from './covers-fields.tsx'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { PackageChoice, type PackageRow } from './package-choice.tsx'
import { TermsList } from './terms-list.tsx'

function initialOf(client: PickChoice | null) {
  return {
    clientId: client,
    packageCode: '',
    number: '',
    title: '',
    /** The title that the chosen package gave: another package may replace it. */
    suggested: '',
    startsOn: new Intl.DateTimeFormat('sv').format(new Date()),
    endsOn: '',
    signedOn: '',
    monthlyFeeKopecks: null as number | null,
    minutesPerMonth: null as number | null,
    asDraft: false,
    /** Null: all of the client. */
    portalIds: null as Covered,
    contactIds: null as Covered,
  }
}
type Values = ReturnType<typeof initialOf>
type Form = ReturnType<typeof useForm<Values, ContractView>>

/** What the offer leaves open, as far as it was filled in. */
function openOf({ monthlyFeeKopecks, minutesPerMonth }: Values) {
  return {
    ...(monthlyFeeKopecks === null ? {} : { monthlyFeeKopecks }),
    ...(minutesPerMonth === null ? {} : { minutesPerMonth }),
  }
}

function bodyOf(values: Values) {
  const { clientId, packageCode, number, title, startsOn, endsOn, signedOn, asDraft } = values
  return {
    clientId: Number(clientId?.key ?? 0),
    packageCode,
    number,
    title,
    startsOn,
    endsOn: endsOn || null,
    signedOn: signedOn || null,
    status: asDraft ? 'draft' : 'active',
    ...(values.portalIds === null ? {} : { portalIds: values.portalIds }),
    ...(values.contactIds === null ? {} : { contactIds: values.contactIds }),
    ...openOf(values),
  }
}

interface NewContractProps {
  /** The client, where the form is opened from its card. */
  client?: PickChoice
  onClose: () => void
  onDone: (id: number) => void
}

/** A contract on a package of the catalogue: the package and the dates, then the terms to look over, then it is concluded. */
export function NewContract({ client, onClose, onDone }: NewContractProps) {
  const t = useWords(deskWords)
  const cache = useQueryClient()
  const [looking, setLooking] = useState(false)
  const form = useForm({
    initial: initialOf(client ?? null),
    submit: (values, key) => api.post<ContractView>('/contracts', bodyOf(values), { key }),
    onDone: (contract) => {
      toast.ok(t('concluded'))
      void cache.invalidateQueries({ queryKey: ['contracts'] })
      onClose()
      onDone(contract.id)
    },
  })
  const { clientId, packageCode, number, title, startsOn, portalIds, contactIds } = form.values
  const covers = portalIds?.length !== 0 && contactIds?.length !== 0
  const filled = Boolean(clientId && packageCode && number.trim() && title.trim() && startsOn && covers)
  const faulty = form.refusal !== null
  return (
    <Dialog title={t('addContract')} size="wide" onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (looking || faulty) void form.submit(event)
          else setLooking(true)
        }}
        noValidate
      >
        {looking && !faulty ? (
          <TermsPreview values={form.values} />
        ) : (
          <Fields form={form} clientGiven={client !== undefined} />
        )}
        <FormError error={form.failure} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy} disabled={!filled}>
            {t(looking || faulty ? 'conclude' : 'next')}
          </Button>
          {looking && !faulty && (
            <Button variant="default" onClick={() => setLooking(false)}>
              {t('back')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Fields({ form, clientGiven }: { form: Form; clientGiven: boolean }) {
  const t = useWords(deskWords)
  const choose = (one: PackageRow, name: string) => {
    form.set('packageCode', one.code)
    const { title, suggested } = form.values
    if (title.trim() === '' || title === suggested) form.set('title', name)
    form.set('suggested', name)
  }
  const { clientId, portalIds, contactIds } = form.values
  // what was ticked is the former client's
  const another = (client: PickChoice | null) => {
    form.set('clientId', client)
    form.set('portalIds', null)
    form.set('contactIds', null)
  }
  return (
    <>
      {!clientGiven && <ClientField label={t('client')} required {...form.choice('clientId')} onChange={another} />}
      <PackageChoice {...form.choice('packageCode')} onChange={choose} />
      <div className={css.pair}>
        <TextInput label={t('number')} required autoComplete="off" {...form.field('number')} />
        <TextInput label={t('title')} required autoComplete="off" {...form.field('title')} />
        <TextInput type="date" label={t('startsOn')} required {...form.field('startsOn')} />
        <TextInput type="date" label={t('endsOn')} {...form.field('endsOn')} />
        <TextInput type="date" label={t('signedOn')} {...form.field('signedOn')} />
        <MoneyInput label={t('fee')} description={t('feeHint')} {...form.choice('monthlyFeeKopecks')} />
        <DurationInput label={t('hoursPerMonth')} description={t('feeHint')} {...form.choice('minutesPerMonth')} />
      </div>
      {clientId && (
        <CoversFields
          clientId={Number(clientId.key)}
          portals={portalIds}
          people={contactIds}
          onPortals={(ids) => form.set('portalIds', ids)}
          onPeople={(ids) => form.set('contactIds', ids)}
        />
      )}
      <Checkbox label={t('asDraft')} {...form.check('asDraft')} />
    </>
  )
}

function TermsPreview({ values }: { values: Values }) {
  const t = useWords(deskWords)
  const query = { startsOn: values.startsOn, ...openOf(values) }
  const terms = useQuery({
    queryKey: ['catalogue', 'terms', values.packageCode, query],
    queryFn: () => api.get<Terms>(`/catalogue/packages/${values.packageCode}/terms`, { query }),
  })
  return (
    <>
      <p className={css.strong}>{t('checkTerms')}</p>
      <Loaded query={terms}>{(data) => <TermsList terms={data} />}</Loaded>
    </>
  )
}
