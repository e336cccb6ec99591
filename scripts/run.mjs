// Entry of every npm script. Runs on Node 20 and newer with built-ins alone: it brings what is missing
// (packages, the pinned runtime, the built web interface) and hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { constants as os } from 'node:os'
import { join } from 'node:path'
import { installPackages } from './packages.mjs'
import { bin, cache, fail, readOrEmpty, root, runtime, runtimeEnvironment, say } from './place.mjs'
import { buildWeb } from './web-build.mjs'

const main = join('apps', 'server', 'main.ts')
// A server's garbage is small and short-lived: a young generation of 4 MiB keeps a third of the memory free, and one thread clears it
// sooner than several that wait for a core beside the database.
const frugal = JSON.parse(readOrEmpty(join(root, 'scripts', 'node-flags.json')))

/** What a command needs before it runs, and what it runs. `rest` are the words after the command. */
const COMMANDS = {
  setup: { web: true, run: () => [] },
  demo: { web: true, run: (rest) => [[...frugal, main, 'demo', ...rest]] },
  start: { web: true, run: (rest) => [[...frugal, main, 'serve', '--work', ...rest]] },
  dev: {
    web: false,
    run: (rest) => [
      ['--watch', ...frugal, main, 'serve', '--work', ...rest],
      [bin('vite'), 'apps/web'],
    ],
  },
  test: { web: true, run: (rest) => [[bin('vitest'), 'run', ...rest]] },
  bench: { web: true, run: (rest) => [benchOf(rest)] },
  generate: { web: false, run: (rest) => [['scripts/generate.ts', ...rest]] },
  opora: { web: false, run: (rest) => [[...frugal, main, ...rest]] },
}

/** `npm run bench` measures the server; `npm run bench -- calendar` runs `bench/calendar.ts`. */
function benchOf([name = '', ...rest]) {
  const file = join('bench', `${name}.ts`)
  return /^[a-z-]+$/.test(name) && existsSync(join(root, file))
    ? [file, ...rest]
    : ['bench/main.ts', ...(name ? [name] : []), ...rest]
}

/** Two commands that start together must not both install: the second waits for the first. */
async function alone(act) {
  mkdirSync(cache, { recursive: true })
  const lock = join(cache, 'setup.lock')
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const owner = Number(readOrEmpty(lock))
      if (owner && !alive(owner)) rmSync(lock, { force: true })
      else await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  const release = () => rmSync(lock, { force: true })
  process.on('exit', release)
  act()
  release()
  process.off('exit', release)
}

function alive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2']

/** Runs the programs side by side; when one ends, the others are asked to. Answers with the first one's end. */
function handOver(commands) {
  const env = runtimeEnvironment()
  const children = commands.map((args) => spawn(runtime, args, { cwd: root, env, stdio: 'inherit' }))
  let ending = null
  let open = children.length
  for (const signal of FORWARDED) {
    process.on(signal, () => {
      // A terminal sends Ctrl+C to the children itself; a second one would mean "at once".
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      for (const child of children) child.kill(signal)
    })
  }
  stopWithNpm(children)
  for (const child of children) {
    child.on('error', (error) => fail(`Не запускается: ${error.message}`, `Cannot start: ${error.message}`))
    child.on('exit', (code, signal) => {
      ending ??= signal ? 128 + os.signals[signal] : code
      for (const other of children) if (other !== child) other.kill('SIGTERM')
      if (--open === 0) process.exit(ending)
    })
  }
}

/** npm that is killed without a word takes nobody along: then its script has to notice by itself. */
function stopWithNpm(children) {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const look = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(look)
    for (const child of children) child.kill('SIGTERM')
  }, 500)
  look.unref()
}

function help() {
  say(
    'Команды: npm run demo | start | dev | test | check | bench | generate | setup | opora -- …',
    'Commands: npm run demo | start | dev | test | check | bench | generate | setup | opora -- …',
  )
  process.exit(2)
}

const [name, ...rest] = process.argv.slice(2)
if (name === 'check') {
  const done = spawnSync('bash', [join(root, '.ci', 'run'), ...rest], { stdio: 'inherit', cwd: root })
  process.exit(done.status ?? 1)
}
const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : help()
await alone(() => {
  installPackages()
  // Named test files are somebody's quick look at their own work: they do not wait for the web interface.
  const quickLook = name === 'test' && rest.some((word) => !word.startsWith('-'))
  if (command.web && !quickLook && process.env.OPORA_SKIP_WEB !== '1') buildWeb()
})
const programs = command.run(rest)
if (programs.length === 0)
  say('Всё готово. Дальше: npm run demo или npm start.', 'All set. Next: npm run demo or npm start.')
else handOver(programs)
