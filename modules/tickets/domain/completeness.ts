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

function said(text: string | undefined): boolean {
  return (text ?? '').trim().length >= LONG_ENOUGH
}
