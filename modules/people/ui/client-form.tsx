import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { Dialog, FormError, toast, useForm, useLocale, useWords, zoneChoices } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { z } from 'zod'
import type { ClientView, clientKinds, clientView, LicenceClass } from '../contract.ts'
import css from './desk.module.css'
import { ConflictNote, plainFailure, useCan } from './desk-parts.tsx'
import { deskWords } from './desk-words.ts'
import { useStaff } from './staff-data.ts'

type Kind = (typeof clientKinds)[number]
const LICENCES: readonly LicenceClass[] = [
  'active_licence',
  'restricted_licence',
  'prospect',
  'partner',
  'enterprise_or_web_cluster',
]
const REQUISITES = [
  'legalName',
  'legalAddress',
  'inn',
  'kpp',
  'ogrn',
  'bankName',
  'bik',
  'settlementAccount',
  'corrAccount',
] as const

function initialOf(client: ClientView | null) {
  return {
    name: client?.name ?? '',
    kind: client?.kind ?? ('customer' as Kind),
    licenceClass: client?.licenceClass ?? ('active_licence' as LicenceClass),
    legalName: client?.legalName ?? '',
    legalAddress: client?.legalAddress ?? '',
    inn: client?.inn ?? '',
    kpp: client?.kpp ?? '',
    ogrn: client?.ogrn ?? '',
    bankName: client?.bankName ?? '',
    bik: client?.bik ?? '',
    settlementAccount: client?.settlementAccount ?? '',
    corrAccount: client?.corrAccount ?? '',
    zone: client?.zone ?? 'Europe/Moscow',
    locale: client?.locale ?? ('ru' as 'ru' | 'en'),
    mailDomains: client?.mailDomains.join(', ') ?? '',
    accountManagerId: String(client?.accountManager?.id ?? ''),
    notes: client?.notes ?? '',
  }
}
type Values = ReturnType<typeof initialOf>

function bodyOf({ mailDomains, accountManagerId, ...values }: Values) {
  return {
    ...values,
    mailDomains: mailDomains.split(/[\s,;]+/).filter(Boolean),
    accountManagerId: accountManagerId ? Number(accountManagerId) : null,
  }
}

interface ClientFormProps {
  client: ClientView | null
  onClose: () => void
  onDone?: (client: ClientView) => void
}

/** A new client, or the card of a known one changed. */
export function ClientForm({ client, onClose, onDone }: ClientFormProps) {
  const t = useWords(deskWords)
  const cache = useQueryClient()
  const form = useForm({
    initial: initialOf(client),
    submit: (values, key) =>
      client
        ? api.patch<z.infer<typeof clientView>>(`/clients/${client.id}`, bodyOf(values), { version: client.version })
        : api.post<z.infer<typeof clientView>>('/clients', bodyOf(values), { key }),
    onDone: (saved) => {
      toast.ok(t(client ? 'saved' : 'added'))
      void cache.invalidateQueries({ queryKey: ['clients'] })
      onClose()
      onDone?.(saved)
    },
  })
  const reload = () => {
    void cache.invalidateQueries({ queryKey: ['clients'] })
    onClose()
  }
  return (
    <Dialog title={client ? client.name : t('addClient')} size="wide" onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <Basics form={form} client={client} />
        <fieldset className={css.group}>
          <legend>{t('requisites')}</legend>
          <div className={css.pair}>
            {REQUISITES.map((name) => (
              <TextInput key={name} label={t(name)} {...form.field(name)} />
            ))}
          </div>
        </fieldset>
        <Textarea label={t('notes')} autosize minRows={2} {...form.field('notes')} />
        <ConflictNote error={form.refusal} onReload={reload} />
        <FormError error={plainFailure(form.failure)} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy}>
            {t(client ? 'save' : 'create')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Basics({ form, client }: { form: ReturnType<typeof useForm<Values, ClientView>>; client: ClientView | null }) {
  const t = useWords(deskWords)
  const { locale } = useLocale()
  const zones = useMemo(() => zoneChoices(client?.zone ?? 'Europe/Moscow', locale), [client?.zone, locale])
  const can = useCan()
  const managers = useStaff(can('staff.read')).map((one) => ({ value: String(one.id), label: one.name }))
  const present = client?.accountManager
  if (present && !managers.some((one) => one.value === String(present.id)))
    managers.unshift({ value: String(present.id), label: present.name })
  return (
    <>
      <TextInput label={t('name')} required autoComplete="off" {...form.field('name')} />
      <div className={css.pair}>
        <NativeSelect
          label={t('kind')}
          data={(['customer', 'prospect'] as const).map((value) => ({ value, label: t(value) }))}
          {...form.field('kind')}
        />
        <NativeSelect
          label={t('licenceClass')}
          data={LICENCES.map((value) => ({ value, label: t(value === 'prospect' ? 'licence_prospect' : value) }))}
          {...form.field('licenceClass')}
        />
        <NativeSelect
          label={t('manager')}
          data={[{ value: '', label: t('noManager') }, ...managers]}
          {...form.field('accountManagerId')}
        />
        <NativeSelect
          label={t('locale')}
          data={(['ru', 'en'] as const).map((value) => ({ value, label: t(value) }))}
          {...form.field('locale')}
        />
        <NativeSelect label={t('zone')} data={zones} {...form.field('zone')} />
        <TextInput label={t('mailDomains')} description={t('mailDomainsHint')} {...form.field('mailDomains')} />
      </div>
    </>
  )
}
