import type { Project, SourceFile } from './project.ts'
import { isDomain, type Violation } from './rules.ts'
import { blanked, lineOf } from './scan.ts'

const FILE_LINES_MAX = 400
const FUNCTION_LINES_MAX = 70

/** The tails that told good code from bad: no file over 400 lines. */
export function longFiles(project: Project): Violation[] {
  return project.files
    .map((file) => ({ file, lines: file.text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > FILE_LINES_MAX)
    .map(({ file, lines }) => ({
      rule: 'measures',
      where: `${file.path}:1`,
      advice: `${lines} lines; more than ${FILE_LINES_MAX} hide more than one idea: split it by what it does.`,
    }))
}

const FUNCTION_START =
  /\bfunction\b[^{};]*\{|=>\s*\{|^[ \t]+(?:(?:async|static|public|private)\s+)*\*?#?\w+\([^{}();]*\)(?::[^{};=]+)?\s*\{/gm

/**
 * No function over 70 lines of its own: a factory of verbs is measured without the verbs, and each of them apart.
 * The blocks of `describe` and `test` are lists, not functions.
 */
export function longFunctions(project: Project): Violation[] {
  const found: Violation[] = []
  for (const file of project.files) {
    if (file.isTest) continue
    for (const { line, ownLines } of functionsOf(blanked(file.text))) {
      if (ownLines <= FUNCTION_LINES_MAX) continue
      found.push({
        rule: 'measures',
        where: `${file.path}:${line}`,
        advice: `a function of ${ownLines} lines (at most ${FUNCTION_LINES_MAX}): take a step with a name out of it.`,
      })
    }
  }
  return found
}

function functionsOf(code: string): { line: number; ownLines: number }[] {
  const spans = [...code.matchAll(FUNCTION_START)].map((match) => {
    const open = match.index + match[0].length - 1
    return { first: lineOf(code, match.index + match[0].search(/\S/)), last: lineOf(code, closing(code, open)) }
  })
  return spans.map((span) => {
    const inner = spans.filter((other) => other.first > span.first && other.last < span.last)
    const outermost = inner.filter((one) => !inner.some((other) => other.first < one.first && other.last > one.last))
    const nested = outermost.reduce((sum, one) => sum + one.last - one.first, 0)
    return { line: span.first, ownLines: span.last - span.first + 1 - nested }
  })
}

function closing(code: string, open: number): number {
  let depth = 0
  for (let i = open; i < code.length; i++) {
    if (code[i] === '{') depth++
    else if (code[i] === '}' && --depth === 0) return i
  }
  return code.length - 1
}

interface Ban {
  pattern: RegExp
  in(file: SourceFile): boolean
  advice: string
}

/** Addresses outside are reached by one client that checks where it connects; the page talks to its own API. */
const FETCH_ALLOWED = /^(platform\/http\/|ui-kit\/api\/|scripts\/|database\/|bench\/|apps\/server\/cli\/)/
const CHILD_PROCESS_ALLOWED = /^(platform\/database\/embedded|scripts\/|bench\/|apps\/server\/cli\/)/
const ENVIRONMENT_ALLOWED =
  /^(platform\/(config|database\/embedded|testkit)\/|apps\/server\/(main\.ts|cli\/)|apps\/web\/(vite\.config\.ts|scripts\/)|scripts\/|bench\/|database\/)/

export const BANS: readonly Ban[] = [
  {
    pattern: /[:<(,|&=]\s*any\b(?!\s*[:(=])|\bas\s+any\b/g,
    in: () => true,
    advice: '`any` turns the checker off: say the type, or `unknown` and look.',
  },
  {
    pattern: /\bDate\.now\(|\bnew Date\(\s*\)|\bTemporal\.Now\b|\bperformance\.now\(/g,
    in: (file) => isDomain(file) && !file.isTest,
    advice: 'a rule has no clock: the present moment comes in as a parameter.',
  },
  {
    pattern: /\bMath\.random\(|\bcrypto\.(randomUUID|getRandomValues)\(/g,
    in: (file) => isDomain(file) && !file.isTest,
    advice: 'a rule draws no lots: pass the value in, so that the same facts give the same answer.',
  },
  {
    pattern: /\bprocess\.env\b/g,
    in: (file) => !file.isTest && !ENVIRONMENT_ALLOWED.test(file.path),
    advice: "a setting is declared in the module's *.config.ts and passed in; only the start reads the environment.",
  },
  {
    pattern: /(?<![.\w])fetch\(/g,
    in: (file) => !file.isTest && !FETCH_ALLOWED.test(file.path),
    advice:
      "use the platform's checked client on the server, ui-kit/api in the browser: a bare fetch goes wherever it is told.",
  },
  {
    pattern: /(?<![.\w])(setTimeout|setInterval)\(/g,
    in: (file) => isDomain(file) && !file.isTest,
    advice: 'a rule does not wait: time passes outside.',
  },
]

export function banned(project: Project): Violation[] {
  const found: Violation[] = []
  for (const file of project.files) {
    const code = blanked(file.text)
    for (const ban of BANS) {
      if (!ban.in(file)) continue
      for (const match of code.matchAll(ban.pattern)) {
        found.push({ rule: 'measures', where: `${file.path}:${lineOf(code, match.index)}`, advice: ban.advice })
      }
    }
  }
  return found
}

/** Starting programs is left to a few named places. */
export function shellingOut(project: Project): Violation[] {
  return project.files
    .filter((file) => !file.isTest && !CHILD_PROCESS_ALLOWED.test(file.path))
    .flatMap((file) =>
      file.imports
        .filter((one) => /^(node:)?child_process$/.test(one.specifier))
        .map((one) => ({
          rule: 'measures',
          where: `${file.path}:${one.line}`,
          advice: 'nothing here starts other programs: use a library in a worker thread.',
        })),
    )
}
