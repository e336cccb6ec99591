import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const source = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const [light = '', dark = ''] = source.split(':root[data-mantine-color-scheme="dark"]')

function tokensOf(css: string): Map<string, string> {
  return new Map([...css.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map((found) => [found[1]!, found[2]!]))
}

const schemes = { light: tokensOf(light), dark: new Map([...tokensOf(light), ...tokensOf(dark)]) }

/** Relative luminance by WCAG 2.2. */
function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  const [r, g, b] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (high! + 0.05) / (low! + 0.05)
}

const SURFACES = ['--surface-0', '--surface-1', '--surface-2', '--surface-hover', '--surface-selected']
const TONES = ['danger', 'warn', 'ok', 'info', 'violet']

/** Text and the ground that it stands on: at least 4.5. */
const TEXTS: [string, string][] = [
  ...['--ink', '--ink-2', '--ink-3'].flatMap((ink) => SURFACES.map((ground): [string, string] => [ink, ground])),
  ...SURFACES.map((ground): [string, string] => ['--accent', ground]),
  ...TONES.flatMap((tone): [string, string][] => [
    [`--${tone}-ink`, `--${tone}-soft`],
    [`--${tone}-ink`, '--surface-1'],
    [`--${tone}-ink`, '--surface-hover'],
  ]),
  ['--neutral-ink', '--neutral-soft'],
  ['--ink-3', '--neutral-soft'],
  ['--accent-soft-ink', '--accent-soft'],
  ['--on-accent', '--accent-solid'],
  ['--ink', '--note-surface'],
  ['--ink-2', '--note-surface'],
  ['--ink-3', '--note-surface'],
  ['--note-ink', '--note-surface'],
  ['--ink', '--reply-surface'],
  ['--ink-2', '--reply-surface'],
  ['--reply-ink', '--reply-surface'],
  ['--reply-ink', '--surface-1'],
  ['--on-accent', '--note-solid'],
  ['--on-accent', '--reply-solid'],
]

/** Edges and marks that carry meaning by themselves: at least 3. */
const MARKS: [string, string][] = [
  ['--line-control', '--surface-1'],
  ['--accent', '--surface-1'],
  ['--danger', '--surface-1'],
]

describe.each(Object.entries(schemes))('the %s scheme', (_name, tokens) => {
  test.each(TEXTS)('%s is readable on %s', (ink, ground) => {
    expect(contrast(tokens.get(ink)!, tokens.get(ground)!)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(MARKS)('%s is seen on %s', (mark, ground) => {
    expect(contrast(tokens.get(mark)!, tokens.get(ground)!)).toBeGreaterThanOrEqual(3)
  })
})
