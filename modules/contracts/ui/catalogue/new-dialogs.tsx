import { Button, TextInput } from '@mantine/core'
import { plainFailure } from '@opora/people/ui'
import { Dialog, FormError, useForm, useLocale, useRoute, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import css from './catalogue.module.css'
import { catalogueWords } from './catalogue-words.ts'
import { Choice } from './fields.tsx'
import { type PackageRow, type PriceListRow, usePackages, usePriceLists } from './use-catalogue.ts'

interface NamedFields {
  code: string
  nameRu: string
  nameEn: string
  like: string
}

interface NewProps {
  title: string
  /** What it can begin as. */
  known: readonly { code: string; nameRu: string; nameEn: string }[]
  create: (values: NamedFields, key: string) => Promise<{ code: string }>
  queryKey: string
  to: string
  onClose: () => void
}

function NewThing({ title, known, create, queryKey, to, onClose }: NewProps): ReactNode {
  const t = useWords(catalogueWords)
  const { locale } = useLocale()
  const { navigate } = useRoute()
  const cache = useQueryClient()
  const form = useForm({
    initial: { code: '', nameRu: '', nameEn: '', like: '' },
    submit: (values, key) => create({ ...values, like: values.like || (known[0]?.code ?? '') }, key),
    onDone: (made) => {
      void cache.invalidateQueries({ queryKey: [queryKey] })
      onClose()
      navigate(`${to}/${made.code}`)
    },
  })
  const { code, nameRu, nameEn, like } = form.values
  return (
    <Dialog title={title} onClose={onClose}>
      <form className={css.stack} onSubmit={form.submit} noValidate>
        <div className={css.pair}>
          <TextInput label={t('nameRu')} required {...form.field('nameRu')} />
          <TextInput label={t('nameEn')} required {...form.field('nameEn')} />
          <TextInput label={t('code')} description={t('codeHint')} required {...form.field('code')} />
          <Choice
            label={t('copyOf')}
            value={like || (known[0]?.code ?? '')}
            choices={known.map((one) => [one.code, locale === 'ru' ? one.nameRu : one.nameEn])}
            onChange={(value) => form.set('like', value)}
          />
        </div>
        <FormError error={plainFailure(form.failure)} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy} disabled={!(code && nameRu && nameEn && known.length > 0)}>
            {t('create')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** A package that begins as a copy of another one. */
export function NewPackage({ onClose }: { onClose: () => void }) {
  const t = useWords(catalogueWords)
  const packages = usePackages().data?.items ?? []
  return (
    <NewThing
      title={t('addPackage')}
      known={packages}
      queryKey="catalogue/packages"
      to="/desk/settings/catalogue"
      onClose={onClose}
      create={({ like, ...names }, key) => {
        const begun = packages.find((one) => one.code === like)!
        const body = { ...names, offer: begun.offer, spec: begun.spec }
        return api.post<PackageRow>('/catalogue/packages', body, { key })
      }}
    />
  )
}

/** A price list that begins with the prices of another one. */
export function NewPriceList({ onClose }: { onClose: () => void }) {
  const t = useWords(catalogueWords)
  const lists = usePriceLists().data?.items ?? []
  return (
    <NewThing
      title={t('addPriceList')}
      known={lists}
      queryKey="catalogue/price-lists"
      to="/desk/settings/price-lists"
      onClose={onClose}
      create={({ like, ...names }, key) => {
        const begun = lists.find((one) => one.code === like)!.versions[0]!
        const validFrom = new Intl.DateTimeFormat('sv').format(new Date())
        return api.post<PriceListRow>('/catalogue/price-lists', { ...names, validFrom, spec: begun.spec }, { key })
      }}
    />
  )
}
