import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

// One word for one thing: what the product calls otherwise, and what it is called.
const REPLACED: { stem: RegExp; say: string }[] = [
  { stem: /(?<![а-яё])смет(?:а|ы|е|у|ой|ам|ах|ами)?(?![а-яё])/iu, say: 'оценка' },
  { stem: /(?<![а-яё])производител(?:ь|я|ю|ем|е|и)(?![а-яё])/iu, say: 'вендор' },
  { stem: /(?<![а-яё])совет(?:а|у|ом|е)?(?![а-яё])(?! директоров)/iu, say: 'коллегия' },
]

// The client's own words in the demo story: a builder's form.
const OTHERS_WORDS = ['Рассчитать смету']

test('people are told one word for one thing', () => {
  const files = ['modules', 'apps', 'ui-kit', 'database', 'docs'].flatMap((folder) =>
    globSync(`${folder}/**/*.{ts,tsx,bpmn,md,sql}`, { exclude: (path) => /node_modules|\/dist$|\.test\./.test(path) }),
  )
  const faults = files.flatMap((path) => {
    const text = OTHERS_WORDS.reduce((rest, words) => rest.replaceAll(words, ''), readFileSync(path, 'utf8'))
    return REPLACED.filter(({ stem }) => stem.test(text)).map(({ say }) => `${path}: say "${say}"`)
  })
  expect(files.length).toBeGreaterThan(500)
  expect(faults).toEqual([])
})

test('a file is chosen by a button in the user’s language, never by the browser’s own', () => {
  const screens = globSync('{modules,apps}/**/*.tsx', { exclude: (path) => /node_modules|\/dist$/.test(path) })
  expect(screens.length).toBeGreaterThan(100)
  expect(screens.filter((path) => readFileSync(path, 'utf8').includes('type="file"'))).toEqual([])
})
