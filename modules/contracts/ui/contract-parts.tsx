import { DateText, Pill, type Tone, useLocale, useWords } from '@opora/ui-kit'
import type { z } from 'zod'
import type { contractRow, contractView } from '../contract.ts'
import { deskWords } from './desk-words.ts'

export type ContractRow = z.infer<typeof contractRow>
export type ContractView = z.infer<typeof contractView>
export type Terms = ContractView['terms']

const TONES: Record<ContractRow['standing'], Tone> = {
  draft: 'neutral',
  upcoming: 'info',
  active: 'ok',
  suspended: 'warn',
  ended: 'neutral',
}

/** What a contract comes to today. */
export function Standing({ standing }: { standing: ContractRow['standing'] }) {
  const t = useWords(deskWords)
  return <Pill tone={TONES[standing]}>{t(`standing_${standing}`)}</Pill>
}

export function ContractDates({ row }: { row: Pick<ContractRow, 'startsOn' | 'endsOn'> }) {
  const t = useWords(deskWords)
  return (
    <>
      {t('from')} <DateText date={row.startsOn} month="short" />
      {row.endsOn && (
        <>
          {' '}
          {t('to')} <DateText date={row.endsOn} month="short" />
        </>
      )}
    </>
  )
}

/** Something of the catalogue with a name in both languages. */
export interface Named {
  code: string
  nameRu: string
  nameEn: string
}

export function useNameOf(): (one: Named) => string {
  const { locale } = useLocale()
  return (one) => (locale === 'ru' ? one.nameRu : one.nameEn)
}
