import { type InlinePicker, layoutVariants } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef } from 'react'
import type { Ticket } from '../../contract.ts'
import { fetchAssignees } from '../ticket-data.ts'
import type { Mentioned, ReplyMode } from './reply-rules.ts'

export interface FilledTemplate {
  id: number
  name: string
  locale: string
  filled: string
}

const SHOWN = 8

/** Answer templates with this ticket's values in them, those that fit what was typed. */
export function useTemplates(ticket: Ticket): (typed: string) => Promise<FilledTemplate[]> {
  const client = useQueryClient()
  return useCallback(
    async (typed) => {
      const all = await client.ensureQueryData({
        queryKey: ['templates', ticket.id],
        queryFn: async () =>
          (await api.get<{ items: FilledTemplate[] }>('/templates', { query: { ticket: ticket.id } })).items,
        staleTime: 60_000,
      })
      const words = layoutVariants(typed)
      return all.filter((one) => words.some((word) => one.name.toLowerCase().includes(word)))
    },
    [client, ticket.id],
  )
}

/** `::` puts in a template, `@@` calls a colleague into a note. */
export function usePickers(ticket: Ticket, mode: ReplyMode): { pickers: InlinePicker[]; mentioned: Mentioned } {
  const client = useQueryClient()
  const templates = useTemplates(ticket)
  const mentioned = useRef(new Map<string, number>())
  const pickers = useMemo<InlinePicker[]>(() => {
    const template: InlinePicker = {
      trigger: '::',
      search: async (query) =>
        (await templates(query)).slice(0, SHOWN).map((one) => ({
          key: String(one.id),
          label: one.name,
          insert: one.filled,
        })),
    }
    const mention: InlinePicker = {
      trigger: '@@',
      search: async (query) => {
        const people = await fetchAssignees(client, ticket.client.id)
        const words = layoutVariants(query)
        return people
          .filter((one) => words.some((word) => one.name.toLowerCase().includes(word)))
          .slice(0, SHOWN)
          .map((one) => ({
            key: String(one.id),
            label: one.name,
            insert: `@${one.name} `,
            onPick: () => mentioned.current.set(one.name, one.id),
          }))
      },
    }
    return mode === 'note' ? [template, mention] : [template]
  }, [client, mode, templates, ticket.client.id])
  return { pickers, mentioned: mentioned.current }
}
