import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/** A real IMAP server on a free port of this machine, with one mailbox. */
export interface Dovecot {
  host: '127.0.0.1'
  port: number
  user: string
  password: string
  /** Puts a raw letter into the inbox. */
  deliver(raw: string | Buffer): Promise<void>
  /** Starts the server anew with its UIDs and keywords forgotten: the inbox has a new UIDVALIDITY. */
  changeUidValidity(): Promise<void>
  /** File names of the letters in a folder of the mailbox; `''` is the inbox. */
  letters(folder?: string): Promise<string[]>
  stop(): Promise<void>
  start(): Promise<void>
  /** Stops it for good and takes its files away. */
  remove(): Promise<void>
}

const BINARY = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/usr/libexec/dovecot/dovecot'].find(existsSync)
const PASSWORD = 'letters-for-tests'

/** Dovecot where this machine has it, else `null`: the test then says which server it used instead. */
export async function startDovecot(): Promise<Dovecot | null> {
  if (BINARY === undefined) return null
  const home = await mkdtemp(join(tmpdir(), 'opora-dovecot-'))
  const maildir = join(home, 'mail')
  for (const folder of ['cur', 'new', 'tmp']) await mkdir(join(maildir, folder), { recursive: true })
  const port = await freePort()
  const config = join(home, 'dovecot.conf')
  await writeFile(config, configuration(home, port))
  await writeFile(join(home, 'users'), `tester:{PLAIN}${PASSWORD}\n`)
  await chmod(home, 0o755)
  if (process.getuid?.() === 0) await giveAway(home)
  let stop = await launch(BINARY, config, port)
  let count = 0
  return {
    host: '127.0.0.1',
    port,
    user: 'tester',
    password: PASSWORD,
    async deliver(raw) {
      count += 1
      const name = `${process.pid}.${String(count).padStart(6, '0')}.test`
      const draft = join(maildir, 'tmp', name)
      await writeFile(draft, raw, { mode: 0o644 })
      await own(draft)
      // the server takes a letter out of `new` the moment it lies there
      await rename(draft, join(maildir, 'new', name))
    },
    async changeUidValidity() {
      await stop()
      const list = join(maildir, 'dovecot-uidlist')
      const old = /^3 V(\d+)/.exec(await readFile(list, 'utf8'))?.[1] ?? '1'
      for (const name of await readdir(maildir)) {
        if (name.startsWith('dovecot')) await rm(join(maildir, name), { recursive: true })
      }
      await writeFile(list, `3 V${Number(old) + 1} N1\n`)
      await own(list)
      stop = await launch(BINARY, config, port)
    },
    async letters(folder = '') {
      const base = folder === '' ? maildir : join(maildir, `.${folder}`)
      const names = await Promise.all(['new', 'cur'].map((part) => readdir(join(base, part)).catch(() => [])))
      return names.flat().sort()
    },
    async start() {
      stop = await launch(BINARY, config, port)
    },
    async stop() {
      await stop()
    },
    async remove() {
      await stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** Started by root, Dovecot reads mail as another user; started by anybody else, as himself. */
const READER = process.getuid?.() === 0 ? { name: 'mail', uid: 8, gid: 8 } : null

async function own(path: string): Promise<void> {
  if (READER) await chown(path, READER.uid, READER.gid)
}

async function giveAway(folder: string): Promise<void> {
  await own(join(folder, 'mail'))
  for (const part of ['cur', 'new', 'tmp']) await own(join(folder, 'mail', part))
}

function configuration(home: string, port: number): string {
  const me = userInfo().username
  const group = groupName(userInfo().gid)
  const reader = READER ? `mail_uid = ${READER.uid}\nmail_gid = ${READER.gid}\nfirst_valid_uid = 1` : ''
  const owner = READER
    ? ''
    : `default_internal_user = ${me}\ndefault_login_user = ${me}\ndefault_internal_group = ${group}`
  const jail = READER ? '' : 'chroot ='
  return `
protocols = imap
listen = 127.0.0.1
base_dir = ${home}/run
state_dir = ${home}/state
log_path = ${home}/log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:${home}/mail
maildir_stat_dirs = yes
mailbox_idle_check_interval = 1 secs
${owner}
${reader}
passdb {
  driver = passwd-file
  args = ${home}/users
}
userdb {
  driver = static
  args = uid=${READER?.uid ?? userInfo().uid} gid=${READER?.gid ?? userInfo().gid} home=${home}
}
namespace inbox {
  inbox = yes
  separator = .
}
service imap-login {
  ${jail}
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  ${jail}
}
service stats {
  ${jail}
}
`
}

function groupName(gid: number): string {
  const line = readFileSync('/etc/group', 'utf8')
    .split('\n')
    .find((entry) => entry.split(':')[2] === String(gid))
  return line?.split(':')[0] ?? String(gid)
}

async function launch(binary: string, config: string, port: number): Promise<() => Promise<void>> {
  const child = spawn(binary, ['-F', '-c', config], { stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => {
    words += chunk.toString()
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null)
      throw new Error(
        `dovecot ended: ${words}${await readFile(config.replace('dovecot.conf', 'log'), 'utf8').catch(() => '')}`,
      )
    if (await answers(port)) break
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return async () => {
    child.kill('SIGTERM')
    await ended
    endSessions(child.pid as number)
  }
}

/** Sessions outlive the server by some seconds; they are of its own process group. */
function endSessions(group: number): void {
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    // none was left
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => finish(true))
    socket.once('error', () => finish(false))
    function finish(yes: boolean): void {
      socket.destroy()
      resolve(yes)
    }
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
