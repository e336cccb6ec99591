import { speak } from '@opora/platform/i18n'
import type { ContractTerms } from '../domain/terms.ts'
import { agreementWords } from './agreement/agreement-words.ts'
import type { Telling, TermsLine } from './terms-lines.ts'

const PERCENT = 100

/** People, renewal, prices and scope; nothing where the contract says nothing of them. */
export function agreementLines({ agreement, options = [] }: ContractTerms, telling: Telling): TermsLine[] {
  const { locale, names, money, time } = telling
  const say = speak(agreementWords, locale)
  const percent = (points: number) => `${(points / PERCENT).toLocaleString(locale)} %`
  const line = (key: string, group: TermsLine['group'], name: string, value: string): TermsLine => ({
    key,
    group,
    name,
    value,
  })
  const lines = options.map((one) => line(`option ${one.code}`, 'money', one.title, money(one.pricePerMonthKopecks)))
  if (!agreement) return lines
  const { discount, renewal, indexation, team, escalation } = agreement
  if (discount) {
    lines.push(
      line(
        'discount',
        'money',
        say('discount'),
        `${percent(discount.basisPoints)}, ${say('discountMonths').toLowerCase()} ${discount.months}`,
      ),
    )
  }
  const many = 'months' in renewal ? `, ${say('renewMonths').toLowerCase()} ${renewal.months}` : ''
  const notice = renewal.kind === 'automatic' ? `, ${say('noticeDays').toLowerCase()} ${renewal.noticeDays}` : ''
  lines.push(line('renewal', 'duty', say('renewalKind'), `${say(`renewal_${renewal.kind}`)}${many}${notice}`))
  if (agreement.remindDays.length > 0)
    lines.push(line('remind', 'duty', say('remindDays'), agreement.remindDays.join(', ')))
  if (indexation) {
    const { everyMonths, noticeDays, limitBasisPoints } = indexation
    const limit = limitBasisPoints === null ? [] : [`${say('indexLimit').toLowerCase()} ${percent(limitBasisPoints)}`]
    const value = [
      `${say('indexEvery').toLowerCase()} ${everyMonths}`,
      `${say('indexNotice').toLowerCase()} ${noticeDays}`,
      ...limit,
    ]
    lines.push(line('indexation', 'duty', say('indexation'), value.join(', ')))
  }
  if (agreement.reservedMinutesPerMonth > 0) {
    lines.push(line('reserved', 'time', say('reserved'), time(agreement.reservedMinutesPerMonth)))
  }
  lines.push(line('leftoverAtEnd', 'duty', say('leftoverAtEnd'), say(`leftover_${agreement.leftoverAtEnd}`)))
  for (const [index, { role, accountId }] of team.entries()) {
    lines.push(line(`team ${index}`, 'who', say(`role_${role}`), names.person?.(accountId) ?? accountId))
  }
  for (const [index, step] of escalation.entries()) {
    const after = step.afterMinutes === null ? say('atOnce') : time(step.afterMinutes)
    lines.push(line(`escalation ${index}`, 'who', `${say('escalation')}: ${after}`, `${step.name}, ${step.reach}`))
  }
  if (agreement.worksIncluded.length > 0)
    lines.push(line('works in', 'duty', say('worksIncluded'), agreement.worksIncluded.join('; ')))
  if (agreement.worksExcluded.length > 0)
    lines.push(line('works out', 'duty', say('worksExcluded'), agreement.worksExcluded.join('; ')))
  return lines
}
