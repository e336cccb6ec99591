import type { BrowserContext, Page } from 'playwright-core'

/** What went wrong in a context's pages, in words; a test that ends with a fault here has failed. */
export interface Watch {
  readonly faults: string[]
  /** Refusals that the test provokes, as `409 PATCH /api/v1/tickets/1`; everything else from 400 on is a fault. */
  expect(refusal: RegExp): void
}

// A visitor who is not signed in yet asks who they are, and is told that nobody is.
const NOT_SIGNED_IN = /^401 GET \/api\/v1\/(me|live|views|tickets|presence|notices|timer)\b/

/** Console errors, thrown errors, policy violations, refusals of the API, and requests that leave the house. */
export async function watchContext(context: BrowserContext, baseUrl: string): Promise<Watch> {
  const expected: RegExp[] = [NOT_SIGNED_IN]
  const seen: string[] = []
  const fault = (text: string) => void seen.push(text)
  const watch: Watch = {
    // Judged when it is read: a refusal may be answered before the test gets to say that it is expected.
    get faults() {
      return seen.filter((text) => !expected.some((refusal) => refusal.test(text)))
    },
    expect: (refusal) => void expected.push(refusal),
  }
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
    )
  })
  context.on('page', (page) => {
    page.on('pageerror', (error) => fault(`thrown: ${error.message}`))
    page.on('console', (message) => {
      // a refused request is judged by its answer, below
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        fault(`console: ${message.text()}`)
    })
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (url.protocol.startsWith('http') && url.origin !== baseUrl) fault(`left the house: ${request.url()}`)
    })
    page.on('response', (answer) => {
      if (answer.status() < 400) return
      const { pathname } = new URL(answer.url())
      fault(`${answer.status()} ${answer.request().method()} ${pathname}`)
    })
  })
  return watch
}

const CONTROLS = new Set([
  'button',
  'link',
  'textbox',
  'searchbox',
  'combobox',
  'checkbox',
  'radio',
  'switch',
  'tab',
  'menuitem',
  'option',
  'slider',
  'spinbutton',
  'image',
  'dialog',
])

interface Node {
  ignored: boolean
  role?: { value?: string }
  name?: { value?: string }
  backendDOMNodeId?: number
}

/** What a screen reader's user could not use: controls without a name, a page without language, title or one main part. */
export async function hindrances(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as unknown as { nodes: Node[] }
  const found: string[] = []
  for (const node of nodes) {
    const role = node.role?.value ?? ''
    if (node.ignored || !CONTROLS.has(role) || node.name?.value?.trim()) continue
    const { outerHTML } = await session.send('DOM.getOuterHTML', { backendNodeId: node.backendDOMNodeId! })
    // a drawing inside a control is named by the control
    if (role === 'image' && outerHTML.startsWith('<svg') && !outerHTML.includes('role="img"')) continue
    found.push(`${role} without a name: ${outerHTML.slice(0, 160)}`)
  }
  await session.detach()
  const frame = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    title: document.title.trim(),
    mains: document.querySelectorAll('main').length,
    twice: [...document.querySelectorAll('[id]')].map((one) => one.id).filter((id, at, all) => all.indexOf(id) !== at),
    tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }))
  if (!frame.lang) found.push('the page says no language')
  if (!frame.title) found.push('the page has no title')
  if (frame.mains !== 1) found.push(`${frame.mains} main parts`)
  if (frame.twice.length > 0) found.push(`ids used twice: ${frame.twice.join(', ')}`)
  if (frame.tooWide > 0) found.push(`the page is ${frame.tooWide} px wider than its window`)
  return found
}
