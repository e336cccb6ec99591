import type { PickChoice } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useCallback } from 'react'

interface Found {
  id: number
  name: string
  email?: string | null
  address?: string
}

type Search = (typed: string, signal: AbortSignal) => Promise<PickChoice[]>

function useSearchOf(path: string, client: PickChoice | null, hint: (found: Found) => string | undefined): Search {
  const clientId = client?.key
  return useCallback(
    async (typed, signal) => {
      const { items } = await api.get<{ items: Found[] }>(path, { query: { clientId, q: typed, limit: 30 }, signal })
      return items.map((one) => ({ key: String(one.id), label: one.name, hint: hint(one) }))
    },
    [path, clientId, hint],
  )
}

const emailOf = (found: Found) => found.email ?? undefined
const addressOf = (found: Found) => found.address

/** People of a client by what was typed. */
export function useContactSearch(client: PickChoice | null): Search {
  return useSearchOf('/contacts', client, emailOf)
}

/** Portals of a client by what was typed. */
export function usePortalSearch(client: PickChoice | null): Search {
  return useSearchOf('/portals', client, addressOf)
}
