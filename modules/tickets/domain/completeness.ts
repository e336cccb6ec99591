import type { Words } from '@opora/core'
import { GENERAL_FORM } from './general-form.ts'
import { type Answers, type FormField, readForm } from './request-form.ts'

/** What a good request tells (10-requests-and-process, "A good request"), and how much of it this one does. */
export interface RequestFacts {
  portalId: number | null
  text: string
  form: {
    did?: string | undefined
    expected?: string | undefined
    saw?: string | undefined
    looked?: string | undefined
  } | null
  files: number
}

const PARTS = ['portal', 'did', 'expected', 'saw', 'screenshot'] as const
export type RequestPart = (typeof PARTS)[number]

export interface Completeness {
  /** 0..100 */
  percent: number
  missing: RequestPart[]
}

const LONG_ENOUGH = 12

export function completenessOf(facts: RequestFacts): Completeness {
  const has: Record<RequestPart, boolean> = {
    portal: facts.portalId !== null,
    did: said(facts.form?.did) || facts.text.trim().length >= 80,
    expected: said(facts.form?.expected),
    saw: said(facts.form?.saw) || /ошибк|error|exception|не\s+(работает|открывается|удаётся|могу)/iu.test(facts.text),
    screenshot: facts.files > 0,
  }
  const missing = PARTS.filter((part) => !has[part])
  return { percent: Math.round(((PARTS.length - missing.length) / PARTS.length) * 100), missing }
}

/** The mark of a request: how complete it is, and what is missing, with the words of its form. */
export interface Mark {
  percent: number
  missing: (Words & { name: string })[]
}

/** `fields` null: the general form, which also takes what a letter tells in its own words. */
export function markOf(request: {
  fields: readonly FormField[] | null
  answers: Answers
  portalId: number | null
  text: string
  files: number
}): Mark {
  const { fields, answers, portalId, text, files } = request
  const { percent, missing } =
    fields === null
      ? completenessOf({ portalId, text, form: textsOf(answers), files })
      : readForm(fields, answers, { portalId, files })
  const asked = fields ?? GENERAL_FORM
  return {
    percent,
    missing: missing.flatMap((name) => {
      const field = asked.find((one) => one.name === name)
      return field ? [{ name, ...field.label }] : []
    }),
  }
}

function textsOf(answers: Answers): RequestFacts['form'] {
  const texts = Object.entries(answers).filter((entry) => typeof entry[1] === 'string')
  return Object.fromEntries(texts) as RequestFacts['form']
}

function said(text: string | undefined): boolean {
  return (text ?? '').trim().length >= LONG_ENOUGH
}
