import { IconArrowForwardUp, IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Person } from '../data/marks.tsx'
import { DateTimeText } from '../data/texts.tsx'
import { kitWords } from '../locale/kit-words.ts'
import { useWords } from '../locale/locale.tsx'
import { classNames } from '../parts/class-names.ts'
import css from './conversation.module.css'
import { splitQuote } from './split-quote.ts'

/** The stream of a conversation; put `Message` and `TimelineEvent` inside. */
export function Timeline({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol className={css.timeline} aria-label={label}>
      {children}
    </ol>
  )
}

export interface MessageProps {
  /** `incoming` from outside, `reply` seen outside, `note` for colleagues only. */
  kind: 'incoming' | 'reply' | 'note'
  author: string
  at: number | string
  /** What a reply is called, where its reader is not a colleague. */
  label?: string
  /** By which way it came or went, to whom: small words after the name. */
  meta?: ReactNode
  /** `reply`: held for undo, being sent, or failed. */
  delivery?: { state: 'held' | 'failed'; words: ReactNode; action?: { label: string; run: () => void } }
  /** Files and the like, under the text. */
  footer?: ReactNode
  id?: string
  children: ReactNode
}

/** One message. A note is warm yellow with a lock, a reply blue with an arrow, and both say what they are in words. */
export function Message({ kind, label, author, at, meta, delivery, footer, id, children }: MessageProps) {
  const t = useWords(kitWords)
  return (
    <li id={id} className={classNames(css.message, css[kind])}>
      <span className={css.face}>
        <Person name={author} size={30} />
      </span>
      <article className={css.sheet}>
        <header className={css.head}>
          <span className={css.author}>{author}</span>
          {kind === 'note' && (
            <span className={css.kind}>
              <IconLock size={13} stroke={2.2} aria-hidden="true" />
              {t('note')}
            </span>
          )}
          {kind === 'reply' && (
            <span className={css.kind}>
              <IconArrowForwardUp size={14} stroke={2} aria-hidden="true" />
              {label ?? t('reply')}
            </span>
          )}
          {meta && <span className={css.meta}>{meta}</span>}
          <span className={classNames(css.meta, css.when)}>
            <DateTimeText at={at} />
          </span>
        </header>
        <div className={css.body}>{children}</div>
        {footer && <div className={css.foot}>{footer}</div>}
        {delivery && (
          <div className={classNames(css.waiting, delivery.state === 'failed' && css.failed)} role="status">
            {delivery.words}
            {delivery.action && (
              <button type="button" className={css.link} onClick={delivery.action.run}>
                {delivery.action.label}
              </button>
            )}
          </div>
        )}
      </article>
    </li>
  )
}

/** A message's plain text; what it quotes is folded. */
export function PlainText({ text }: { text: string }) {
  const t = useWords(kitWords)
  const { own, quoted } = splitQuote(text)
  return (
    <>
      <div className={css.plain}>{own}</div>
      {quoted && (
        <details className={css.quote}>
          <summary title={t('quoted')} aria-label={t('quoted')}>
            •••
          </summary>
          <div className={css.plain}>{quoted}</div>
        </details>
      )}
    </>
  )
}

/** A message's HTML that the server has cleaned. Never give it anything else. */
export function CleanHtml({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the server's allow-list is the gate; the page's policy forbids scripts and styles besides.
  return <div className={css.html} dangerouslySetInnerHTML={{ __html: html }} />
}

/** A small line between messages: who changed what. */
export function TimelineEvent({ at, icon, children }: { at: number | string; icon?: ReactNode; children: ReactNode }) {
  return (
    <li className={css.event}>
      {icon}
      <span>{children}</span>
      <DateTimeText at={at} />
    </li>
  )
}
