import { Loaded, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { mark } from '../board-marks.ts'
import { ChangeList } from '../change-list.tsx'
import type { Comparison } from '../process-data.ts'
import css from './designer.module.css'
import { designerWords } from './designer-words.ts'
import type { Modeler } from './modeler.ts'

interface Props {
  modeler: Modeler
  processKey: string
  xml: string
  version: number
  onShow: (id: string) => void
}

/** What the drawing changes against the published version, marked on it and in words. */
export function ChangesPanel({ modeler, processKey, xml, version, onShow }: Props) {
  const t = useWords(designerWords)
  const compared = useQuery({
    queryKey: ['process-comparison', processKey, version, xml],
    queryFn: () =>
      api.post<Comparison>('/process-comparisons', { key: processKey, before: { version }, after: { xml } }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { data } = compared
  useEffect(() => {
    if (!data) return
    const marks = data.changes.map((change) => [change.elementId, `opora-${change.change}`] as const)
    return mark(modeler, marks)
  }, [modeler, data])
  return (
    <div className={css.panel}>
      <Loaded query={compared}>
        {({ changes }) =>
          changes.length === 0 ? (
            <p className={css.about}>{t('noChanges', { version })}</p>
          ) : (
            <>
              <p className={css.about}>{t('sinceVersion', { version })}</p>
              <ChangeList changes={changes} onShow={(change) => onShow(change.elementId)} />
            </>
          )
        }
      </Loaded>
    </div>
  )
}
