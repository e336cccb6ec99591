/** Roles of the provider's people who can be given a ticket or called; their names belong to the access module. */
export const PERSON_ROLES: readonly string[] = ['l1', 'im', 'it', 'dev', 'an', 'qa', 'rb', 'am']

/** Kinds of tickets, by the codes that the ticket keeps. */
export const TICKET_KINDS: readonly string[] = ['accident', 'incident', 'change', 'service_request', 'consultation']
