import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Plugin } from 'vite'

const ADDRESS = '/src/boot.js'
const HASH_LETTERS = 8

/** Gives the small script that runs before the first paint a name by its content, so that browsers keep it for ever. */
export function bootScript(file: string): Plugin {
  const source = readFileSync(file, 'utf8')
  const hash = createHash('sha256').update(source).digest('base64url').slice(0, HASH_LETTERS)
  const fileName = `assets/${basename(file, '.js')}-${hash}.js`
  return {
    name: 'opora-boot-script',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source })
    },
    transformIndexHtml: { order: 'post', handler: (html) => html.replace(ADDRESS, `/${fileName}`) },
  }
}
