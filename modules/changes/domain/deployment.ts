import { type Instant, parseInstant } from '@opora/core'

export type DeploymentStatus = 'started' | 'succeeded' | 'failed' | 'rolled_back'

/** What a pipeline says of one deployment. */
export interface ReportedDeployment {
  ticketNumbers: number[]
  environment: string
  release: string
  status: DeploymentStatus
  url: string | null
  /** Null: the moment of the call. */
  at: Instant | null
}

const STATUSES: Record<string, DeploymentStatus> = {
  started: 'started',
  in_progress: 'started',
  running: 'started',
  succeeded: 'succeeded',
  success: 'succeeded',
  failed: 'failed',
  failure: 'failed',
  error: 'failed',
  canceled: 'failed',
  rolled_back: 'rolled_back',
  inactive: 'rolled_back',
}
const TEXT_CHARS = 300
const NUMBERS_MAX = 50

/**
 * Reads a pipeline's report; `null` when it says nothing of a deployment. Understood: our own form (`ticket` or `tickets`, `status`,
 * `environment`, `release`, `url`, `at`), and the deployment events of GitHub and GitLab, in which tickets are named as `#123` in the
 * branch, the title or the description.
 */
export function readDeployment(payload: unknown): ReportedDeployment | null {
  const root = record(payload)
  if (root === null) return null
  const inner = record(root['deployment'])
  const github = record(root['deployment_status'])
  const status = STATUSES[text(github?.['state']) || text(root['status'])]
  if (!status) return null
  const environment = text(root['environment']) || text(github?.['environment']) || text(inner?.['environment'])
  const named = [
    inner?.['ref'],
    inner?.['description'],
    root['ref'],
    root['commit_title'],
    root['title'],
    root['release'],
  ]
  const ticketNumbers = [...numbersGiven(root), ...named.flatMap((one) => numbersIn(text(one)))]
  const url = text(root['url']) || text(github?.['target_url']) || text(root['deployable_url'])
  return {
    ticketNumbers: [...new Set(ticketNumbers)].slice(0, NUMBERS_MAX),
    environment,
    release: text(root['release']) || text(inner?.['sha']) || text(root['short_sha']),
    status,
    url: /^https?:\/\//.test(url) ? url : null,
    at: momentOf(text(root['at']) || text(github?.['created_at']) || text(root['status_changed_at'])),
  }
}

function numbersGiven(root: Record<string, unknown>): number[] {
  const given = Array.isArray(root['tickets']) ? root['tickets'] : [root['ticket']]
  return given.map((one) => Number(String(one ?? '').replace(/^#/, ''))).filter((number) => isNumber(number))
}

function numbersIn(words: string): number[] {
  return [...words.matchAll(/(?:^|[^\p{L}\p{N}])#(\d{1,12})(?!\d)/gu)].map((match) => Number(match[1])).filter(isNumber)
}

function isNumber(number: number): boolean {
  return Number.isSafeInteger(number) && number > 0
}

function momentOf(words: string): Instant | null {
  try {
    return words === '' ? null : parseInstant(words)
  } catch {
    return null
  }
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, TEXT_CHARS) : typeof value === 'number' ? String(value) : ''
}
