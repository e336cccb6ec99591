import { useLocale, useWords } from '@opora/ui-kit'
import type { Terms } from './contract-parts.tsx'
import css from './desk.module.css'
import { type TermsGroup, termsLines } from './terms-lines.ts'
import { useTermsNames } from './terms-names.ts'
import { termsWords } from './terms-words.ts'

const GROUPS: readonly TermsGroup[] = ['money', 'forms', 'time', 'rates', 'who', 'duty']

/** What a contract says, in plain words. */
export function TermsList({ terms }: { terms: Terms }) {
  const t = useWords(termsWords)
  const { locale } = useLocale()
  const lines = termsLines(terms, useTermsNames(), locale)
  return (
    <div className={css.column}>
      {GROUPS.map((group) => {
        const shown = lines.filter((line) => line.group === group)
        return (
          shown.length > 0 && (
            <section key={group}>
              <h3 className={css.subhead}>{t(`group_${group}`)}</h3>
              <dl className={css.terms}>
                {shown.map((line) => (
                  <div key={line.key}>
                    <dt>{line.name}</dt>
                    <dd>{line.value}</dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        )
      })}
    </div>
  )
}
