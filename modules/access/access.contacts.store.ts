import type { Locale } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import { insertAccount } from './access.accounts.store.ts'
import { readEmail } from './domain/email.ts'

export interface ContactWithoutAccount {
  id: number
  email: string
  name: string
  locale: Locale
}

/** A contact who may come in and has no account yet; of several with one address, the responsible one, then the oldest. */
export async function findContactByEmail(sql: Queryable, email: string): Promise<ContactWithoutAccount | undefined> {
  const [row] = await sql<ContactWithoutAccount[]>`
    select c.id, c.email, c.name, c.locale from contact c join client cl on cl.id = c.client_id
    where lower(c.email) = lower(${email}) and c.account_id is null and c.status <> 'blocked' and cl.archived_at is null
      and not exists (select 1 from account a where lower(a.email) = lower(c.email))
    order by c.responsible desc, c.id limit 1`
  return row
}

/**
 * The account of a contact, made when there is none; null when the contact is not to come in, the address is not the one expected, or it
 * is another account's. Which account a contact signs in with is this module's to write.
 */
export async function attachAccount(tx: Tx, contactId: number, email: string | null): Promise<number | null> {
  const [contact] = await tx<
    { accountId: number | null; email: string | null; name: string; locale: Locale; zone: string }[]
  >`
    select c.account_id, c.email, c.name, c.locale, cl.zone from contact c join client cl on cl.id = c.client_id
    where c.id = ${contactId} and c.status <> 'blocked' and cl.archived_at is null for update of c`
  const address = readEmail(contact?.email ?? '')
  if (!contact || !address || address.toLowerCase() !== email?.toLowerCase()) return null
  if (contact.accountId !== null) return contact.accountId
  const { name, locale, zone } = contact
  const accountId = await insertAccount(tx, { side: 'client', email: address, name, locale, zone })
  if (accountId !== null) await tx`update contact set account_id = ${accountId} where id = ${contactId}`
  return accountId
}
