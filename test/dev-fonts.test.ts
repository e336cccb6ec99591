import { createServer } from 'vite'
import { expect, test } from 'vitest'

test('in development the fonts that a page asks for first are found where its styles ask for them', {
  timeout: 60_000,
}, async () => {
  const server = await createServer({
    configFile: 'apps/web/vite.config.ts',
    server: { port: 0, host: '127.0.0.1', hmr: false },
    optimizeDeps: { noDiscovery: true },
    logLevel: 'silent',
  })
  try {
    await server.listen()
    const base = server.resolvedUrls!.local[0]!
    for (const page of ['desk', 'sign-in']) {
      const html = await (await fetch(new URL(page, base))).text()
      const fonts = [...html.matchAll(/rel="preload" href="([^"]+)" as="font"/g)].map((found) => found[1]!)
      expect(fonts).toHaveLength(2)
      const answers = await Promise.all(fonts.map((path) => fetch(new URL(path, base))))
      expect(answers.map((one) => [one.status, one.headers.get('content-type')])).toEqual([
        [200, 'font/woff2'],
        [200, 'font/woff2'],
      ])
    }
  } finally {
    await server.close()
  }
})
