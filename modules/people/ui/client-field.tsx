import { PickField } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'

type PickFieldProps = Parameters<typeof PickField>[0]

interface FoundClient {
  id: number
  name: string
  inn: string | null
}

const FOUND_MAX = 20

/** A field that finds a client by name, tax number or mail domain. */
export function ClientField({ name: _name, ...props }: Omit<PickFieldProps, 'choices' | 'search'> & { name?: string }) {
  return <PickField {...props} search={findClients} />
}

async function findClients(typed: string, signal: AbortSignal) {
  const query = { q: typed || undefined, limit: FOUND_MAX }
  const { items } = await api.get<{ items: FoundClient[] }>('/clients', { query, signal })
  return items.map((one) => ({ key: String(one.id), label: one.name, hint: one.inn ?? undefined }))
}
