import { type ImapAccount, type ImapFault, imapFault } from './imap-account.ts'
import { createImapClient, hangUp } from './imap-poller.ts'

const PATIENCE_MS = 15_000

/** Signs in and opens the folder, changing nothing; null: it works. The fault is one of a closed list, whatever the server said. */
export async function tryImapAccount(
  account: ImapAccount,
  resolve: (host: string, port: number) => Promise<string>,
): Promise<ImapFault | null> {
  try {
    const client = await createImapClient({ account, resolve })
    let broken: unknown = null
    client.on('error', (error) => {
      broken ??= error
    })
    const late = setTimeout(() => client.close(), PATIENCE_MS)
    try {
      await client.connect()
      const lock = await client.getMailboxLock(account.folder ?? 'INBOX', { readOnly: true })
      lock.release()
      return null
    } catch (error) {
      return imapFault(broken ?? error)
    } finally {
      clearTimeout(late)
      await hangUp(client, broken === null)
    }
  } catch (error) {
    return imapFault(error)
  }
}
