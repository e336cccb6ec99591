import { Button, FileButton } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import css from './forms.module.css'

export interface PickFileProps {
  /** What the file is. */
  label: string
  /** What the browser offers to choose, as the `accept` of an input. */
  accept: string
  /** The chosen file's name. */
  name?: string | undefined
  onFile: (file: File) => void
}

/** One file from the disk: a browser's own button speaks the browser's language, this one the user's. */
export function PickFile({ label, accept, name, onFile }: PickFileProps) {
  const t = useWords(kitWords)
  return (
    <div className={css.pickFile}>
      <span>{label}</span>
      <FileButton accept={accept} onChange={(file) => file && onFile(file)} inputProps={{ 'aria-label': label }}>
        {(button) => (
          <Button {...button} variant="default" leftSection={<IconPaperclip size={16} stroke={1.7} />}>
            {name ?? t('chooseFile')}
          </Button>
        )}
      </FileButton>
    </div>
  )
}
