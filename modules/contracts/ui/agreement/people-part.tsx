import { Button, Checkbox, TextInput } from '@mantine/core'
import { Card, DurationInput, useWords } from '@opora/ui-kit'
import { type AgreementTerms, NO_AGREEMENT, TEAM_ROLES } from '../../domain/agreement.ts'
import { CHANNEL_CODES } from '../../domain/terms.ts'
import css from '../catalogue/catalogue.module.css'
import { Choice, Row, replaced } from '../catalogue/fields.tsx'
import type { Named } from '../catalogue/use-catalogue.ts'
import { CoversFields } from '../covers-fields.tsx'
import { termsWords } from '../terms-words.ts'
import { coveredBy } from '../version-terms.ts'
import { agreementWords } from './agreement-words.ts'
import { type PartProps, withAgreement } from './terms-parts.tsx'

/** Portals, contacts and channels that are covered; the named team; whom to call. */
export function PeoplePart({
  terms,
  onChange,
  clientId,
  people,
}: PartProps & { clientId: number; people: readonly Named[] }) {
  const t = useWords(agreementWords)
  const say = useWords(termsWords)
  const { entitlement } = terms
  const { portals, people: covered } = coveredBy(terms)
  const set = (part: Partial<typeof entitlement>) => onChange({ ...terms, entitlement: { ...entitlement, ...part } })
  return (
    <div className={css.column}>
      <Card>
        <div className={css.stack}>
          <CoversFields
            clientId={clientId}
            portals={portals}
            people={covered}
            onPortals={(ids) => set({ portals: ids ? 'listed' : 'all', portalIds: (ids ?? []).map(String) })}
            onPeople={(ids) => set({ contacts: ids ? 'listed' : 'all', contactIds: (ids ?? []).map(String) })}
          />
          <fieldset className={css.group}>
            <legend>{t('channels')}</legend>
            <div className={css.ticks} style={{ width: '100%' }}>
              {CHANNEL_CODES.map((code) => (
                <Checkbox
                  key={code}
                  label={say(`channel_${code}`)}
                  checked={entitlement.channels.includes(code)}
                  onChange={(event) => {
                    const rest = entitlement.channels.filter((one) => one !== code)
                    set({ channels: event.currentTarget.checked ? [...rest, code] : rest })
                  }}
                />
              ))}
            </div>
          </fieldset>
        </div>
      </Card>
      <Team terms={terms} people={people} onChange={onChange} />
      <Escalation terms={terms} onChange={onChange} />
    </div>
  )
}

function Team({ terms, people, onChange }: PartProps & { people: readonly Named[] }) {
  const t = useWords(agreementWords)
  const { team } = terms.agreement ?? NO_AGREEMENT
  const set = (next: AgreementTerms['team']) => onChange(withAgreement(terms, { team: next }))
  return (
    <Card title={t('team')}>
      <div className={css.stack}>
        <p className={css.hint}>{t('teamHint')}</p>
        {team.map((member, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: a member is known by the place alone while it is filled in.
            key={index}
            remove={t('remove')}
            onRemove={() => set(replaced(team, index, null))}
          >
            <Choice
              label={t('role')}
              value={member.role}
              choices={TEAM_ROLES.map((role) => [role, t(`role_${role}`)])}
              onChange={(role) => set(replaced(team, index, { ...member, role }))}
            />
            <Choice
              label={t('person')}
              value={member.accountId}
              choices={people.map((one) => [one.code, one.name])}
              onChange={(accountId) => set(replaced(team, index, { ...member, accountId }))}
            />
          </Row>
        ))}
        <div className={css.acts}>
          <Button
            size="compact-sm"
            variant="default"
            disabled={people.length === 0}
            onClick={() => set([...team, { role: 'specialist', accountId: people[0]?.code ?? '' }])}
          >
            + {t('add')}
          </Button>
        </div>
      </div>
    </Card>
  )
}

function Escalation({ terms, onChange }: PartProps) {
  const t = useWords(agreementWords)
  const steps = (terms.agreement ?? NO_AGREEMENT).escalation
  const set = (escalation: AgreementTerms['escalation']) => onChange(withAgreement(terms, { escalation }))
  return (
    <Card title={t('escalation')}>
      <div className={css.stack}>
        {steps.map((step, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place alone.
            key={index}
            remove={t('remove')}
            onRemove={() => set(replaced(steps, index, null))}
          >
            <Choice
              label={t('side')}
              value={step.side}
              choices={(['provider', 'client'] as const).map((side) => [side, t(`side_${side}`)])}
              onChange={(side) => set(replaced(steps, index, { ...step, side }))}
            />
            <TextInput
              label={t('name')}
              value={step.name}
              onChange={(event) => set(replaced(steps, index, { ...step, name: event.currentTarget.value }))}
            />
            <TextInput
              label={t('reach')}
              value={step.reach}
              onChange={(event) => set(replaced(steps, index, { ...step, reach: event.currentTarget.value }))}
            />
            <DurationInput
              label={t('after')}
              placeholder={t('atOnce')}
              value={step.afterMinutes}
              onChange={(afterMinutes) => set(replaced(steps, index, { ...step, afterMinutes }))}
            />
          </Row>
        ))}
        <div className={css.acts}>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => set([...steps, { side: 'provider', name: '', reach: '', afterMinutes: null }])}
          >
            + {t('add')}
          </Button>
        </div>
      </div>
    </Card>
  )
}
