import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { ClientField, ConflictNote, plainFailure } from '@opora/people/ui'
import { Dialog, FormError, type PickChoice, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { PortalView, ProductView } from '../contract.ts'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { useProductName } from './portal-parts.tsx'

function initialOf(portal: PortalView | null, client: PickChoice | null) {
  return {
    clientId: client,
    name: portal?.name ?? '',
    address: portal?.address ?? '',
    product: portal?.product.code ?? '',
    edition: portal?.edition ?? '',
    environment: portal?.environment ?? ('production' as PortalView['environment']),
    licenceActivatedOn: portal?.licenceActivatedOn ?? '',
    licenceUntil: portal?.licenceUntil ?? '',
    productVersion: portal?.productVersion ?? '',
    adminContactId: String(portal?.adminContact?.id ?? ''),
    notes: portal?.notes ?? '',
  }
}
type Values = ReturnType<typeof initialOf>
type Form = ReturnType<typeof useForm<Values, PortalView>>

function bodyOf({ clientId: _client, adminContactId, ...values }: Values) {
  return {
    ...values,
    licenceActivatedOn: values.licenceActivatedOn || null,
    licenceUntil: values.licenceUntil || null,
    adminContactId: adminContactId ? Number(adminContactId) : null,
  }
}

interface PortalFormProps {
  portal: PortalView | null
  /** The client of a new portal, where the form is opened from its card. */
  client?: PickChoice
  onClose: () => void
  onDone?: (portal: PortalView) => void
}

/** A new portal of a client, or the card of a known one changed. */
export function PortalForm({ portal, client, onClose, onDone }: PortalFormProps) {
  const t = useWords(deskWords)
  const cache = useQueryClient()
  const renew = () => {
    void cache.invalidateQueries({ queryKey: ['portals'] })
    onClose()
  }
  const products = useProducts()
  const form = useForm({
    initial: initialOf(portal, client ?? null),
    submit: (values, key) => {
      const product = values.product || products[0]?.value
      const body = { ...bodyOf(values), product }
      if (portal) return api.patch<PortalView>(`/portals/${portal.id}`, body, { version: portal.version })
      return api.post<PortalView>('/portals', { ...body, clientId: Number(values.clientId?.key ?? 0) }, { key })
    },
    onDone: (saved) => {
      toast.ok(t(portal ? 'saved' : 'added'))
      renew()
      onDone?.(saved)
    },
  })
  return (
    <Dialog title={portal ? portal.name : t('addPortal')} size="wide" onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        {!portal && !client && <ClientField label={t('client')} required {...form.choice('clientId')} />}
        <Fields form={form} products={products} clientId={portal?.clientId ?? form.values.clientId?.key} />
        <ConflictNote error={form.refusal} onReload={renew} />
        <FormError error={plainFailure(form.failure)} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy}>
            {t(portal ? 'save' : 'create')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

interface FieldsProps {
  form: Form
  products: { value: string; label: string }[]
  clientId: number | string | undefined
}

function Fields({ form, products, clientId }: FieldsProps) {
  const t = useWords(deskWords)
  const contacts = useContacts(clientId)
  return (
    <>
      <div className={css.pair}>
        <TextInput label={t('name')} required autoComplete="off" {...form.field('name')} />
        <TextInput label={t('address')} required autoComplete="off" inputMode="url" {...form.field('address')} />
        <NativeSelect label={t('product')} data={products} {...form.field('product')} />
        <TextInput label={t('edition')} {...form.field('edition')} />
        <NativeSelect
          label={t('environment')}
          data={(['production', 'test'] as const).map((value) => ({ value, label: t(value) }))}
          {...form.field('environment')}
        />
        <TextInput label={t('productVersion')} {...form.field('productVersion')} />
        <TextInput type="date" label={t('activatedOn')} {...form.field('licenceActivatedOn')} />
        <TextInput type="date" label={t('licenceUntil')} {...form.field('licenceUntil')} />
        <NativeSelect
          label={t('admin')}
          data={[{ value: '', label: t('nobody') }, ...contacts]}
          {...form.field('adminContactId')}
        />
      </div>
      <Textarea label={t('notes')} autosize minRows={2} {...form.field('notes')} />
    </>
  )
}

function useProducts(): { value: string; label: string }[] {
  const productName = useProductName()
  const products = useQuery({
    queryKey: ['portal-products'],
    queryFn: () => api.get<{ items: ProductView[] }>('/portal-products'),
    staleTime: 300_000,
  })
  return (products.data?.items ?? []).map((one) => ({ value: one.code, label: productName(one) }))
}

const CONTACTS_MAX = 200

function useContacts(clientId: number | string | undefined): { value: string; label: string }[] {
  const contacts = useQuery({
    queryKey: ['contacts', 'names', Number(clientId)],
    queryFn: () =>
      api.get<{ items: { id: number; name: string }[] }>('/contacts', { query: { clientId, limit: CONTACTS_MAX } }),
    enabled: clientId !== undefined,
  })
  return (contacts.data?.items ?? []).map((one) => ({ value: String(one.id), label: one.name }))
}
