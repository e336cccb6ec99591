import type { Message } from '../../contract.ts'

type File = Message['files'][number]

/** What of a message is shown at first: its own words; `whole` when there is more behind them. */
export function bodyOf(message: Pick<Message, 'html' | 'text' | 'visibleText'>): {
  html: string | null
  text: string
  whole: boolean
} {
  const own = message.visibleText.trim()
  const quotes = own !== '' && own.length < message.text.trim().length
  if (message.html !== null && !quotes) return { html: message.html, text: message.text, whole: false }
  if (quotes) return { html: null, text: own, whole: true }
  return { html: null, text: message.text, whole: false }
}

/** Pictures inside a letter are shown by our own re-encoded previews; those that did not come are left out. */
export function withPictures(html: string, files: readonly File[]): string {
  return html.replace(/src="cid:([^"]*)"/g, (_match, cid: string) => {
    const file = files.find((one) => one.inlineCid === cid)
    return file ? `src="${file.url}/preview"` : ''
  })
}
