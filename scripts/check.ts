// What CI runs, and `npm run check` with it. Every check runs even when one before it failed; the last line has the sum.
// Words after the command narrow the tests: npm run check -- platform/config
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = dirname(import.meta.dirname)
const bin = join(root, 'node_modules', '.bin')
const report = join(root, '.cache', 'test-report.json')

interface Count {
  passed: number
  failed: number
  skipped: number
}

function run(title: string, program: string, args: string[]): boolean {
  console.log(`\n── ${title}`)
  const began = performance.now()
  const done = spawnSync(program, args, { cwd: root, stdio: 'inherit' })
  const passed = done.status === 0
  console.log(`── ${title}: ${passed ? 'passed' : 'FAILED'} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  return passed
}

function runTests(): Count {
  mkdirSync(dirname(report), { recursive: true })
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const passed = run('tests', 'npm', ['test', '--', ...reporters, ...process.argv.slice(2)])
  const count = countReport()
  // A run that fell over without a failed test (a crash, a file that does not load) still counts as a failure.
  if (!passed && count.failed === 0) count.failed = 1
  return count
}

interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
}

function countReport(): Count {
  try {
    const result = JSON.parse(readFileSync(report, 'utf8')) as Report
    return { passed: result.numPassedTests, failed: result.numFailedTests, skipped: result.numPendingTests }
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}

const checks: [title: string, program: string, args: string[]][] = [
  ['types', join(bin, 'tsc'), ['-p', '.']],
  ['format and lint', join(bin, 'biome'), ['check', '.']],
  ['unused code', join(bin, 'knip'), ['--no-progress']],
  ['generated files', process.execPath, ['scripts/generate.ts', '--check']],
]

const failedChecks: string[] = []
for (const [title, program, args] of checks) if (!run(title, program, args)) failedChecks.push(title)
const tests = runTests()
const passed = tests.passed + checks.length - failedChecks.length
const failed = tests.failed + failedChecks.length
if (failed > 0) console.log(`\nFailed: ${[...failedChecks, ...(tests.failed > 0 ? ['tests'] : [])].join(', ')}`)
console.log(`\n${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`)
process.exitCode = failed > 0 || tests.passed === 0 ? 1 : 0
