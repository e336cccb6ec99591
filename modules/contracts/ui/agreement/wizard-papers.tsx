import { ActionIcon } from '@mantine/core'
import { Card, FileButton, sizeText, useWords } from '@opora/ui-kit'
import { upload } from '@opora/ui-kit/api'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import css from '../catalogue/catalogue.module.css'
import { Choice } from '../catalogue/fields.tsx'
import { agreementWords } from './agreement-words.ts'

const KINDS = ['contract', 'annex', 'letter', 'other'] as const

/** A paper that is attached once the contract is made. */
export interface DraftPaper {
  kind: (typeof KINDS)[number]
  file: File
}

/** Attaches each; one that fails is told by name and keeps the others from nothing. */
export async function attach(
  contractId: number,
  papers: readonly DraftPaper[],
  onFailed: (name: string) => void,
): Promise<void> {
  for (const { kind, file } of papers) {
    try {
      await upload(`/contracts/${contractId}/files?kind=${kind}`, file)
    } catch {
      onFailed(file.name)
    }
  }
}

/** The signed text, annexes, the letter of guarantee: chosen here, attached with the conclusion. */
export function PapersStep({
  papers,
  onPapers,
}: {
  papers: readonly DraftPaper[]
  onPapers: (papers: DraftPaper[]) => void
}) {
  const t = useWords(agreementWords)
  const [kind, setKind] = useState<DraftPaper['kind']>('contract')
  return (
    <Card title={t('documents')}>
      <ul className={css.lines}>
        <li className={css.hint}>{t('papersHint')}</li>
        {papers.map((paper) => (
          <li key={`${paper.kind} ${paper.file.name} ${paper.file.size}`}>
            {paper.file.name}
            <span className={css.fine}>
              {t(`kind_${paper.kind}`)}, {sizeText(paper.file.size)}
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('removePaper', { name: paper.file.name })}
              onClick={() => onPapers(papers.filter((one) => one !== paper))}
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
        <FileButton onFiles={(files) => onPapers([...papers, ...files.map((file) => ({ kind, file }))])} />
      </div>
    </Card>
  )
}
