import { useCan } from '@opora/people/ui'
import { Card, DateTimeText, FileButton, Loaded, sizeText, toast, useWords } from '@opora/ui-kit'
import { api, upload } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { contractFileList } from '../../contract.ts'
import css from '../catalogue/catalogue.module.css'
import { Choice } from '../catalogue/fields.tsx'
import { agreementWords } from './agreement-words.ts'

type Files = z.infer<typeof contractFileList>
const KINDS = ['contract', 'annex', 'letter', 'handover', 'other'] as const

/** The signed text, annexes, letters: attached and taken from here. */
export function ContractPapers({ contractId }: { contractId: number }) {
  const t = useWords(agreementWords)
  const may = useCan()('contract.change')
  const cache = useQueryClient()
  const [kind, setKind] = useState<(typeof KINDS)[number]>('contract')
  const queryKey = ['contracts', 'files', contractId]
  const list = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get<Files>(`/contracts/${contractId}/files`, { signal }),
  })
  const send = async (files: File[]) => {
    for (const file of files) await upload(`/contracts/${contractId}/files?kind=${kind}`, file)
    await cache.invalidateQueries({ queryKey })
  }
  return (
    <Card title={t('documents')}>
      <Loaded query={list}>
        {({ items }) => (
          <ul className={css.lines}>
            {items.length === 0 && <li className={css.hint}>{t('noDocuments')}</li>}
            {items.map((one) => (
              <li key={one.id}>
                <a href={`/api/v1/contracts/${contractId}/files/${one.id}/content`} download={one.name}>
                  {one.name}
                </a>
                <span className={css.fine}>{sizeText(one.sizeBytes)}</span>
                <span className={css.fine}>
                  {t(`kind_${one.kind}`)}
                  {one.by && `, ${one.by}`}, <DateTimeText at={one.addedAt} style="date" />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {may && (
        <div className={css.row}>
          <Choice
            hidden
            label={t('fileKind')}
            value={kind}
            choices={KINDS.map((one) => [one, t(`kind_${one}`)])}
            onChange={setKind}
          />
          <FileButton onFiles={(files) => void send(files).catch((error: unknown) => toast.error(String(error)))} />
        </div>
      )}
    </Card>
  )
}
