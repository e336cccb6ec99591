// Writes the generated files anew; with --check only tells which of them are not what they should be.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Embedded, startEmbedded } from '@opora/platform/embedded'
import { type GeneratorTools, generators } from './generators.ts'

const root = dirname(import.meta.dirname)
const checkOnly = process.argv.includes('--check')
let cluster: Promise<Embedded> | undefined

const tools: GeneratorTools = {
  async databaseUrl() {
    cluster ??= startEmbedded({ ephemeral: true, log: console.error })
    return (await cluster).url
  },
}

let stale = 0
try {
  for (const generator of generators) {
    for (const [path, text] of Object.entries(await generator.make(tools))) {
      const full = join(root, path)
      if (readOrNull(full) === text) continue
      stale++
      console.log(checkOnly ? `${path} is out of date (${generator.name}); run: npm run generate` : `wrote ${path}`)
      if (checkOnly) continue
      mkdirSync(dirname(full), { recursive: true })
      writeFileSync(full, text)
    }
  }
} finally {
  await (await cluster)?.stop()
}
if (checkOnly && stale > 0) process.exitCode = 1

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
