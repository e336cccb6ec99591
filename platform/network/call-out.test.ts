import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { callOut } from './index.ts'

const open: Server[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => new Promise((resolve) => server.close(resolve))))
})

/** A receiver that answers in raw bytes; `heard`: what it was sent. */
async function receiver(answer: (socket: Socket) => unknown): Promise<{ port: number; heard: string[] }> {
  const heard: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      heard.push(bytes.toString('latin1'))
      answer(socket)
    })
  })
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as { port: number }).port, heard }
}

const call = (port: number, more: { path?: string; body?: string; headers?: Record<string, string> } = {}) =>
  callOut(
    {
      ...{ url: `http://127.0.0.1:${port}${more.path ?? '/'}`, body: more.body ?? '{}', timeoutMs: 500 },
      headers: { 'content-type': 'application/json', ...more.headers },
    },
    { privateHosts: [`127.0.0.1:${port}`] },
  )

const MISBEHAVING: [string, (socket: Socket) => unknown, number | null, string | null][] = [
  [
    'an answer without end',
    (socket: Socket) => socket.write(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(500_000)}`),
    200,
    null,
  ],
  [
    'headers without end',
    (socket: Socket) => socket.write(`HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(20_000)}`),
    null,
    'network',
  ],
  ['a greeting of another protocol', (socket: Socket) => socket.write('220 mail.test ESMTP\r\n'), null, 'network'],
  ['a first line that never ends', (socket: Socket) => socket.write('HTTP/1.1 2'), null, 'timeout'],
  ['"go on" and nothing after it', (socket: Socket) => socket.write('HTTP/1.1 100 Continue\r\n\r\n'), null, 'timeout'],
  [
    'a change of protocol',
    (socket: Socket) =>
      void socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    101,
    null,
  ],
  ['a code that is none', (socket: Socket) => socket.end('HTTP/1.1 999 Yes\r\n\r\n'), 999, null],
  ['an end at once', (socket: Socket) => socket.destroy(), null, 'network'],
]
test.each(MISBEHAVING)('a receiver that sends %s holds nobody up', async (_name, answer, status, fault) => {
  const { port } = await receiver(answer)
  const began = performance.now()
  expect(await call(port)).toMatchObject({ status, fault })
  expect(performance.now() - began).toBeLessThan(2_000)
})

test('a header with a line of its own is never sent; a path with one is sent as one line', async () => {
  const { port, heard } = await receiver((socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n'))
  expect(await call(port, { headers: { 'x-name': 'a\r\nX-Evil: 1' } })).toMatchObject({
    status: null,
    fault: 'network',
  })
  expect(heard).toEqual([])
  await call(port, { path: '/a b\r\nX-Evil: 1' })
  expect(heard.join('')).not.toMatch(/^X-Evil/m)
})

test('a name that leads elsewhere between the look and the call is not asked twice; plain http leaves the house to nobody', async () => {
  const { port, heard } = await receiver((socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n'))
  const answers = [['127.0.0.1'], ['10.0.0.1']]
  let asked = 0
  const lookup = async () => answers[asked++] ?? []
  const url = `https://rebinding.test:${port}/`
  await callOut({ url, body: '{}', headers: {}, timeoutMs: 300 }, { privateHosts: [`rebinding.test:${port}`], lookup })
  expect([asked, heard.length]).toEqual([1, 1])
  const plain = { url: 'http://outside.test/', body: '{}', headers: {}, timeoutMs: 300 }
  expect(await callOut(plain, { privateHosts: [], lookup: async () => ['8.8.8.8'] })).toMatchObject({
    fault: 'forbidden_host',
  })
})

test.each([
  'https://127.0.0.1/',
  'https://127.1/',
  'https://0/',
  'https://0x7f.1/',
  'https://017700000001/',
  'https://2130706433/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::]/',
  'https://[fec0::1]/',
  'https://[fe80::1]/',
  'https://１２７.０.０.１/',
  'https://①②⑦.0.0.1/',
  'https://user@127.0.0.1/',
  'https://169.254.169.254:443/',
  'ftp://8.8.8.8/',
  'nonsense',
])('%s is never connected to', async (url) => {
  const answer = await callOut({ url, body: '', headers: {}, timeoutMs: 300 }, { privateHosts: [] })
  expect(answer.status).toBeNull()
  expect(['forbidden_host', 'network']).toContain(answer.fault)
})
