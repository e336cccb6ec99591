import type { Queryable } from '@opora/platform/database'

/**
 * Whether the vendor's own support takes the question: a commercial cloud plan that has not ended, or a boxed licence activated within
 * the last year, asked about by an administrator of the portal. A condition over `portal p` and the asker's row of `contact`.
 */
export function vendorEligible(sql: Queryable, contact: 'c' | 'co') {
  const admin = contact === 'c' ? sql`c.portal_admin` : sql`co.portal_admin`
  return sql`coalesce(${admin} and (select
      (pp.hosting = 'cloud' and coalesce(p.edition, 'free') <> 'free' and coalesce(p.licence_until >= app_now()::date, true))
      or (pp.hosting = 'boxed' and p.licence_activated_on > (app_now() - interval '1 year')::date)
    from portal_product pp where pp.code = p.product), false)`
}
