import { DateText, Pill, type Tone, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { cabinetPortal } from '../contract.ts'
import css from './cabinet-portals.module.css'
import { cabinetPortalWords } from './cabinet-words.ts'

export type CabinetPortal = z.infer<typeof cabinetPortal>

export function useCabinetPortals() {
  return useQuery({
    queryKey: ['cabinet', 'portals'],
    queryFn: ({ signal }) => api.get<{ items: CabinetPortal[] }>('/cabinet/portals', { signal }),
  })
}

const TONES: Partial<Record<CabinetPortal['licenceState'], Tone>> = { active: 'ok', ending: 'warn', expired: 'danger' }

/** The company's portals: what they are, and until when they are licensed. */
export function CabinetPortals({ portals }: { portals: readonly CabinetPortal[] }) {
  const t = useWords(cabinetPortalWords)
  const { locale } = useLocale()
  return (
    <ul className={css.portals}>
      {portals.map((portal) => (
        <li key={portal.id} className={css.portal}>
          <span className={css.name}>{portal.name}</span>
          <span className={css.fine}>
            {portal.address} · {locale === 'ru' ? portal.product.nameRu : portal.product.nameEn}
          </span>
          {portal.licenceUntil && (
            <Pill tone={TONES[portal.licenceState] ?? 'neutral'} dot plain>
              {t(portal.licenceState === 'expired' ? 'licenceEnded' : 'licenceUntil')}{' '}
              <DateText date={portal.licenceUntil} month="short" />
            </Pill>
          )}
        </li>
      ))}
    </ul>
  )
}
