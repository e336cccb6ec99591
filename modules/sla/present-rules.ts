import { type Instant, isoInstant, isoInstantOrNull, type Locale, MINUTE_MS } from '@opora/core'
import { movedMs, type Promised } from './domain/moves.ts'
import { type PolicyDifference, policyDifference } from './domain/policy-difference.ts'
import type { SlaFigure } from './figures.read-model.ts'
import type { Moved } from './moved.read-model.ts'
import type { MovedReply, PolicyVersionsReply, WhatIfReply } from './rules.contract.ts'
import type { PolicyVersionRow } from './rules.read-model.ts'
import { differenceInWords } from './rules-words.ts'
import { targetInWords, wordFor } from './sla-words.ts'
import type { TurnedPromise, WhatIf } from './what-if.read-model.ts'

export function presentMoved(moved: Moved, changes: readonly PolicyDifference[], locale: Locale): MovedReply {
  const { list, ...figures } = moved
  return {
    ...figures,
    changes: changes.map((change) => differenceInWords(change, locale)),
    items: list.map((move) => {
      const { ticketId, number, subject, client, metric, seq, before, after } = move
      const ms = movedMs(move)
      return {
        ...{ ticketId, number, subject, client, metric, seq },
        metricName: wordFor(metric, locale),
        before: before && presentPromised(before, locale),
        after: after && presentPromised(after, locale),
        movedMinutes: ms === null ? null : Math.trunc(ms / MINUTE_MS) + 0,
      }
    }),
  }
}

function presentPromised({ dueAt, target, rowName, rowNameEn, breached }: Promised, locale: Locale) {
  const row = locale === 'ru' ? rowName : rowNameEn
  return { dueAt: isoInstantOrNull(dueAt), promised: targetInWords(target, locale), row, breached }
}

/** The versions of a policy, the newest first, each with what it changed. */
export function presentVersions(
  versions: readonly PolicyVersionRow[],
  now: Instant,
  locale: Locale,
): PolicyVersionsReply['items'] {
  const inForce = versions
    .filter((one) => one.from <= now)
    .toSorted((a, b) => b.from - a.from || b.version - a.version)[0]
  return versions.map((one, index) => {
    const before = versions[index + 1]
    const changes = before ? policyDifference(before.spec, one.spec) : []
    return {
      version: one.version,
      from: isoInstant(one.from),
      writtenAt: isoInstant(one.writtenAt),
      author: one.author,
      standing: one === inForce ? 'in_force' : one.from > now ? 'to_come' : 'past',
      spec: one.spec as PolicyVersionsReply['items'][number]['spec'],
      changes: changes.map((change) => differenceInWords(change, locale)),
    }
  })
}

export function presentWhatIf(found: WhatIf, locale: Locale): WhatIfReply {
  const { tickets, before, after, turned, turnedCount } = found
  return { tickets, before, after, turnedCount, turned: turned.map((one) => presentTurned(one, locale)) }
}

function presentTurned({ before, after }: TurnedPromise, locale: Locale): WhatIfReply['turned'][number] {
  const { ticketId, ticketNumber: number, subject, metric } = (before ?? after)!
  const side = (figure: SlaFigure | null) =>
    figure && {
      outcome: figure.outcome,
      promised: figure.promised[locale],
      row: figure.row[locale],
      dueAt: isoInstantOrNull(figure.dueAt),
      lateMinutes: figure.lateMinutes,
    }
  const metricName = wordFor(metric, locale)
  return { ticketId, number, subject, metric, metricName, before: side(before), after: side(after) }
}
