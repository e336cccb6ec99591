import { readFileSync } from 'node:fs'
import type { VisibleReply } from '../domain/visible-reply/visible-reply.ts'

/** One case of somebody else's reply parser; which fields are there differs from source to source. */
export interface ReplyCase {
  id: string
  input_text?: string
  expected: {
    visible_text?: string
    first_fragment_trimmed?: string
    fragments?: number
    visible_contains?: string[]
    visible_must_not_contain?: string[]
    fragment_matches?: { fragment: number; regex: string; is: boolean }[]
  }
}

export function replyCases(source: string): ReplyCase[] {
  const path = new URL(`../testdata/reply/${source}.json`, import.meta.url)
  return (JSON.parse(readFileSync(path, 'utf8')) as ReplyCase[]).filter((one) => one.input_text !== undefined)
}

/** White space and blank lines differ between the sources and mean nothing. */
function folded(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/[ \t]+/g, ' ')
    .replace(/ *\n */g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim()
}

/** Whether the result meets all that the case says; `null` when it says nothing that can be compared. */
export function meets({ expected }: ReplyCase, { visible, quoted }: VisibleReply): boolean | null {
  const checks: boolean[] = []
  const seen = folded(visible)
  if (expected.visible_text !== undefined) checks.push(folded(expected.visible_text) === seen)
  const first = expected.first_fragment_trimmed
  if (first !== undefined) checks.push(expected.fragments ? seen.startsWith(folded(first)) : seen === folded(first))
  for (const words of expected.visible_contains ?? []) checks.push(seen.includes(folded(words)))
  for (const words of expected.visible_must_not_contain ?? []) checks.push(!visible.includes(words))
  if (expected.fragments === 1) checks.push(quoted === '')
  for (const { fragment, regex, is } of expected.fragment_matches ?? []) {
    const parts = /^\/(.*)\/([a-z]*)$/s.exec(regex)
    if (fragment === 0 && is && parts) checks.push(new RegExp(parts[1] as string, parts[2]).test(visible))
  }
  return checks.length === 0 ? null : checks.every(Boolean)
}
