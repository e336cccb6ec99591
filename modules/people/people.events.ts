/** What this module announces. */
export interface PeopleEvents {
  /** A person whom nobody knew may now ask: whatever waited for the confirmation goes on. */
  'contact.confirmed': { clientId: number; contactId: number }
  /** The person may no longer ask or sign in. */
  'contact.blocked': { clientId: number; contactId: number; accountId: number | null }
  /** An unknown sender became a prospect. */
  'prospect.opened': { clientId: number; contactId: number }
}
