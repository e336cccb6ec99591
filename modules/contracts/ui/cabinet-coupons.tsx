import { TextInput } from '@mantine/core'
import { Card, DateTimeText, Pill, type Tone, useWords } from '@opora/ui-kit'
import type { CouponView } from '../contract.ts'
import css from './cabinet-hours.module.css'
import { useCoupons } from './cabinet-hours.ts'
import { cabinetHoursWords } from './cabinet-words.ts'

const TONES: Record<CouponView['state'], Tone> = { not_yet: 'neutral', ready: 'ok', spent: 'neutral', lapsed: 'warn' }

/** The company's coupons with their codes; nothing when it never had one. */
export function CabinetCoupons() {
  const t = useWords(cabinetHoursWords)
  const { data } = useCoupons(true)
  if (!data || data.items.length === 0) return null
  return (
    <Card title={t('coupons')}>
      <ul className={css.movements}>
        {data.items.map((coupon) => (
          <li key={coupon.id} className={css.bucket}>
            <span>
              <code>{coupon.code}</code>
              <span className={css.step}>
                {t('until')} <DateTimeText at={coupon.validUntil} style="date" />
              </span>
            </span>
            <Pill tone={TONES[coupon.state]} dot plain>
              {t(coupon.state)}
            </Pill>
          </li>
        ))}
      </ul>
    </Card>
  )
}

export interface CouponFieldProps {
  /** Who sees the company's coupons picks one; the others type the code that they were given. */
  maySee: boolean
  code: string
  onCode: (code: string) => void
  error: string | undefined
}

/** The last step of a new request: spending a coupon. */
export function CouponField({ maySee, code, onCode, error }: CouponFieldProps) {
  const t = useWords(cabinetHoursWords)
  const { data } = useCoupons(maySee)
  const ready = data?.items.filter((coupon) => coupon.state === 'ready') ?? []
  return (
    <>
      <p className={css.fine}>{t('couponText')}</p>
      {ready.length === 0 ? (
        <TextInput
          name="couponCode"
          label={t('couponCode')}
          description={t('couponHint')}
          autoComplete="off"
          error={error}
          value={code}
          onChange={(event) => onCode(event.currentTarget.value)}
        />
      ) : (
        <div className={css.coupons} role="radiogroup" aria-label={t('coupons')}>
          {[{ id: 0, code: '' }, ...ready].map((coupon) => (
            <label key={coupon.id} className={css.coupon}>
              <input
                type="radio"
                name="couponCode"
                checked={code === coupon.code}
                onChange={() => onCode(coupon.code)}
              />
              {coupon.code === '' ? t('couponNone') : t('couponUse', { code: coupon.code })}
            </label>
          ))}
          {error && <p className={css.error}>{error}</p>}
        </div>
      )}
    </>
  )
}
