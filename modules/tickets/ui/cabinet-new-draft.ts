import { useDraft } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import type { Answer } from '../domain/request-form.ts'

/** What the guided form holds; numbers of impact and urgency as text, because radios give text. */
export interface NewValues {
  topic: string
  portalId: string
  subject: string
  /** Answers to the topic's form, as JSON. */
  answers: string
  did: string
  expected: string
  saw: string
  looked: string
  impact: string
  urgency: string
  couponCode: string
}

export const EMPTY: NewValues = {
  topic: '',
  portalId: '',
  subject: '',
  answers: '{}',
  did: '',
  expected: '',
  saw: '',
  looked: '',
  impact: '3',
  urgency: '2',
  couponCode: '',
}
const PATH = '/tickets/0/drafts'

/** The answers of a draft; one of another making has none. */
export function answersOf(values: NewValues): Record<string, Answer> {
  try {
    const kept = JSON.parse(values.answers) as unknown
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, Answer>) : {}
  } catch {
    return {}
  }
}

function valuesOf(text: string): NewValues {
  if (text === '') return EMPTY
  try {
    const kept = JSON.parse(text) as Record<string, unknown>
    const known = Object.keys(EMPTY).filter((name) => typeof kept[name] === 'string')
    return { ...EMPTY, ...Object.fromEntries(known.map((name) => [name, kept[name]])) }
  } catch {
    return EMPTY
  }
}

/** A request that is being written: kept on the device at once and on the server soon, so that another device goes on with it. */
export function useNewDraft() {
  const stored = useQuery({
    queryKey: ['cabinet', 'draft', 'new'],
    queryFn: () => api.get<{ items: { kind: string; body: Record<string, unknown> }[] }>(PATH),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const body = stored.data?.items.find((one) => one.kind === 'new')?.body
  const draft = useDraft({
    id: 'cabinet-new',
    stored: body && JSON.stringify(body),
    save: (text) =>
      text === '' ? api.delete(`${PATH}/new`) : api.put(`${PATH}/new`, { body: JSON.parse(text) as unknown }),
  })
  const values = useMemo(() => valuesOf(draft.text), [draft.text])
  const latest = useRef(values)
  latest.current = values
  return {
    values,
    begun: draft.text !== '',
    kept: draft.kept,
    change: (patch: Partial<NewValues>) => draft.setText(JSON.stringify({ ...values, ...patch })),
    /** A change of what stands now: two fields may change in one turn. */
    merge: (patch: (now: NewValues) => Partial<NewValues>) => {
      const now = { ...latest.current, ...patch(latest.current) }
      latest.current = now
      draft.setText(JSON.stringify(now))
    },
    clear: () => {
      draft.clear()
      void api.delete(`${PATH}/new`).catch(() => {})
    },
  }
}
