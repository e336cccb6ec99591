import { minutesInWords } from '@opora/core'
import { Card, EmptyState, Loaded, useLocale, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { IconFileSpreadsheet, IconFileTypePdf } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { CabinetReportView, cabinetReportList } from '../contract.ts'
import css from './cabinet-reports.module.css'
import { cabinetReportWords } from './cabinet-words.ts'

const FORMATS = [
  { format: 'pdf', icon: IconFileTypePdf },
  { format: 'xlsx', icon: IconFileSpreadsheet },
] as const

/** The monthly reports that were sent: the month in a line, and the file in both forms. */
export function CabinetReports() {
  const t = useWords(cabinetReportWords)
  const query = useQuery({
    queryKey: ['cabinet', 'reports'],
    queryFn: ({ signal }) => api.get<z.infer<typeof cabinetReportList>>('/cabinet/reports', { signal }),
  })
  return (
    <Card flush>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('none')} text={t('noneText')} />
          ) : (
            <ul className={css.reports}>
              {items.map((report) => (
                <Report key={report.id} report={report} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}

function Report({ report }: { report: CabinetReportView }) {
  const t = useWords(cabinetReportWords)
  const { locale } = useLocale()
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${report.month}-15T00:00:00Z`),
  )
  const { summary } = report
  const other = locale === 'ru' ? 'en' : 'ru'
  const kept = summary.keptPermille === null ? null : Math.round(summary.keptPermille / 10)
  return (
    <li className={css.report}>
      <div>
        <h2 className={css.month}>{month}</h2>
        <p className={css.fine}>{t('contract', { number: report.contract.number })}</p>
        <p className={css.summary}>
          {t('solved', { n: summary.solved })}
          {summary.rejected > 0 && <> · {t('rejected', { n: summary.rejected })}</>} ·{' '}
          {t('worked', { time: minutesInWords(summary.workedMinutes, locale) })}
          {kept !== null && <> · {t('kept', { share: kept })}</>}
          {summary.breaches > 0 && <> · {t('breaches', { n: summary.breaches })}</>}
        </p>
      </div>
      <div className={css.files}>
        {FORMATS.map(({ format, icon: Icon }) => (
          <a
            key={format}
            className={css.file}
            href={`/api/v1/cabinet/reports/${report.id}/${format}?lang=${locale}`}
            download
            aria-label={t('download', { month, format: t(format) })}
          >
            <Icon size={19} stroke={1.6} aria-hidden="true" />
            {t(format)}
          </a>
        ))}
        <span className={css.other} lang={other}>
          {t('other')}
          {FORMATS.map(({ format }) => (
            <a key={format} href={`/api/v1/cabinet/reports/${report.id}/${format}?lang=${other}`} download>
              {t(format)}
            </a>
          ))}
        </span>
      </div>
    </li>
  )
}
