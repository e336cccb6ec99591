import { Dialog, sizeText, useWords } from '@opora/ui-kit'
import { IconDownload, IconFile } from '@tabler/icons-react'
import { useState } from 'react'
import type { Message } from '../../contract.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'

type FileLink = Message['files'][number]

const PREVIEWED = /^image\/(png|jpeg|webp|gif)$/

/** Files of a message: pictures are seen at once and large at a click, others are downloaded. */
export function MessageFiles({ files }: { files: readonly FileLink[] }) {
  const [shown, setShown] = useState<FileLink | null>(null)
  return (
    <>
      {files.map((file) =>
        PREVIEWED.test(file.mime) ? (
          <Picture key={file.id} file={file} onOpen={() => setShown(file)} />
        ) : (
          <Download key={file.id} file={file} />
        ),
      )}
      {shown && (
        <Dialog title={shown.name} size="wide" onClose={() => setShown(null)}>
          <img className={css.large} src={`${shown.url}/preview`} alt={shown.name} />
          <p className={css.buttons}>
            <Download file={shown} />
          </p>
        </Dialog>
      )}
    </>
  )
}

function Picture({ file, onOpen }: { file: FileLink; onOpen: () => void }) {
  const t = useWords(ticketWords)
  const [broken, setBroken] = useState(false)
  if (broken) return <Download file={file} />
  return (
    <button type="button" className={css.picture} title={`${file.name}, ${sizeText(file.sizeBytes)}`} onClick={onOpen}>
      <img
        src={`${file.url}/preview`}
        alt={t('fileOf', { name: file.name })}
        loading="lazy"
        onError={() => setBroken(true)}
      />
    </button>
  )
}

function Download({ file }: { file: FileLink }) {
  const t = useWords(ticketWords)
  return (
    <a className={css.file} href={file.url} download={file.name} title={t('download', { name: file.name })}>
      <IconFile size={16} stroke={1.6} aria-hidden="true" />
      <span className={css.fileName}>{file.name}</span>
      <span className={css.quiet}>{sizeText(file.sizeBytes)}</span>
      <IconDownload size={14} stroke={1.8} aria-hidden="true" />
    </a>
  )
}
