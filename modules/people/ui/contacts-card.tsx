import { Button } from '@mantine/core'
import { Card, confirm, type DropItem, DropMenu, ErrorState, Pill, Skeleton, toast, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconDots } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ContactView } from '../contract.ts'
import { ContactForm } from './contact-form.tsx'
import css from './desk.module.css'
import { AddButton, useCan, useRows } from './desk-parts.tsx'
import { deskWords } from './desk-words.ts'
import { PersonalDialog } from './personal-dialog.tsx'
import { personalWords } from './personal-words.ts'

/** The client's people: what each sees, and whether they may sign in. */
export function ContactsCard({ clientId }: { clientId: number }) {
  const t = useWords(deskWords)
  const can = useCan()
  const [edited, setEdited] = useState<ContactView | 'new' | null>(null)
  const { rows, error, onRetry, onMore, loadingMore } = useRows<ContactView>('/contacts', { clientId })
  const mayChange = can('contact.change')
  return (
    <Card
      title={t('contacts')}
      actions={
        mayChange && (
          <AddButton inCard onClick={() => setEdited('new')}>
            {t('addContact')}
          </AddButton>
        )
      }
    >
      {error !== null && <ErrorState error={error} onRetry={onRetry} />}
      {!rows && error === null && <Skeleton />}
      {rows?.length === 0 && <span className={css.quiet}>{t('noContacts')}</span>}
      <ul className={css.list}>
        {rows?.map((contact) => (
          <li key={contact.id} className={css.item}>
            <Contact contact={contact} />
            {mayChange && <ContactMenu contact={contact} onEdit={() => setEdited(contact)} />}
          </li>
        ))}
      </ul>
      {onMore && (
        <Button variant="default" size="compact-sm" loading={loadingMore} onClick={onMore}>
          {t('more')}
        </Button>
      )}
      {edited && (
        <ContactForm clientId={clientId} contact={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Card>
  )
}

function Contact({ contact }: { contact: ContactView }) {
  const t = useWords(deskWords)
  const place = [contact.position, contact.department].filter(Boolean).join(', ')
  const { status } = contact
  return (
    <div className={css.main}>
      <span className={css.marks}>
        <span className={css.strong}>{contact.name}</span>
        {status !== 'active' && <Pill tone={status === 'blocked' ? 'danger' : 'warn'}>{t(status)}</Pill>}
        {contact.responsible && <Pill tone="accent">{t('responsible')}</Pill>}
        {contact.portalAdmin && <Pill tone="info">{t('portalAdmin')}</Pill>}
        {contact.mailBadSince && <Pill tone="danger">{t('mailBad')}</Pill>}
      </span>
      {place && <span>{place}</span>}
      <span className={css.marks}>
        {contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>}
        {contact.phone && <a href={`tel:${contact.phone}`}>{contact.phone}</a>}
      </span>
      <span className={css.fine}>
        {t(`scope_${contact.scope}`)} · {t(contact.hasCabinet ? 'hasCabinet' : 'noCabinet')}
      </span>
    </div>
  )
}

function ContactMenu({ contact, onEdit }: { contact: ContactView; onEdit: () => void }) {
  const t = useWords(deskWords)
  const words = useWords(personalWords)
  const can = useCan()
  const cache = useQueryClient()
  const [asking, setAsking] = useState<'export' | 'erase' | null>(null)
  const run = async (act: () => Promise<unknown>, done: string) => {
    try {
      await act()
      toast.ok(done)
    } catch (error) {
      toast.error((error as Error).message)
    }
    await cache.invalidateQueries({ queryKey: ['contacts'] })
  }
  const setStatus = (status: 'active' | 'blocked') =>
    run(() => api.patch(`/contacts/${contact.id}`, { status }, { version: contact.version }), t('saved'))
  const block = async () => {
    const text = t('blockText', { name: contact.name })
    if (await confirm({ title: t('blockTitle'), text, action: t('block'), danger: true })) await setStatus('blocked')
  }
  const invite = () => run(() => api.post(`/contacts/${contact.id}/invitation`), t('invited'))
  const items: DropItem[] = [{ key: 'change', label: t('change'), run: onEdit }]
  if (contact.status === 'unconfirmed')
    items.push({ key: 'confirm', label: t('confirm'), run: () => void setStatus('active') })
  if (contact.status === 'active' && contact.email)
    items.push({ key: 'invite', label: t('invite'), run: () => void invite() })
  items.push(
    contact.status === 'blocked'
      ? { key: 'unblock', label: t('unblock'), run: () => void setStatus('active') }
      : { key: 'block', label: t('block'), danger: true, run: () => void block() },
  )
  if (can('person.request'))
    items.push(
      { key: 'export', label: `${words('export')}…`, run: () => setAsking('export') },
      { key: 'erase', label: `${words('erase')}…`, danger: true, run: () => setAsking('erase') },
    )
  return (
    <>
      <DropMenu label={t('actions', { name: contact.name })} place="below-end" items={items}>
        <IconDots size={17} aria-hidden="true" />
      </DropMenu>
      {asking && <PersonalDialog contact={contact} kind={asking} onClose={() => setAsking(null)} />}
    </>
  )
}
