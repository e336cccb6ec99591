import { api } from '@opora/ui-kit/api'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { conditionReply, RuleView, ruleVersionList, ruleWords, runPage, trialReply } from '../contract.ts'

export type Rule = RuleView
export type RuleWords = z.infer<typeof ruleWords>
export type Action = RuleView['actions'][number]
export type Judged = z.infer<typeof conditionReply>
export type Trial = z.infer<typeof trialReply>
export type Runs = z.infer<typeof runPage>
export type Versions = z.infer<typeof ruleVersionList>
export type RuleValues = Pick<RuleView, 'name' | 'event' | 'condition' | 'actions' | 'enabled'>

export const keys = {
  all: ['rules'],
  one: (id: number) => ['rules', id],
  runs: (id: number) => ['rules', id, 'runs'],
  versions: (id: number) => ['rules', id, 'versions'],
}

export function useRules() {
  return useQuery({ queryKey: keys.all, queryFn: async () => (await api.get<{ items: Rule[] }>('/rules')).items })
}

export function useRule(id: number) {
  return useQuery({ queryKey: keys.one(id), queryFn: () => api.get<Rule>(`/rules/${id}`), retry: false })
}

export function useRuleWords() {
  return useQuery({ queryKey: ['rule-words'], queryFn: () => api.get<RuleWords>('/rule-words'), staleTime: 60_000 })
}

export function useRuns(id: number) {
  return useInfiniteQuery({
    queryKey: keys.runs(id),
    queryFn: ({ pageParam }) => api.get<Runs>(`/rules/${id}/runs`, { query: { cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
}

export function useVersions(id: number) {
  return useQuery({
    queryKey: keys.versions(id),
    queryFn: async () => (await api.get<Versions>(`/rules/${id}/versions`)).items,
  })
}
