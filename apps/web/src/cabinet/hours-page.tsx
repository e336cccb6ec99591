import { CabinetCoupons, CabinetHoursMonth } from '@opora/contracts/ui'
import { useWords } from '@opora/ui-kit'
import { CabinetPage } from './cabinet-page.tsx'
import { cabinetWords } from './cabinet-words.ts'
import css from './pages.module.css'
import { useRights } from './use-rights.ts'

export function HoursPage() {
  const t = useWords(cabinetWords)
  const { may } = useRights()
  return (
    <CabinetPage title={t('hours')} narrow>
      <div className={css.stack}>
        <CabinetHoursMonth />
        {may('coupon.read') && <CabinetCoupons />}
      </div>
    </CabinetPage>
  )
}
