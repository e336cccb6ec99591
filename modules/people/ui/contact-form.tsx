import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { Dialog, FormError, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import type { ContactView } from '../contract.ts'
import css from './desk.module.css'
import { ConflictNote, plainFailure } from './desk-parts.tsx'
import { deskWords } from './desk-words.ts'

const SCOPES = ['own', 'department', 'all', 'finance'] as const

function initialOf(contact: ContactView | null) {
  return {
    name: contact?.name ?? '',
    email: contact?.email ?? '',
    phone: contact?.phone ?? '',
    department: contact?.department ?? '',
    position: contact?.position ?? '',
    scope: contact?.scope ?? ('own' as ContactView['scope']),
    locale: contact?.locale ?? ('ru' as 'ru' | 'en'),
    responsible: contact?.responsible ?? false,
    portalAdmin: contact?.portalAdmin ?? false,
  }
}

interface ContactFormProps {
  clientId: number
  contact: ContactView | null
  onClose: () => void
}

/** A new person of the client, or a known one changed. */
export function ContactForm({ clientId, contact, onClose }: ContactFormProps) {
  const t = useWords(deskWords)
  const cache = useQueryClient()
  const renew = () => {
    void cache.invalidateQueries({ queryKey: ['contacts'] })
    onClose()
  }
  const form = useForm({
    initial: initialOf(contact),
    submit: (values, key) =>
      contact
        ? api.patch<ContactView>(`/contacts/${contact.id}`, values, { version: contact.version })
        : api.post<ContactView>(`/clients/${clientId}/contacts`, values, { key }),
    onDone: () => {
      toast.ok(t(contact ? 'saved' : 'added'))
      renew()
    },
  })
  return (
    <Dialog title={contact ? contact.name : t('addContact')} onClose={onClose}>
      <form className={css.form} onSubmit={form.submit} noValidate>
        <TextInput label={t('personName')} required autoComplete="off" {...form.field('name')} />
        <div className={css.pair}>
          <TextInput label={t('email')} type="email" autoComplete="off" {...form.field('email')} />
          <TextInput label={t('phone')} type="tel" autoComplete="off" {...form.field('phone')} />
          <TextInput label={t('position')} {...form.field('position')} />
          <TextInput label={t('department')} {...form.field('department')} />
          <NativeSelect
            label={t('scope')}
            data={SCOPES.map((value) => ({ value, label: t(`scope_${value}`) }))}
            {...form.field('scope')}
          />
          <NativeSelect
            label={t('locale')}
            data={(['ru', 'en'] as const).map((value) => ({ value, label: t(value) }))}
            {...form.field('locale')}
          />
        </div>
        <Checkbox label={t('responsibleHint')} {...form.check('responsible')} />
        <Checkbox label={t('portalAdmin')} {...form.check('portalAdmin')} />
        <ConflictNote error={form.refusal} onReload={renew} />
        <FormError error={plainFailure(form.failure)} />
        <div className={css.acts}>
          <Button type="submit" loading={form.busy}>
            {t(contact ? 'save' : 'create')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
