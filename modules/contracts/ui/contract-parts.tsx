import { DateText, MinutesText, Pill, type Tone, useLocale, useWords } from '@opora/ui-kit'
import type { z } from 'zod'
import type { contractRow, contractView } from '../contract.ts'
import css from './desk.module.css'
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

/** Hours left of those given, with a mark where they run out; in words where the contract sells none. */
export function HoursLeft({ row: { hours, packageCode } }: { row: Pick<ContractRow, 'hours' | 'packageCode'> }) {
  const t = useWords(deskWords)
  if (hours === null) return <span className={css.quiet}>{t(packageCode === null ? 'byFact' : 'byServices')}</span>
  const { state, leftMinutes, ofMinutes } = hours
  return (
    <span className={css.hours}>
      <span>
        <MinutesText minutes={leftMinutes} />{' '}
        <span className={css.quiet}>
          {t('of')} <MinutesText minutes={ofMinutes} />
        </span>
      </span>
      {state !== 'covered' && <Pill tone={state === 'low' ? 'warn' : 'danger'}>{t(`hours_${state}`)}</Pill>}
    </span>
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
