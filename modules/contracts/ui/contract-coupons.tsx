import { Button } from '@mantine/core'
import { useCan } from '@opora/people/ui'
import { Card, DateTimeText, Link, Loaded, Pill, type Tone, toast, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CouponView } from '../contract.ts'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'

const TONES: Record<CouponView['state'], Tone> = { not_yet: 'info', ready: 'ok', spent: 'neutral', lapsed: 'warn' }

/** The contract's coupons for urgent requests; the code is the client's, its end alone is shown. */
export function ContractCoupons({ contractId }: { contractId: number }) {
  const t = useWords(deskWords)
  const can = useCan()
  const cache = useQueryClient()
  const [busy, setBusy] = useState(false)
  const queryKey = ['contracts', 'coupons', contractId]
  const path = `/contracts/${contractId}/coupons`
  const coupons = useQuery({ queryKey, queryFn: () => api.get<{ items: CouponView[] }>(path) })
  const issue = async () => {
    setBusy(true)
    try {
      cache.setQueryData(queryKey, await api.post<{ items: CouponView[] }>(path))
      toast.ok(t('issued'))
    } catch (error) {
      toast.error((error as Error).message)
    } finally {
      setBusy(false)
    }
  }
  const act = can('coupon.grant') && (
    <Button size="compact-sm" variant="default" loading={busy} onClick={() => void issue()}>
      {t('issueCoupon')}
    </Button>
  )
  return (
    <Card title={t('coupons')} actions={act}>
      <Loaded query={coupons}>
        {({ items }) =>
          items.length === 0 ? (
            <span className={css.quiet}>{t('noCoupons')}</span>
          ) : (
            <ul className={css.list}>
              {items.map((coupon) => (
                <Coupon key={coupon.id} coupon={coupon} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}

function Coupon({ coupon }: { coupon: CouponView }) {
  const t = useWords(deskWords)
  return (
    <li className={css.item}>
      <span className={css.main}>
        <span data-numeric>{coupon.code}</span>
        <span className={css.fine}>
          <DateTimeText at={coupon.validFrom} style="date" /> – <DateTimeText at={coupon.validUntil} style="date" />
          {coupon.usedTicketNumber !== null && (
            <>
              {' · '}
              <Link to={`/desk/tickets/${coupon.usedTicketNumber}`}>№ {coupon.usedTicketNumber}</Link>
            </>
          )}
        </span>
      </span>
      <Pill tone={TONES[coupon.state]}>{t(`coupon_${coupon.state}`)}</Pill>
    </li>
  )
}
