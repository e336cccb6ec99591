import { IconArrowForwardUp, IconLock, IconSend } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import { FileButton, FileDrop, FileList, type PendingFile } from '../forms/file-drop.tsx'
import { comboOf } from '../keys/combo.ts'
import { useHotkeys } from '../keys/hotkeys.ts'
import { KeyCap } from '../keys/key-cap.tsx'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { classNames } from '../parts/class-names.ts'
import css from './composer.module.css'
import { type InlinePicker, PickerList, useInlinePicker } from './inline-picker.tsx'

export type ComposerMode = 'reply' | 'note'

export interface ComposerProps {
  mode: ComposerMode
  onMode: (mode: ComposerMode) => void
  text: string
  onText: (text: string) => void
  /** Who will see a reply, in words: «Иван Петров, bitrix@client.ru». A note has nobody, by its nature. */
  audience: string
  /** Copies and other recipients; drawn for a reply only. */
  recipients?: ReactNode
  files?: readonly PendingFile[]
  onFiles?: (files: File[]) => void
  onRemoveFile?: (key: string) => void
  /** Above the buttons: the timer and what the time will cost. */
  extra?: ReactNode
  /** Between the tabs and the text: what will happen on sending, what came in meanwhile. */
  head?: ReactNode
  /** What the button says when sending does more than send. */
  sendLabel?: string | undefined
  /** Moves the caret into the text from outside: `handle.current?.()`. */
  handle?: { current: (() => void) | null }
  /** Small tools left of the button: templates, snooze. */
  tools?: ReactNode
  /** More ways to send, right of the button: «отправить и следующее». */
  moreSends?: ReactNode
  pickers?: readonly InlinePicker[]
  busy?: boolean
  /** The server has the draft. */
  kept?: boolean
  onSend: (mode: ComposerMode) => void
}

/** Where an answer is written. Reply and note differ in colour, icon, wording and button, and only a reply has recipients. */
export function Composer(props: ComposerProps) {
  const { mode, text, files = [], onFiles } = props
  const t = useWords(kitWords)
  const ref = useRef<HTMLTextAreaElement>(null)
  const picker = useInlinePicker({ text, onText: props.onText, pickers: props.pickers ?? [], ref })
  const isNote = mode === 'note'
  if (props.handle) props.handle.current = () => ref.current?.focus()
  const uploading = files.some((file) => file.share < 1 && !file.failed)
  const ready = !props.busy && !uploading && (text.trim() !== '' || files.length > 0)
  const begin = (wanted: ComposerMode) => {
    props.onMode(wanted)
    ref.current?.focus()
  }
  useHotkeys([
    { combo: 'r', label: t('reply'), group: t('reply'), run: () => begin('reply') },
    { combo: 'n', label: t('note'), group: t('reply'), run: () => begin('note') },
    { combo: 'mod+Enter', label: t('keySend'), group: t('reply'), run: () => ready && props.onSend(mode) },
  ])
  const body = (
    <>
      <textarea
        ref={ref}
        className={css.text}
        value={text}
        aria-label={isNote ? t('note') : t('reply')}
        placeholder={isNote ? t('notePlaceholder') : t('replyPlaceholder')}
        onChange={(event) => picker.onChange(event.target.value, event.target.selectionStart)}
        onBlur={picker.close}
        onKeyDown={(event) => {
          if (picker.onKeyDown(event)) return
          if (comboOf(event) === 'Escape') ref.current?.blur()
        }}
      />
      <PickerList picker={picker} />
    </>
  )
  return (
    <section
      className={classNames(
        css.composer,
        isNote && css.note,
        (text !== '' || files.length > 0 || props.sendLabel !== undefined) && css.filled,
      )}
      aria-label={isNote ? t('note') : t('reply')}
    >
      <ModeTabs mode={mode} begin={begin} audience={props.audience} />
      {props.head}
      {!isNote && props.recipients && <div className={css.recipients}>{props.recipients}</div>}
      {onFiles ? <FileDrop onFiles={onFiles}>{body}</FileDrop> : <div>{body}</div>}
      {files.length > 0 && (
        <div className={css.files}>
          <FileList files={files} onRemove={props.onRemoveFile} />
        </div>
      )}
      {props.extra && <div className={css.extra}>{props.extra}</div>}
      <footer className={css.bar}>
        {onFiles && <FileButton onFiles={onFiles} />}
        {props.tools}
        {props.kept && text !== '' && <span className={css.kept}>{t('draftKept')}</span>}
        <div className={css.send}>
          <SendButton isNote={isNote} label={props.sendLabel} disabled={!ready} onClick={() => props.onSend(mode)} />
          {!isNote && props.moreSends}
        </div>
      </footer>
    </section>
  )
}

interface SendButtonProps {
  isNote: boolean
  label: string | undefined
  disabled: boolean
  onClick: () => void
}

function SendButton({ isNote, label, disabled, onClick }: SendButtonProps) {
  const t = useWords(kitWords)
  const Icon = isNote ? IconLock : IconSend
  return (
    <button type="button" className={css.button} disabled={disabled} onClick={onClick}>
      <Icon size={16} stroke={2} aria-hidden="true" />
      {label ?? (isNote ? t('saveNote') : t('sendReply'))}
      <KeyCap combo="mod+Enter" />
    </button>
  )
}

function ModeTabs({
  mode,
  begin,
  audience,
}: {
  mode: ComposerMode
  begin: (mode: ComposerMode) => void
  audience: string
}) {
  const t = useWords(kitWords)
  return (
    <div className={css.tabs} role="tablist">
      <button
        type="button"
        role="tab"
        aria-selected={mode === 'reply'}
        className={css.tab}
        onClick={() => begin('reply')}
      >
        <IconArrowForwardUp size={16} stroke={2} aria-hidden="true" />
        {t('reply')}
      </button>
      <button
        type="button"
        role="tab"
        aria-selected={mode === 'note'}
        className={css.tab}
        onClick={() => begin('note')}
      >
        <IconLock size={15} stroke={2} aria-hidden="true" />
        {t('note')}
      </button>
      <span className={css.said}>{mode === 'note' ? t('noteHint') : t('replyHint', { people: audience })}</span>
    </div>
  )
}
