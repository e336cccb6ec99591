import type { FastifyInstance } from 'fastify'

/** The OpenAPI document, and a page that reads it without any script of a foreign host. */
export function apiPage(app: FastifyInstance): void {
  let document: unknown
  app.get('/api/v1/openapi.json', { schema: { hide: true } as never }, async (_request, reply) => {
    document ??= app.swagger()
    return reply.type('application/json; charset=utf-8').send(document)
  })
  app.get('/api', { schema: { hide: true } as never }, async (_request, reply) => {
    document ??= app.swagger()
    return reply.type('text/html; charset=utf-8').send(renderPage(document as OpenApi))
  })
}

interface Operation {
  summary?: string
  description?: string
  tags?: string[]
  'x-policy'?: string
  parameters?: { name: string; in: string; required?: boolean; schema?: { type?: unknown } }[]
  requestBody?: { content?: Record<string, { schema?: unknown }> }
  responses?: Record<string, { content?: Record<string, { schema?: unknown }> }>
}
interface OpenApi {
  info: { title: string; version: string; description?: string }
  paths: Record<string, Record<string, Operation>>
}

function renderPage(api: OpenApi): string {
  const byTag = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? 'other'
      byTag.set(tag, [...(byTag.get(tag) ?? []), renderOperation(method, path, operation)])
    }
  }
  const sections = [...byTag].map(
    ([tag, items]) => `<section id="${inHtml(tag)}"><h2>${inHtml(tag)}</h2>${items.join('')}</section>`,
  )
  const links = [...byTag.keys()].map((tag) => `<a href="#${inHtml(tag)}">${inHtml(tag)}</a>`).join(' ')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${inHtml(api.info.title)} API</title>
<style>:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:960px;margin:2rem auto;padding:0 1rem}nav{margin:1rem 0;display:flex;gap:.75rem;flex-wrap:wrap}
details{border-top:1px solid #8883;padding:.4rem 0}summary{cursor:pointer}code{font-size:.95em}b.m{display:inline-block;min-width:4.5em;font-family:monospace}pre{overflow:auto;background:#8881;padding:.75rem;border-radius:6px;font-size:.85em}small{opacity:.7}</style></head>
<body><h1>${inHtml(api.info.title)} API ${inHtml(api.info.version)}</h1><p>${inHtml(api.info.description ?? '')}</p><p><a href="/api/v1/openapi.json">openapi.json</a></p><nav>${links}</nav>${sections.join('')}</body></html>`
}

function renderOperation(method: string, path: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map(
    (p) =>
      `<li><code>${inHtml(p.name)}</code> <small>${inHtml(p.in)}${p.required ? ', required' : ''}, ${inHtml(String(p.schema?.type ?? 'any'))}</small></li>`,
  )
  const body = operation.requestBody?.content?.['application/json']?.schema
  const success = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2'))
  const answer = success?.[1].content?.['application/json']?.schema
  return `<details><summary><b class="m">${inHtml(method.toUpperCase())}</b> <code>${inHtml(path)}</code> ${inHtml(operation.summary ?? '')}</summary>
${operation.description ? `<p>${inHtml(operation.description)}</p>` : ''}<p><small>policy: ${inHtml(operation['x-policy'] ?? 'public')}</small></p>
${parameters.length > 0 ? `<ul>${parameters.join('')}</ul>` : ''}${body ? `<h4>Body</h4><pre>${inHtml(JSON.stringify(body, null, 1))}</pre>` : ''}
${answer ? `<h4>Answer ${inHtml(success?.[0] ?? '')}</h4><pre>${inHtml(JSON.stringify(answer, null, 1))}</pre>` : ''}</details>`
}

function inHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}
