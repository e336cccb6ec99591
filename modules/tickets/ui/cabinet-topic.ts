import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import type { CabinetTopicForm } from '../forms.contract.ts'

/** What a request may be about. */
export function useCabinetTopics() {
  const query = useQuery({
    queryKey: ['cabinet', 'topics'],
    queryFn: ({ signal }) => api.get<{ items: { code: string; name: string }[] }>('/cabinet/topics', { signal }),
    staleTime: 600_000,
    retry: false,
  })
  return query.data?.items ?? []
}

/** What is asked about a topic; the contract may leave it out for one portal and not for another. */
export function useTopicForm(topic: string, portalId: string) {
  return useQuery({
    queryKey: ['cabinet', 'topic-form', topic, portalId],
    queryFn: ({ signal }) =>
      api.get<CabinetTopicForm>(`/cabinet/topics/${encodeURIComponent(topic)}/form`, {
        query: portalId === '' ? {} : { portalId },
        signal,
      }),
    enabled: topic !== '',
    placeholderData: (before) => (before?.topic === topic ? before : undefined),
  })
}
