import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'

/** A line `expression // → value` becomes a comparison of the two. */
function scriptOf(example: string): string {
  const index = pathToFileURL(join(import.meta.dirname, 'index.ts'))
  const lines = example
    .replaceAll("'@opora/calendar'", `'${index}'`)
    .split('\n')
    .map((line) => {
      const [, told, value] = /^(\S.*?) \/\/ → (.+)$/.exec(line) ?? []
      return told && value ? `compared.push([${JSON.stringify(line)}, ${told}, ${value}])` : line
    })
  return `const compared = []\n${lines.join('\n')}\nprocess.stdout.write(JSON.stringify(compared))`
}

const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')

it.each(examples.map((example, i) => [i + 1, example] as const))(
  'example %i of the README says what is so',
  (_n, example) => {
    const args = ['--input-type=module-typescript', '-e', scriptOf(example)]
    const compared = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as [
      string,
      unknown,
      unknown,
    ][]
    expect(compared.length).toBeGreaterThan(0)
    for (const [line, answer, expected] of compared) expect(answer, line).toEqual(expected)
  },
)

it('has examples at all', () => {
  expect(examples).toHaveLength(4)
})
