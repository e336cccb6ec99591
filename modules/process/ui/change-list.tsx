import { Pill, type Tone, useLocale, useWords } from '@opora/ui-kit'
import css from './change-list.module.css'
import { designerWords } from './designer/designer-words.ts'
import type { Comparison } from './process-data.ts'

type Change = Comparison['changes'][number]
const TONES: Record<Change['change'], Tone> = { added: 'ok', removed: 'danger', changed: 'warn' }

/** Differences of two versions in words; a press shows the place. */
export function ChangeList({ changes, onShow }: { changes: readonly Change[]; onShow: (change: Change) => void }) {
  const t = useWords(designerWords)
  const { locale } = useLocale()
  return (
    <ul className={css.list}>
      {changes.map((change) => (
        <li key={`${change.change} ${change.elementId}`}>
          <button type="button" className={css.head} onClick={() => onShow(change)}>
            <Pill tone={TONES[change.change]}>{t(change.change)}</Pill>
            <span className={css.name}>{change.name[locale] || change.elementId}</span>
          </button>
          {change.details.length > 0 && (
            <dl className={css.details}>
              {change.details.map((detail) => (
                <div key={`${detail.label.ru} ${detail.before.ru} ${detail.after.ru}`}>
                  <dt>{detail.label[locale]}</dt>
                  <dd>
                    <del>{detail.before[locale] || t('nothing')}</del> <ins>{detail.after[locale] || t('nothing')}</ins>
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </li>
      ))}
    </ul>
  )
}
