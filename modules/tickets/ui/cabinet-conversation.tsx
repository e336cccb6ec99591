import { CleanHtml, Message, PlainText, sizeText, Timeline, useWords } from '@opora/ui-kit'
import { IconPaperclip } from '@tabler/icons-react'
import css from './cabinet.module.css'
import type { CabinetMessage } from './cabinet-tickets.ts'
import { cabinetTicketWords } from './cabinet-words.ts'

const SHOWN = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif'])

export interface CabinetConversationProps {
  messages: readonly CabinetMessage[]
  /** Files are only named: opening them needs a session. */
  named?: boolean
}

/** The public messages of a request. The client's own stand on a plain sheet, ours on the blue one. */
export function CabinetConversation({ messages, named = false }: CabinetConversationProps) {
  const t = useWords(cabinetTicketWords)
  return (
    <Timeline label={t('conversation')}>
      {messages.map((message) => (
        <Message
          key={message.id}
          kind={message.fromUs ? 'reply' : 'incoming'}
          label={t('fromSupport')}
          author={message.author}
          at={message.createdAt}
          footer={message.files.length > 0 && <MessageFiles files={message.files} named={named} />}
        >
          {message.html ? <CleanHtml html={message.html} /> : <PlainText text={message.text} />}
        </Message>
      ))}
    </Timeline>
  )
}

/** Pictures as pictures, re-encoded by the server; everything else as a download. */
function MessageFiles({ files, named }: { files: CabinetMessage['files']; named: boolean }) {
  const t = useWords(cabinetTicketWords)
  if (named) {
    return (
      <div className={css.files}>
        {files.map((file) => (
          <span key={file.id} className={css.file}>
            <IconPaperclip size={15} stroke={1.7} aria-hidden="true" />
            {file.name}
          </span>
        ))}
      </div>
    )
  }
  return (
    <div className={css.files}>
      {files.map((file) =>
        SHOWN.has(file.mime) ? (
          <a key={file.id} className={css.picture} href={file.url} download={file.name}>
            <img src={`${file.url}/preview`} alt={t('picture', { name: file.name })} loading="lazy" />
          </a>
        ) : (
          <a
            key={file.id}
            className={css.file}
            href={file.url}
            download={file.name}
            aria-label={t('download', { name: file.name })}
          >
            <IconPaperclip size={15} stroke={1.7} aria-hidden="true" />
            {file.name}
            <span className={css.quiet}>{sizeText(file.sizeBytes)}</span>
          </a>
        ),
      )}
    </div>
  )
}
