// The built web interface, made anew when its sources changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bin, fail, readOrEmpty, root, runtime, runtimeEnvironment, say } from './place.mjs'

const WEB_SOURCES = ['apps/web', 'ui-kit', 'core', 'platform/i18n', 'modules']
const WEB_FILES = /\.(ts|tsx|js|mjs|css|html|svg|png|woff2|json|bpmn)$/
const NOT_WEB = /\.(test\.tsx?|(store|service|routes|jobs|read-model|config|refusals)\.ts)$/
const NOT_WEB_FOLDERS = new Set(['node_modules', 'dist', 'testdata', 'verbs'])

function webHash() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  for (const folder of WEB_SOURCES) hashFolder(hash, folder)
  return hash.digest('hex')
}

function hashFolder(hash, folder) {
  if (!existsSync(join(root, folder))) return
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory() && !NOT_WEB_FOLDERS.has(entry.name)) hashFolder(hash, path)
    else if (entry.isFile() && WEB_FILES.test(path) && !NOT_WEB.test(path))
      hash.update(path).update(readFileSync(join(root, path)))
  }
}

export function buildWeb() {
  const web = join(root, 'apps', 'web')
  if (!existsSync(join(web, 'vite.config.ts'))) return
  const stamp = join(web, 'dist', '.opora-stamp')
  const wanted = webHash()
  if (readOrEmpty(stamp) === wanted) return
  say('Собираю веб-интерфейс…', 'Building the web interface…')
  rmSync(stamp, { force: true })
  const done = spawnSync(runtime, [bin('vite'), 'build', '--logLevel', 'warn'], {
    cwd: web,
    env: runtimeEnvironment(),
    stdio: 'inherit',
  })
  if (done.status !== 0) fail('Веб-интерфейс не собрался.', 'The web interface could not be built.')
  writeFileSync(stamp, wanted)
}
