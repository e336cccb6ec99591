import { ActionIcon } from '@mantine/core'
import { IconFile, IconPaperclip, IconX } from '@tabler/icons-react'
import { type ClipboardEvent, type DragEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { classNames } from '../parts/class-names.ts'
import css from './forms.module.css'

/** A file on its way to the server. */
export interface PendingFile {
  key: string
  name: string
  size: number
  /** Share sent, 0 to 1; 1 when the server has it. */
  share: number
  failed?: string
  /** The chosen file itself, for a preview. */
  file?: File
}

export interface FileDropProps {
  onFiles: (files: File[]) => void
  children: ReactNode
}

/** Takes files dropped onto its children, and pictures pasted into them: a screenshot needs no file. */
export function FileDrop({ onFiles, children }: FileDropProps) {
  const t = useWords(kitWords)
  const [over, setOver] = useState(false)
  const take = (event: DragEvent | ClipboardEvent, files: FileList | undefined) => {
    if (!files || files.length === 0) return
    event.preventDefault()
    onFiles(Array.from(files, named))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way beside the button.
    <div
      className={classNames(css.drop, over && css.over)}
      data-words={t('dropHere')}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={(event) => {
        setOver(false)
        take(event, event.dataTransfer.files)
      }}
      onPaste={(event) => take(event, event.clipboardData.files)}
    >
      {children}
    </div>
  )
}

/** A pasted picture is called `image.png` by every browser; the time tells them apart. */
function named(file: File): File {
  if (file.name !== 'image.png') return file
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  return new File([file], `screenshot-${stamp}.png`, { type: file.type })
}

/** The button beside a drop zone. */
export function FileButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useWords(kitWords)
  const ref = useRef<HTMLInputElement>(null)
  return (
    <>
      <ActionIcon aria-label={t('attach')} title={t('attach')} size="lg" onClick={() => ref.current?.click()}>
        <IconPaperclip size={18} stroke={1.7} />
      </ActionIcon>
      <input
        ref={ref}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles(Array.from(event.target.files ?? []))
          event.target.value = ''
        }}
      />
    </>
  )
}

/** The chosen files with their progress. */
export function FileList({ files, onRemove }: { files: readonly PendingFile[]; onRemove?: (key: string) => void }) {
  const t = useWords(kitWords)
  if (files.length === 0) return null
  return (
    <ul className={css.files}>
      {files.map((file) => (
        <li key={file.key} className={classNames(css.file, file.failed && css.failed)} title={file.failed ?? file.name}>
          <Preview file={file.file} />
          <span className={css.fileName}>{file.name}</span>
          <span className={css.fileSize}>{sizeText(file.size)}</span>
          {file.share < 1 && <span className={css.fileBar} style={{ width: `${file.share * 100}%` }} />}
          {onRemove && (
            <button
              type="button"
              className={css.fileRemove}
              aria-label={`${t('remove')}: ${file.name}`}
              onClick={() => onRemove(file.key)}
            >
              <IconX size={14} />
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

function Preview({ file }: { file: File | undefined }) {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!file || !/^image\/(png|jpeg|webp|gif)$/.test(file.type)) return
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return url ? <img src={url} alt="" /> : <IconFile size={16} stroke={1.6} />
}

/** A size in the largest fitting unit: `340 KB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
