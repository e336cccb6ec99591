import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { bootScript } from './scripts/boot-script.ts'
import { firstPage } from './scripts/first-page.ts'
import { precompress } from './scripts/precompress.ts'

const ROOT = import.meta.dirname
const KIT = resolve(ROOT, '../../ui-kit')

/** In development the two shells answer under the same addresses as the server gives them. */
function shells(): Plugin {
  return {
    name: 'opora-shells',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const path = request.url?.split('?')[0] ?? '/'
        if (/^\/desk(\/|$)/.test(path)) request.url = '/desk.html'
        else if (path === '/' || /^\/(cabinet|sign-in|l)(\/|$)/.test(path)) request.url = '/cabinet.html'
        next()
      })
    },
    transformIndexHtml: {
      order: 'pre',
      // what lies outside of the root has an address of its own in development; a build finds it by the path
      handler: (html, { server }) => (server ? html.replaceAll('"../../ui-kit/', `"/@fs${KIT}/`) : html),
    },
  }
}

// biome-ignore lint/style/noDefaultExport: Vite reads its configuration from the default export.
export default defineConfig({
  root: ROOT,
  appType: 'mpa',
  plugins: [
    react(),
    shells(),
    bootScript(`${ROOT}/src/boot.js`),
    firstPage({ 'desk.html': '/ui/list/ticket-list-page.tsx', 'cabinet.html': '/src/cabinet/home-page.tsx' }),
    precompress(),
  ],
  server: { port: 8421, proxy: { '/api': `http://127.0.0.1:${process.env['OPORA_PORT'] ?? 8420}` } },
  build: {
    target: 'es2023',
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    emptyOutDir: true,
    rolldownOptions: {
      input: { desk: `${ROOT}/desk.html`, cabinet: `${ROOT}/cabinet.html` },
      // A part of the kit or of a module that nobody uses leaves no trace: only styles and entries act by being imported.
      treeshake: { moduleSideEffects: [{ test: /\/(ui-kit|modules)\/.*\.tsx?$/, sideEffects: false }] },
    },
  },
})
