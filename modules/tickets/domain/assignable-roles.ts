/** The provider's roles that work on tickets: whoever holds one may be their assignee. */
export const ASSIGNABLE_ROLES = ['l1', 'im', 'it', 'dev', 'an', 'qa', 'rb', 'am'] as const
