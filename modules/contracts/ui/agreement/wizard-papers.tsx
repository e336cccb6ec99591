import { ActionIcon } from '@mantine/core'
import { Card, FileButton, sizeText, toast, useWords } from '@opora/ui-kit'
import { api, upload } from '@opora/ui-kit/api'
import { IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { contractFileList } from '../../contract.ts'
import css from '../catalogue/catalogue.module.css'
import { Choice } from '../catalogue/fields.tsx'
import { agreementWords } from './agreement-words.ts'

type Papers = z.infer<typeof contractFileList>

const KINDS = ['contract', 'annex', 'letter', 'other'] as const

/** The signed text, annexes, the letter of guarantee: kept with the draft, the contract's own once it is concluded. */
export function PapersStep({ draftId, keep }: { draftId: number | null; keep: () => Promise<number | null> }) {
  const t = useWords(agreementWords)
  const cache = useQueryClient()
  const [kind, setKind] = useState<(typeof KINDS)[number]>('contract')
  const [busy, setBusy] = useState(false)
  const { data } = useQuery({
    queryKey: ['contract-drafts', 'files', draftId],
    queryFn: ({ signal }) => api.get<Papers>(`/contract-drafts/${draftId}/files`, { signal }),
    enabled: draftId !== null,
  })
  const act = async (change: (path: string) => Promise<unknown>) => {
    setBusy(true)
    try {
      const id = await keep()
      if (id !== null) await change(`/contract-drafts/${id}/files`)
    } catch (error) {
      toast.error(String(error))
    } finally {
      await cache.invalidateQueries({ queryKey: ['contract-drafts', 'files'] })
      setBusy(false)
    }
  }
  const send = async (path: string, files: readonly File[]) => {
    for (const file of files) await upload(`${path}?kind=${kind}`, file)
  }
  return (
    <Card title={t('documents')}>
      <ul className={css.lines}>
        <li className={css.hint}>{t('papersHint')}</li>
        {data?.items.map((paper) => (
          <li key={paper.id}>
            {paper.name}
            <span className={css.fine}>
              {t(`kind_${paper.kind}`)}, {sizeText(paper.sizeBytes)}
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={busy}
              aria-label={t('removePaper', { name: paper.name })}
              onClick={() => void act((path) => api.delete(`${path}/${paper.id}`))}
            >
              <IconX size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <div className={css.row}>
        <Choice
          hidden
          label={t('fileKind')}
          value={kind}
          choices={KINDS.map((one) => [one, t(`kind_${one}`)])}
          onChange={setKind}
        />
        <FileButton onFiles={(files) => void act((path) => send(path, files))} />
      </div>
    </Card>
  )
}
