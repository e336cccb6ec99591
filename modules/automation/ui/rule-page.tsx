import { Button } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { FilterChips } from '@opora/people/ui'
import { confirm, Loaded, Page, toast, useRoute, useSearch, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQueryClient } from '@tanstack/react-query'
import css from './automation.module.css'
import { RuleEditor } from './rule-editor.tsx'
import { RuleLog, RuleVersions } from './rule-log.tsx'
import { keys, type Rule, useRule, useRuleWords } from './rules-data.ts'
import { rulesWords } from './rules-words.ts'

const TABS = ['rule', 'log', 'versions'] as const

function useCrumbs() {
  const t = useWords(rulesWords)
  return [
    { to: '/desk/settings', label: t('settings') },
    { to: '/desk/settings/rules', label: t('rules') },
  ]
}

/** One rule: what it says, what it did, what it said before. */
export function RulePage() {
  const { params } = useRoute()
  const rule = useRule(Number(params['id']))
  return <Loaded query={rule}>{(found) => <Whole key={found.id} rule={found} />}</Loaded>
}

function Whole({ rule }: { rule: Rule }) {
  const t = useWords(rulesWords)
  const { navigate } = useRoute()
  const cache = useQueryClient()
  const [search] = useSearch()
  const may = useCan()('process.publish')
  const words = useRuleWords()
  const crumbs = useCrumbs()
  const tabs = may ? TABS : (['rule', 'versions'] as const)
  const tab = tabs.find((one) => one === search['tab']) ?? 'rule'
  const remove = async () => {
    const question = {
      title: t('removeAsk', { name: rule.name }),
      text: t('removeText'),
      action: t('remove'),
      danger: true,
    }
    if (!(await confirm(question))) return
    try {
      await api.delete(`/rules/${rule.id}`, { version: rule.version })
      toast.ok(t('removed'))
      navigate('/desk/settings/rules')
      await cache.invalidateQueries({ queryKey: keys.all })
    } catch (error) {
      toast.error((error as Error).message)
    }
  }
  return (
    <Page
      title={rule.name}
      body="plain"
      crumbs={crumbs}
      tools={
        <FilterChips
          name="tab"
          choices={tabs.map((one) => ({ value: one === 'rule' ? null : one, label: t(`tab_${one}`) }))}
        />
      }
      actions={
        may && (
          <Button size="xs" variant="default" onClick={() => void remove()}>
            {t('remove')}
          </Button>
        )
      }
    >
      {tab === 'rule' && (
        <div className={css.padded}>
          {rule.looping && <Loop looping={rule.looping} />}
          <Loaded query={words}>{(known) => <RuleEditor rule={rule} words={known} may={may} />}</Loaded>
        </div>
      )}
      {tab === 'log' && <RuleLog rule={rule} />}
      {tab === 'versions' && <RuleVersions rule={rule} words={words.data} />}
    </Page>
  )
}

/** The rule met itself: how, and what comes of it. */
function Loop({ looping }: { looping: NonNullable<Rule['looping']> }) {
  const t = useWords(rulesWords)
  return (
    <div className={css.loop} role="status">
      <strong>{t('loopTitle', { why: t(looping.why) })}</strong>
      <p>{t('loopText', { chain: looping.chain.join(' → ') })}</p>
    </div>
  )
}

export function NewRulePage() {
  const t = useWords(rulesWords)
  const words = useRuleWords()
  const may = useCan()('process.publish')
  const crumbs = useCrumbs()
  return (
    <Page title={t('add')} body="plain" crumbs={crumbs}>
      <div className={css.padded}>
        <Loaded query={words}>{(known) => <RuleEditor rule={null} words={known} may={may} />}</Loaded>
      </div>
    </Page>
  )
}
