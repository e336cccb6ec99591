import type { Locale } from '@opora/core'
import { BrandMark, useLocale, useTitle, useWords } from '@opora/ui-kit'
import type { ReactNode } from 'react'
import css from './gate.module.css'
import { sessionWords } from './session-words.ts'

const LANGUAGES: readonly [Locale, string][] = [
  ['ru', 'Русский'],
  ['en', 'English'],
]

export interface GateProps {
  title: string
  lead?: ReactNode
  children: ReactNode
}

/** The frame of the screens before one is inside: signing in and set-up. */
export function Gate({ title, lead, children }: GateProps) {
  const t = useWords(sessionWords)
  const { locale, setLocale } = useLocale()
  useTitle(`${title} · ${t('product')}`)
  return (
    <div className={css.gate}>
      <main className={css.side}>
        <div className={css.form}>
          <div className={css.brand}>
            <BrandMark size={32} />
            {t('product')}
          </div>
          <header>
            <h1 className={css.title}>{title}</h1>
            {lead && <p className={css.lead}>{lead}</p>}
          </header>
          {children}
        </div>
        <div className={css.languages}>
          {LANGUAGES.map(([tag, name]) => (
            <button
              key={tag}
              type="button"
              lang={tag}
              className={css.language}
              aria-pressed={tag === locale}
              onClick={() => setLocale(tag)}
            >
              {name}
            </button>
          ))}
        </div>
      </main>
      <Poster />
    </div>
  )
}

/** What the product is about, as one number and what it is made of. */
function Poster() {
  const t = useWords(sessionWords)
  const { locale } = useLocale()
  const hours = (ru: string, en: string) => (locale === 'ru' ? ru : en)
  return (
    <aside className={css.poster} aria-hidden="true">
      <div className={css.posterTitle}>{t('posterTitle')}</div>
      <div className={css.sum}>
        <div className={css.sumHead}>
          {t('posterLeft')}
          <span className={css.number}>{hours('9 ч 20 мин', '9 h 20 min')}</span>
        </div>
        <div className={css.sumRow}>
          <span>{t('posterPackage')}</span>
          <span>{hours('20 ч', '20 h')}</span>
        </div>
        <div className={css.sumRow}>
          <span>{t('posterCarried')}</span>
          <span>{hours('+ 2 ч', '+ 2 h')}</span>
        </div>
        <div className={css.sumRow}>
          <span>{t('posterUsed')}</span>
          <span>{hours('− 12 ч 40 мин', '− 12 h 40 min')}</span>
        </div>
      </div>
      <p className={css.posterText}>{t('posterText')}</p>
    </aside>
  )
}
