/** Loaders of the desk's pages: each page is a chunk of its own. */
export const lettersPage = () => import('./letters-page.tsx').then((m) => m.LettersPage)
export const letterPage = () => import('./letter-page.tsx').then((m) => m.LetterPage)
export const mailboxesPage = () => import('./mailboxes-page.tsx').then((m) => m.MailboxesPage)
