// The packages of the lock file and, among them, the pinned Node.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, delimiter, join, sep } from 'node:path'
import { fail, modules, outsidePath, readOrEmpty, root, runtime, say } from './place.mjs'

function sha256(...parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** Brings the packages of the lock file and the pinned Node, unless they are there. */
export function installPackages() {
  const stamp = join(modules, '.opora-stamp')
  const wanted = sha256(readFileSync(join(root, 'package-lock.json')), `${process.platform}-${process.arch}`)
  if (readOrEmpty(stamp) === wanted) return
  if (existsSync(modules)) writable(modules)
  say('Ставлю пакеты (один раз, около минуты)…', 'Installing packages (once, about a minute)…')
  const done = npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
  if (done !== 0) fail('npm ci не удался: пакеты не поставлены.', 'npm ci failed: the packages are not installed.')
  bringRuntime()
  writeFileSync(stamp, wanted)
}

function writable(folder) {
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    fail(
      `Пакеты устарели, а в папку ${folder} нельзя писать. Запустите npm run setup от имени её владельца.`,
      `The packages are out of date and ${folder} is not writable. Run npm run setup as its owner.`,
    )
  }
}

/** npm must not run on a `node` that it is about to replace. */
function systemNode() {
  if (!process.execPath.startsWith(modules + sep)) return process.execPath
  return (
    outsidePath()
      .map((entry) => join(entry, basename(process.execPath)))
      .find(existsSync) ?? process.execPath
  )
}

function npm(args) {
  const env = { ...process.env, PATH: outsidePath().join(delimiter) }
  const script = process.env.npm_execpath
  const direct = script && basename(script) === 'npm-cli.js' && existsSync(script)
  const [program, words] = direct ? [systemNode(), [script, ...args]] : ['npm', args]
  const done = spawnSync(program, words, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (done.error) fail(`Не найден npm (${done.error.message}).`, `npm was not found (${done.error.message}).`)
  return done.status ?? 1
}

/** The package `node` fetches its program in an install script; a careful npm skips those, so it is run here. */
function bringRuntime() {
  if (runs(runtime)) return
  const folder = join(modules, 'node')
  const env = { ...process.env, PATH: outsidePath().join(delimiter) }
  spawnSync(systemNode(), ['installArchSpecificPackage'], { cwd: folder, env, stdio: ['ignore', 'inherit', 'inherit'] })
  if (!runs(runtime))
    fail('Не удалось получить Node нужной версии через npm.', 'The pinned Node could not be brought through npm.')
}

function runs(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0
}
