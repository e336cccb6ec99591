import { useLocale, useWords } from '@opora/ui-kit'
import { IconFileSpreadsheet, IconFileTypePdf } from '@tabler/icons-react'
import css from './desk-months.module.css'
import { monthWords } from './desk-words.ts'

const FORMATS = [
  { format: 'pdf', icon: IconFileTypePdf },
  { format: 'xlsx', icon: IconFileSpreadsheet },
] as const

/** A report's files, or that they are still being made. */
export function ReportFiles({ id, ready, compact = false }: { id: number | null; ready: boolean; compact?: boolean }) {
  const t = useWords(monthWords)
  const { locale } = useLocale()
  const other = locale === 'ru' ? 'en' : 'ru'
  if (id === null || !ready) return <span className={css.quiet}>{t('making')}</span>
  return (
    <span className={css.files}>
      {FORMATS.map(({ format, icon: Icon }) => (
        <a
          key={format}
          className={compact ? css.fileCompact : css.file}
          href={`/api/v1/reports/${id}/${format}?lang=${locale}`}
          download
          title={t('download', { format: t(format) })}
          aria-label={t('download', { format: t(format) })}
        >
          <Icon size={18} stroke={1.6} aria-hidden="true" />
          {!compact && t(format)}
        </a>
      ))}
      {!compact && (
        <span className={css.otherLanguage} lang={other}>
          {t('other')}
          {FORMATS.map(({ format }) => (
            <a key={format} href={`/api/v1/reports/${id}/${format}?lang=${other}`} download>
              {t(format)}
            </a>
          ))}
        </span>
      )}
    </span>
  )
}
