import { useCan } from '@opora/people/ui'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { type Named, useNameOf } from './contract-parts.tsx'
import type { TermsNames } from './terms-lines.ts'

const KEPT_MS = 300_000

function useNames<Item>(path: string, allowed: boolean, named: (item: Item) => [string, string]) {
  const list = useQuery({
    queryKey: [path.slice(1)],
    queryFn: () => api.get<{ items: Item[] }>(path),
    enabled: allowed,
    staleTime: KEPT_MS,
    retry: false,
  })
  const names = new Map((list.data?.items ?? []).map(named))
  return (code: string) => names.get(code) ?? code
}

/** The names of what a contract's terms refer to, as far as the reader may ask for them. */
export function useTermsNames(): TermsNames {
  const can = useCan()
  const nameOf = useNameOf()
  const named = (one: Named): [string, string] => [one.code, nameOf(one)]
  return {
    package: useNames('/catalogue/packages', can('catalogue.read'), named),
    calendar: useNames('/calendars', can('calendar.read'), named),
    policy: useNames('/sla-policies', can('sla.read'), named),
    service: useNames('/catalogue/services', can('coverage.read'), named),
    activity: useNames('/catalogue/activities', can('coverage.read'), named),
    person: useNames<{ id: number; name: string }>('/staff?active=true&limit=200', can('staff.read'), (one) => [
      String(one.id),
      one.name,
    ]),
    topic: useNames<{ code: string; name: string }>('/topics', can('topic.read'), (one) => [one.code, one.name]),
  }
}
