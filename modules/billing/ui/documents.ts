import type { Say } from '@opora/platform/i18n'
import type { Tone } from '@opora/ui-kit'
import { api, useLiveRefresh } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { DocumentRowView, DocumentView } from '../documents.contract.ts'
import type { documentWords } from './document-words.ts'

export type DocumentSay = Say<typeof documentWords>

export const documentKeys = {
  all: ['documents'] as const,
  month: (contractId: number, month: string) => ['documents', 'month', contractId, month] as const,
  one: (id: number) => ['documents', 'one', id] as const,
}

export function useMonthDocuments(contractId: number, month: string) {
  useLiveRefresh(['period'], [documentKeys.all])
  return useQuery({
    queryKey: documentKeys.month(contractId, month),
    queryFn: ({ signal }) =>
      api.get<{ items: DocumentRowView[] }>(`/contracts/${contractId}/periods/${month}/documents`, { signal }),
  })
}

export function useDocument(id: number) {
  useLiveRefresh(['period', 'payment'], [documentKeys.all])
  return useQuery({
    queryKey: documentKeys.one(id),
    queryFn: ({ signal }) => api.get<DocumentView>(`/documents/${id}`, { signal }),
  })
}

/** After an act on a paper: papers, months and payments may stand differently. */
export function useRefreshDocuments(): () => void {
  const client = useQueryClient()
  return () => {
    for (const queryKey of [documentKeys.all, ['periods'], ['payments']]) void client.invalidateQueries({ queryKey })
  }
}

/** Whether a paper states a sum of its own; reports of hours and reconciliations do not. */
export function hasSum({ kind }: Pick<DocumentRowView, 'kind'>): boolean {
  return kind !== 'reconciliation' && kind !== 'hours'
}

type Standing = Pick<DocumentRowView, 'state' | 'acceptance' | 'payment' | 'sentAt' | 'openedAt'>

/** The one thing to know of a paper: what it waits for, or how it ended. */
export function documentStanding(row: Standing): { word: keyof typeof documentWords; tone?: Tone } {
  if (row.state === 'void') return { word: 'void' }
  if (row.sentAt === null) return { word: 'unsent', tone: 'warn' }
  if (row.acceptance === 'objected') return { word: 'objected', tone: 'danger' }
  if (row.acceptance !== 'none') return { word: row.acceptance, tone: row.acceptance === 'waiting' ? 'info' : 'ok' }
  if (row.payment !== null) return { word: row.payment, tone: row.payment === 'paid' ? 'ok' : 'warn' }
  return row.openedAt === null ? { word: 'sentAlready', tone: 'info' } : { word: 'opened', tone: 'ok' }
}
