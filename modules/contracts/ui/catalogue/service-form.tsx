import { Button, Checkbox, TextInput } from '@mantine/core'
import { ConflictNote, plainFailure } from '@opora/people/ui'
import { Dialog, FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import css from './catalogue.module.css'
import { catalogueWords } from './catalogue-words.ts'
import { Choice } from './fields.tsx'
import { type ServiceRow, useActivities } from './use-catalogue.ts'

const UNITS = ['hour', 'month', 'piece'] as const
const PRICES = ['by_hours', 'by_month', 'by_piece'] as const
const ROLES = ['operator', 'it_operator', 'developer', 'analyst', 'account_manager'] as const

/** A service: its name, unit, work, role and how it is priced. */
export function ServiceForm({ service, onClose }: { service: ServiceRow | null; onClose: () => void }) {
  const t = useWords(catalogueWords)
  const cache = useQueryClient()
  const activities = useActivities()
  const renew = () => {
    void cache.invalidateQueries({ queryKey: ['catalogue/services'] })
    onClose()
  }
  const form = useForm({
    initial: {
      code: service?.code ?? '',
      nameRu: service?.nameRu ?? '',
      nameEn: service?.nameEn ?? '',
      activity: service?.activity ?? 'consultation',
      unit: service?.unit ?? ('hour' as const),
      price: service?.price ?? ('by_hours' as const),
      role: (service?.role ?? 'operator') as (typeof ROLES)[number],
      archived: service?.archived ?? false,
    },
    submit: ({ code, archived, ...values }, key) =>
      service
        ? api.put<ServiceRow>(`/catalogue/services/${code}`, { ...values, archived }, { version: service.version })
        : api.post<ServiceRow>('/catalogue/services', { code, ...values }, { key }),
    onDone: () => {
      toast.ok(t('saved'))
      renew()
    },
  })
  const { values, set } = form
  return (
    <Dialog title={service ? t('service') : t('addService')} onClose={onClose}>
      <form className={css.stack} onSubmit={form.submit} noValidate>
        {!service && <TextInput label={t('code')} description={t('codeHint')} required {...form.field('code')} />}
        <div className={css.pair}>
          <TextInput label={t('nameRu')} required {...form.field('nameRu')} />
          <TextInput label={t('nameEn')} required {...form.field('nameEn')} />
          <Choice
            label={t('serviceActivity')}
            value={values.activity}
            choices={activities.map((one) => [one.code, one.name])}
            onChange={(activity) => set('activity', activity)}
          />
          <Choice
            label={t('role')}
            value={values.role}
            choices={ROLES.map((one) => [one, t(`role_${one}`)])}
            onChange={(role) => set('role', role)}
          />
          <Choice
            label={t('unit')}
            value={values.unit}
            choices={UNITS.map((one) => [one, t(`unit_${one}`)])}
            onChange={(unit) => set('unit', unit)}
          />
          <Choice
            label={t('priceRule')}
            value={values.price}
            choices={PRICES.map((one) => [one, t(`price_${one}_rule`)])}
            onChange={(price) => set('price', price)}
          />
        </div>
        {service && (
          <Checkbox
            label={t('sold')}
            checked={!values.archived}
            onChange={(event) => set('archived', !event.currentTarget.checked)}
          />
        )}
        <ConflictNote error={form.refusal} onReload={renew} />
        <FormError error={plainFailure(form.failure)} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy}>
            {t(service ? 'save' : 'create')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
