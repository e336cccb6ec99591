import type { Queryable } from '@opora/platform/database'

/**
 * The facts from which follows whether the vendor's own support takes the question (domain/vendor-eligibility.ts), as one JSON value: of
 * `ticket t`, its `portal p` and the asker's row of `contact`.
 */
export function vendorFacts(sql: Queryable, contact: 'c' | 'co') {
  const admin = contact === 'c' ? sql`c.portal_admin` : sql`co.portal_admin`
  return sql`(select jsonb_build_object('hosting', (select pp.hosting from portal_product pp where pp.code = p.product), 'edition', p.edition,
      'activatedOn', p.licence_activated_on, 'licenceUntil', p.licence_until, 'portalAdmin', coalesce(${admin}, false), 'today', app_now()::date,
      'freeEditions', v.free_editions, 'boxedDays', v.boxed_days,
      'overridden', exists (select 1 from vendor_override vo where vo.ticket_id = t.id))
    from vendor v order by v.code limit 1)`
}
