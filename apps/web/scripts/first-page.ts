import type { Plugin, Rolldown } from 'vite'

/**
 * A shell's most opened page: the browser is told of its code together with the shell's, not when the shell runs and asks for it.
 * `pages` maps the shell's file to the end of the page's source path.
 */
export function firstPage(pages: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'opora-first-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle, filename }) {
        const source = Object.entries(pages).find(([shell]) => filename.endsWith(shell))?.[1]
        if (!source || !bundle) return html
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
        const page = chunks.find((chunk) => chunk.facadeModuleId?.endsWith(source))
        if (!page) throw new Error(`no chunk is made of ${source}`)
        const files = [...withImports(page, chunks)]
        const missing = files.filter((file) => !html.includes(file)).map(tagOf)
        return html.replace('</head>', `  ${missing.join('\n    ')}\n  </head>`)
      },
    },
  }
}

function withImports(
  chunk: Rolldown.OutputChunk,
  chunks: readonly Rolldown.OutputChunk[],
  found = new Set<string>(),
): Set<string> {
  if (found.has(chunk.fileName)) return found
  found.add(chunk.fileName)
  for (const css of chunk.viteMetadata?.importedCss ?? []) found.add(css)
  for (const name of chunk.imports) {
    const next = chunks.find((one) => one.fileName === name)
    if (next) withImports(next, chunks, found)
  }
  return found
}

function tagOf(file: string): string {
  return file.endsWith('.css')
    ? `<link rel="stylesheet" crossorigin href="/${file}">`
    : `<link rel="modulepreload" crossorigin href="/${file}">`
}
