/** The roles with which a contact may press a button: everybody asks as a user, some as the responsible contact or the portal's administrator. */
export function roleOfContact(contact: { responsible: boolean; portalAdmin: boolean }): string[] {
  return ['cu', ...(contact.responsible ? ['cr'] : []), ...(contact.portalAdmin ? ['pa'] : [])]
}
