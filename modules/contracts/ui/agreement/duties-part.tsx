import { Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import { Card, DurationInput, MoneyInput, useWords } from '@opora/ui-kit'
import { type AgreementTerms, NO_AGREEMENT, type Renewal } from '../../domain/agreement.ts'
import type { PenaltyAmount, PenaltyRule } from '../../domain/terms.ts'
import css from '../catalogue/catalogue.module.css'
import { Choice, NumberField, Row, replaced } from '../catalogue/fields.tsx'
import { EstimateField } from '../catalogue/package-fields.tsx'
import { agreementWords } from './agreement-words.ts'
import { type PartProps, withAgreement } from './terms-parts.tsx'

const PERCENT = 100
const MILLI_PERCENT = 1_000

/** Estimates, penalties, renewal and prices, capacity, scope. */
export function DutiesPart({ terms, onChange }: PartProps) {
  const t = useWords(agreementWords)
  const { estimates } = terms
  const set = (part: Partial<typeof estimates>) => onChange({ ...terms, estimates: { ...estimates, ...part } })
  return (
    <div className={css.column}>
      <Card title={t('estimates')}>
        <div className={css.stack}>
          <EstimateField value={estimates.rule} onChange={(rule) => set({ rule })} />
          <div className={css.pair}>
            <DurationInput
              label={t('exempt')}
              value={estimates.diagnosisExemptMinutes}
              onChange={(minutes) => minutes !== null && set({ diagnosisExemptMinutes: minutes })}
            />
            <NumberField
              label={t('tolerance')}
              value={estimates.tolerancePercent}
              onChange={(tolerancePercent) => set({ tolerancePercent })}
            />
            <NumberField
              label={t('warnAt')}
              value={estimates.warnAtPercent}
              onChange={(warnAtPercent) => set({ warnAtPercent })}
            />
          </div>
        </div>
      </Card>
      <Penalties terms={terms} onChange={onChange} />
      <RenewalCard terms={terms} onChange={onChange} />
      <Capacity terms={terms} onChange={onChange} />
      <Works terms={terms} onChange={onChange} />
    </div>
  )
}

function blankPenalty(kind: PenaltyRule['kind'], number: number): PenaltyRule {
  const code = `rule-${number}`
  const amount: PenaltyAmount = { kind: 'fee_share', basisPoints: 200 }
  if (kind === 'per_tenth_of_uptime') return { kind, code, uptimeMilliPercent: 99_000, amount }
  if (kind === 'figure_below') return { kind, code, figure: 'uptime_milli_percent', threshold: 99_000, amount }
  return { kind, code, priorities: [1], metrics: ['resolution'], graceMinutes: 0, amount }
}

const KINDS = ['per_breach', 'per_hour_late', 'per_tenth_of_uptime', 'figure_below'] as const

function Penalties({ terms, onChange }: PartProps) {
  const t = useWords(agreementWords)
  const { penalties } = terms
  const { rules, capFeeBasisPoints: cap } = penalties
  const set = (next: PenaltyRule[]) => onChange({ ...terms, penalties: { ...penalties, rules: next } })
  return (
    <Card title={t('penalties')}>
      <div className={css.stack}>
        {rules.map((rule, index) => (
          <Row key={rule.code} remove={t('remove')} onRemove={() => set(replaced(rules, index, null))}>
            <OnePenalty rule={rule} onChange={(changed) => set(replaced(rules, index, changed))} />
          </Row>
        ))}
        <div className={css.acts}>
          {KINDS.map((kind) => (
            <Button
              key={kind}
              size="compact-sm"
              variant="default"
              onClick={() => set([...rules, blankPenalty(kind, rules.length + 1)])}
            >
              + {t(`penalty_${kind}`)}
            </Button>
          ))}
        </div>
        {rules.length > 0 && (
          <div className={css.pair}>
            <NumberField
              label={t('cap')}
              times={PERCENT}
              value={cap ?? 0}
              description={cap === null ? t('noCap') : ''}
              onChange={(points) =>
                onChange({ ...terms, penalties: { ...penalties, capFeeBasisPoints: points > 0 ? points : null } })
              }
            />
          </div>
        )}
      </div>
    </Card>
  )
}

function OnePenalty({ rule, onChange }: { rule: PenaltyRule; onChange: (rule: PenaltyRule) => void }) {
  const t = useWords(agreementWords)
  const { amount } = rule
  return (
    <>
      <span className={css.strong}>{t(`penalty_${rule.kind}`)}</span>
      <NumberField
        label={t('penaltyShare')}
        times={PERCENT}
        value={amount.kind === 'fee_share' ? amount.basisPoints : 0}
        onChange={(basisPoints) => basisPoints > 0 && onChange({ ...rule, amount: { kind: 'fee_share', basisPoints } })}
      />
      <MoneyInput
        label={t('penaltySum')}
        value={amount.kind === 'sum' ? amount.kopecks : null}
        onChange={(kopecks) => kopecks !== null && onChange({ ...rule, amount: { kind: 'sum', kopecks } })}
      />
      {'priorities' in rule && (
        <>
          <fieldset className={css.group}>
            <legend>{t('priorities')}</legend>
            <div className={css.acts}>
              {[1, 2, 3, 4].map((priority) => (
                <Checkbox
                  key={priority}
                  label={String(priority)}
                  checked={rule.priorities.includes(priority)}
                  onChange={(event) => {
                    const rest = rule.priorities.filter((one) => one !== priority)
                    onChange({ ...rule, priorities: event.currentTarget.checked ? [...rest, priority].sort() : rest })
                  }}
                />
              ))}
            </div>
          </fieldset>
          <DurationInput
            label={t('grace')}
            value={rule.graceMinutes}
            onChange={(minutes) => onChange({ ...rule, graceMinutes: minutes ?? 0 })}
          />
        </>
      )}
      {rule.kind === 'per_tenth_of_uptime' && (
        <NumberField
          label={t('threshold')}
          times={MILLI_PERCENT}
          value={rule.uptimeMilliPercent}
          onChange={(uptimeMilliPercent) => onChange({ ...rule, uptimeMilliPercent })}
        />
      )}
      {rule.kind === 'figure_below' && (
        <NumberField
          label={t('threshold')}
          times={MILLI_PERCENT}
          value={rule.threshold}
          onChange={(threshold) => onChange({ ...rule, threshold })}
        />
      )}
    </>
  )
}

function renewalOf(kind: Renewal['kind'], before: Renewal): Renewal {
  const months = 'months' in before ? before.months : 12
  if (kind === 'automatic') return { kind, months, noticeDays: 30 }
  return kind === 'none' ? { kind } : { kind, months }
}

function RenewalCard({ terms, onChange }: PartProps) {
  const t = useWords(agreementWords)
  const agreement = terms.agreement ?? NO_AGREEMENT
  const { renewal, indexation } = agreement
  const set = (part: Partial<AgreementTerms>) => onChange(withAgreement(terms, part))
  return (
    <Card title={t('renewal')}>
      <div className={css.stack}>
        <div className={css.pair}>
          <Choice
            label={t('renewalKind')}
            value={renewal.kind}
            choices={(['by_agreement', 'automatic', 'none'] as const).map((kind) => [kind, t(`renewal_${kind}`)])}
            onChange={(kind) => set({ renewal: renewalOf(kind, renewal) })}
          />
          {renewal.kind !== 'none' && (
            <NumberField
              label={t('renewMonths')}
              value={renewal.months}
              onChange={(months) => set({ renewal: { ...renewal, months: Math.max(1, months) } })}
            />
          )}
          {renewal.kind === 'automatic' && (
            <NumberField
              label={t('noticeDays')}
              value={renewal.noticeDays}
              onChange={(noticeDays) => set({ renewal: { ...renewal, noticeDays } })}
            />
          )}
          <TextInput
            label={t('remindDays')}
            defaultValue={agreement.remindDays.join(', ')}
            onBlur={(event) => {
              const days = event.currentTarget.value
                .split(/[\s,;]+/)
                .map(Number)
                .filter((day) => day > 0 && day <= 365)
              set({ remindDays: [...new Set(days)] })
            }}
          />
        </div>
        <Checkbox
          label={t('indexation')}
          checked={indexation !== null}
          onChange={(event) =>
            set({
              indexation: event.currentTarget.checked
                ? { everyMonths: 12, noticeDays: 30, limitBasisPoints: 1_000 }
                : null,
            })
          }
        />
        {indexation && (
          <div className={css.pair}>
            <NumberField
              label={t('indexEvery')}
              value={indexation.everyMonths}
              onChange={(everyMonths) => set({ indexation: { ...indexation, everyMonths: Math.max(1, everyMonths) } })}
            />
            <NumberField
              label={t('indexNotice')}
              value={indexation.noticeDays}
              onChange={(noticeDays) => set({ indexation: { ...indexation, noticeDays } })}
            />
            <NumberField
              label={t('indexLimit')}
              times={PERCENT}
              value={indexation.limitBasisPoints ?? 0}
              onChange={(points) =>
                set({ indexation: { ...indexation, limitBasisPoints: points > 0 ? points : null } })
              }
            />
          </div>
        )}
      </div>
    </Card>
  )
}

function Capacity({ terms, onChange }: PartProps) {
  const t = useWords(agreementWords)
  const agreement = terms.agreement ?? NO_AGREEMENT
  return (
    <Card title={t('capacity')}>
      <div className={css.pair}>
        <DurationInput
          label={t('ceiling')}
          value={terms.capacityCeilingMinutesPerMonth}
          onChange={(minutes) => minutes !== null && onChange({ ...terms, capacityCeilingMinutesPerMonth: minutes })}
        />
        <DurationInput
          label={t('reserved')}
          value={agreement.reservedMinutesPerMonth}
          onChange={(minutes) => onChange(withAgreement(terms, { reservedMinutesPerMonth: minutes ?? 0 }))}
        />
        <Choice
          label={t('leftoverAtEnd')}
          value={agreement.leftoverAtEnd}
          choices={(['lapses', 'refunded'] as const).map((rule) => [rule, t(`leftover_${rule}`)])}
          onChange={(leftoverAtEnd) => onChange(withAgreement(terms, { leftoverAtEnd }))}
        />
      </div>
    </Card>
  )
}

function Works({ terms, onChange }: PartProps) {
  const t = useWords(agreementWords)
  const agreement = terms.agreement ?? NO_AGREEMENT
  const linesOf = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
  return (
    <Card title={t('works')}>
      <div className={css.stack}>
        {(['worksIncluded', 'worksExcluded'] as const).map((list) => (
          <Textarea
            key={list}
            autosize
            minRows={2}
            label={t(list)}
            defaultValue={agreement[list].join('\n')}
            onBlur={(event) => onChange(withAgreement(terms, { [list]: linesOf(event.currentTarget.value) }))}
          />
        ))}
      </div>
    </Card>
  )
}
