import { Button, Checkbox, NumberInput } from '@mantine/core'
import { Dialog, FormError, Loaded, toast, useForm, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { RiskRuleView } from '../risks.contract.ts'
import css from './money.module.css'
import { moneyWords } from './money-words.ts'

/** When a contract is listed: a threshold for each rule. */
export function RiskRulesDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(moneyWords)
  const rules = useQuery({
    queryKey: ['insight', 'risk-rules'],
    queryFn: ({ signal }) => api.get<{ items: RiskRuleView[] }>('/insight/risk-rules', { signal }),
    staleTime: 0,
  })
  return (
    <Dialog title={t('thresholds')} size="panel" onClose={onClose}>
      <div className={css.stack}>
        <p className={css.quiet}>{t('thresholdsText')}</p>
        <Loaded query={rules}>
          {({ items }) => items.map((rule) => <RuleForm key={`${rule.code}-${rule.version}`} rule={rule} />)}
        </Loaded>
      </div>
    </Dialog>
  )
}

function RuleForm({ rule }: { rule: RiskRuleView }) {
  const t = useWords(moneyWords)
  const client = useQueryClient()
  const form = useForm({
    initial: { enabled: rule.enabled, threshold: rule.threshold as number | string },
    submit: ({ enabled, threshold }) =>
      api.put(`/insight/risk-rules/${rule.code}`, { enabled, threshold: Number(threshold) }, { version: rule.version }),
    onDone: () => {
      toast.ok(t('saved'))
      void client.invalidateQueries({ queryKey: ['insight'] })
    },
  })
  const { enabled, threshold } = form.values
  const isChanged = enabled !== rule.enabled || Number(threshold) !== rule.threshold
  return (
    <form className={css.planLine} onSubmit={form.submit}>
      <div className={css.line}>
        <Checkbox {...form.check('enabled')} aria-label={`${t(rule.code)}: ${t('ruleOn')}`} />
        <span className={css.names}>
          {t(rule.code)}
          <span className={css.quiet}>{rule.sentence}</span>
        </span>
        <NumberInput
          aria-label={t(rule.code)}
          value={threshold}
          min={0}
          max={1000}
          allowDecimal={false}
          suffix={` ${t(rule.unit)}`}
          disabled={!enabled}
          onChange={(value) => form.set('threshold', value)}
        />
      </div>
      <FormError error={form.failure} />
      {isChanged && (
        <div>
          <Button type="submit" size="xs" loading={form.busy} disabled={threshold === ''}>
            {t('save')}
          </Button>
        </div>
      )}
    </form>
  )
}
