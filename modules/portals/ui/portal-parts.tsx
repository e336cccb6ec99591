import { DateText, Pill, type Tone, useLocale, useWords } from '@opora/ui-kit'
import type { PortalView, ProductView } from '../contract.ts'
import css from './desk.module.css'
import { deskWords } from './desk-words.ts'

const TONES: Record<PortalView['licenceState'], Tone> = {
  unknown: 'neutral',
  active: 'ok',
  ending: 'warn',
  expired: 'danger',
}

/** Whether the portal is licensed, and until when. */
export function Licence({ portal }: { portal: PortalView }) {
  const t = useWords(deskWords)
  const { licenceState, licenceUntil } = portal
  return (
    <span className={css.marks}>
      <Pill tone={TONES[licenceState]}>{t(`licence_${licenceState}`)}</Pill>
      {licenceUntil && (
        <span className={css.fine}>
          {licenceState !== 'expired' && `${t('until')} `}
          <DateText date={licenceUntil} month="short" />
        </span>
      )}
    </span>
  )
}

export function useProductName(): (product: ProductView) => string {
  const { locale } = useLocale()
  return (product) => (locale === 'ru' ? product.nameRu : product.nameEn)
}

/** An address as a link where it is one of the web. */
export function PortalAddress({ address }: { address: string }) {
  if (!/^https?:\/\//.test(address)) return <>{address}</>
  return (
    <a href={address} target="_blank" rel="noreferrer">
      {address.replace(/^https?:\/\//, '')}
    </a>
  )
}
