import { api } from '@opora/ui-kit/api'
import { type QueryClient, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { checkReply, movePreview, processList, versionList, versionView } from '../contract.ts'
import type { comparisonReply, draftView, processWords, rehearsalReply, simulationReply } from '../designer.contract.ts'
import type { heatReply, staysReply } from '../heat.contract.ts'

export type Listed = z.infer<typeof processList>['items'][number]
export type Version = z.infer<typeof versionList>['items'][number]
export type VersionView = z.infer<typeof versionView>
export type Draft = z.infer<typeof draftView>
export type Check = z.infer<typeof checkReply>
export type Words = z.infer<typeof processWords>
export type Simulation = z.infer<typeof simulationReply>
export type Comparison = z.infer<typeof comparisonReply>
export type Rehearsal = z.infer<typeof rehearsalReply>
export type MovePreview = z.infer<typeof movePreview>
export type HeatReply = z.infer<typeof heatReply>
export type StaysReply = z.infer<typeof staysReply>

export const keys = {
  list: ['processes'],
  versions: (key: string) => ['processes', key, 'versions'],
  version: (key: string, version: number) => ['processes', key, 'versions', version],
  draft: (key: string) => ['processes', key, 'draft'],
  words: ['process-words'],
}

export function useProcesses() {
  return useQuery({
    queryKey: keys.list,
    queryFn: async () => (await api.get<{ items: Listed[] }>('/processes')).items,
  })
}

export function useVersions(key: string) {
  return useQuery({
    queryKey: keys.versions(key),
    queryFn: async () => (await api.get<{ items: Version[] }>(`/processes/${key}/versions`)).items,
    retry: false,
  })
}

export function useVersion(key: string, version: number | null) {
  return useQuery({
    queryKey: keys.version(key, version ?? 0),
    queryFn: () => api.get<VersionView>(`/processes/${key}/versions/${version}`),
    enabled: version !== null,
    // a version never changes
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useProcessWords() {
  return useQuery({ queryKey: keys.words, queryFn: () => api.get<Words>('/process-words'), staleTime: 60_000 })
}

/** The list and the versions are read anew; a drawing that is open stays as it is. */
export async function refreshProcess(cache: QueryClient, key: string): Promise<void> {
  await Promise.all([
    cache.invalidateQueries({ queryKey: keys.list, exact: true }),
    cache.invalidateQueries({ queryKey: keys.versions(key) }),
  ])
}
