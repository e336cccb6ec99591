import { escapeHtml, linkTarget, sanitiseHtml, textToHtml } from '@opora/tickets/sanitise'
import { htmlToText } from '../domain/html-text.ts'
import { REPLY_LINE } from '../domain/visible-reply/separators.ts'

export interface LetterParts {
  locale: 'ru' | 'en'
  /** Shown above: who writes, for example the provider's name. */
  title: string
  /** The words. HTML is cleaned here, whatever was done before. */
  body: { html: string } | { text: string }
  /** Facts below the words, in pairs: number, promised times. */
  facts?: readonly { label: string; value: string }[]
  /** Buttons: a link into the cabinet, an approval, a rating. Links of other schemes than http and https are left out. */
  links?: readonly { label: string; url: string }[]
  /** Asks to answer above a line, where the answer comes back to us. */
  asksForReply: boolean
  footer?: string
}

/** The same letter as text and as HTML without styles from outside, scripts or pictures of other hosts. */
export function renderLetter(parts: LetterParts): { text: string; html: string } {
  return { text: asText(parts), html: asHtml(parts) }
}

function asHtml(parts: LetterParts): string {
  const body = 'html' in parts.body ? sanitiseHtml(parts.body.html) : textToHtml(parts.body.text)
  const sections = [
    parts.asksForReply ? `<p style="color:#6b7280;font-size:12px">${escapeHtml(REPLY_LINE[parts.locale])}</p>` : '',
    `<p style="font-weight:bold">${escapeHtml(parts.title)}</p>`,
    `<div>${body}</div>`,
    factTable(parts.facts ?? []),
    webLinks(parts).map(button).join('\n'),
    parts.footer === undefined ? '' : `<p style="color:#6b7280;font-size:12px">${textToHtml(parts.footer)}</p>`,
  ]
  const content = sections.filter((section) => section !== '').join('\n')
  return `<!doctype html>
<html lang="${parts.locale}"><head><meta charset="utf-8"></head>
<body style="font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5">
${content}
</body></html>
`
}

function factTable(facts: readonly { label: string; value: string }[]): string {
  if (facts.length === 0) return ''
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><td style="padding:2px 16px 2px 0;color:#6b7280">${escapeHtml(label)}</td><td>${escapeHtml(value)}</td></tr>`,
  )
  return `<table style="margin:12px 0">${rows.join('')}</table>`
}

function webLinks(parts: LetterParts): { label: string; url: string }[] {
  return (parts.links ?? []).flatMap(({ label, url }) => {
    const target = linkTarget(url)
    return target !== null && /^https?:/.test(target) ? [{ label, url: target }] : []
  })
}

function button({ label, url }: { label: string; url: string }): string {
  const style = 'display:inline-block;padding:8px 16px;margin:4px 8px 4px 0;border:1px solid #1c7ed6;border-radius:6px'
  return `<a href="${escapeHtml(url)}" style="${style}">${escapeHtml(label)}</a>`
}

function asText(parts: LetterParts): string {
  const body = 'html' in parts.body ? htmlAsText(parts.body.html) : parts.body.text
  const facts = (parts.facts ?? []).map(({ label, value }) => `${label}: ${value}`)
  const links = webLinks(parts).map(({ label, url }) => `${label}: ${url}`)
  const sections = [
    parts.asksForReply ? REPLY_LINE[parts.locale] : '',
    parts.title,
    body.trim(),
    facts.join('\n'),
    links.join('\n'),
    parts.footer ?? '',
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

function htmlAsText(html: string): string {
  return htmlToText(sanitiseHtml(html))
}
