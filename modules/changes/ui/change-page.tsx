import { Button } from '@mantine/core'
import { MoreActs } from '@opora/people/ui'
import {
  Card,
  confirm,
  DateTimeText,
  Facts,
  Link,
  Loaded,
  Page,
  Pill,
  Skeleton,
  useRoute,
  useWords,
} from '@opora/ui-kit'
import { useLiveRefresh } from '@opora/ui-kit/api'
import { useState } from 'react'
import type { ChangeView } from '../contract.ts'
import { BallotBox } from './ballot-box.tsx'
import css from './board.module.css'
import { APPROVAL_TONES, KIND_TONES, RISK_TONES, STAGE_TONES, useChange, useChangeAct } from './board-data.ts'
import { boardWords } from './board-words.ts'
import { CallDialog } from './call-dialog.tsx'
import { InstallCard } from './install-card.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { SayDialog } from './say-dialog.tsx'
import { VoteRounds } from './vote-rounds.tsx'

/** One change: what is done and how it is undone, how the board votes, when it is installed, what came of it. */
export function ChangePage() {
  const t = useWords(boardWords)
  const { params } = useRoute()
  const query = useChange(params['id'])
  useLiveRefresh(['change'], [['changes']], query.data?.ticket.id)
  const crumbs = [{ to: '/desk/board', label: t('board') }]
  if (!query.data) {
    return (
      <Page title={t('change')} crumbs={crumbs}>
        <Loaded query={query} skeleton={<Skeleton lines={9} />}>
          {() => null}
        </Loaded>
      </Page>
    )
  }
  const change = query.data
  return (
    <Page title={change.ticket.subject} body="plain" crumbs={crumbs} actions={<Acts change={change} />}>
      <div className={css.columns}>
        <div className={css.column}>
          <BallotBox key={change.rounds[0]?.id ?? 0} change={change} />
          <Plans change={change} />
          <Votes change={change} />
        </div>
        <div className={css.column}>
          <AboutCard change={change} />
          <Conditions change={change} />
          <InstallCard change={change} />
        </div>
      </div>
    </Page>
  )
}

type Dialogs = 'plan' | 'meeting' | 'correspondence' | 'back' | null

function Acts({ change }: { change: ChangeView }) {
  const t = useWords(boardWords)
  const [dialog, setDialog] = useState<Dialogs>(null)
  const act = useChangeAct(change)
  const { may, approval, stage } = change
  const isPlan = stage === 'draft' || stage === 'planned' || stage === 'rolled_back'
  const count = async () => {
    if (await confirm({ title: t('closeVoteAsk'), text: t('closeVoteText'), action: t('closeVote') }))
      await act('close-vote', {})
  }
  const items = [
    ...(may.manage && approval === 'none'
      ? [{ key: 'agenda', label: t('toAgenda'), run: () => void act('agenda', {}) }]
      : []),
    ...(may.manage && approval === 'agenda'
      ? [
          { key: 'vote', label: t('callVote'), run: () => setDialog('correspondence') },
          { key: 'meeting', label: t('callMeeting'), run: () => setDialog('meeting') },
        ]
      : []),
    ...(may.write && isPlan ? [{ key: 'plan', label: t('editPlan'), run: () => setDialog('plan') }] : []),
    ...(may.manage && approval === 'voting' ? [{ key: 'count', label: t('closeVote'), run: () => void count() }] : []),
    ...(may.manage && (approval === 'agenda' || approval === 'voting')
      ? [{ key: 'back', label: t('sendBack'), run: () => setDialog('back') }]
      : []),
  ]
  const [first, ...rest] = items
  return (
    <>
      {first && (
        <Button variant="default" onClick={first.run}>
          {first.label}
        </Button>
      )}
      {rest.length > 0 && <MoreActs label={t('more_acts')} items={rest} />}
      {dialog === 'plan' && <PlanDialog change={change} ticketId={change.ticket.id} onClose={() => setDialog(null)} />}
      {(dialog === 'meeting' || dialog === 'correspondence') && (
        <CallDialog mode={dialog} changes={[change]} onClose={() => setDialog(null)} />
      )}
      {dialog === 'back' && (
        <SayDialog
          title={t('sendBack')}
          label={t('sendBackReason')}
          required
          send={(reason) => act('rework', { reason })}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  )
}

function Plans({ change }: { change: ChangeView }) {
  const t = useWords(boardWords)
  const part = (title: string, text: string, missing = t('notWritten')) => (
    <section>
      <h3>{title}</h3>
      <p className={text === '' ? css.quiet : undefined}>{text === '' ? missing : text}</p>
    </section>
  )
  return (
    <Card title={t('plan')}>
      <div className={css.plan}>
        {part(t('whatChanges'), change.description)}
        {part(t('buildPlan'), change.buildPlan)}
        {part(t('testPlan'), change.testPlan)}
        <section>
          <h3>{t('rollbackPlan')}</h3>
          <p className={change.rollbackPlan === '' ? css.missing : undefined}>
            {change.rollbackPlan === '' ? t('noRollback') : change.rollbackPlan}
          </p>
        </section>
      </div>
    </Card>
  )
}

function Votes({ change }: { change: ChangeView }) {
  const t = useWords(boardWords)
  if (change.rounds.length === 0 && change.decision.length === 0) return null
  return (
    <Card title={t('voting')}>
      {change.rounds.length === 0 ? (
        <ul className={css.reasons}>
          {change.decision.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : (
        <VoteRounds rounds={change.rounds} />
      )}
    </Card>
  )
}

function AboutCard({ change }: { change: ChangeView }) {
  const t = useWords(boardWords)
  return (
    <Card title={t('change')}>
      <div className={css.stack}>
        <Facts
          rows={[
            [
              t('state'),
              <span key="state" className={css.pills}>
                <Pill tone={APPROVAL_TONES[change.approval]}>{t(`approval_${change.approval}`)}</Pill>
                {change.stage !== 'draft' && <Pill tone={STAGE_TONES[change.stage]}>{t(`stage_${change.stage}`)}</Pill>}
              </span>,
            ],
            [
              t('kind'),
              <Pill key="kind" tone={KIND_TONES[change.kind]} plain dot>
                {t(`kind_${change.kind}`)}
              </Pill>,
            ],
            [t('template'), change.template?.name],
            [
              t('risk'),
              <Pill key="risk" tone={RISK_TONES[change.risk]} plain>
                {t(`risk_${change.risk}`)}
              </Pill>,
            ],
            [t('client'), change.client.name],
            [t('portal'), change.portal?.name],
            [t('author'), change.author?.name],
            [t('implementer'), change.implementer?.name ?? t('nobody')],
            [
              t('reviewDue'),
              change.reviewDueAt && (
                <Pill key="due" tone={change.reviewLate ? 'danger' : 'warn'}>
                  <DateTimeText at={change.reviewDueAt} />
                  {change.reviewLate && change.boardReviewedAt === null && `, ${t('late')}`}
                </Pill>
              ),
            ],
          ]}
        />
        <Link to={`/desk/tickets/${change.ticket.number}`} className={css.link}>
          {t('openTicket', { number: String(change.ticket.number) })}
        </Link>
      </div>
    </Card>
  )
}

function Conditions({ change }: { change: ChangeView }) {
  const t = useWords(boardWords)
  const act = useChangeAct(change)
  if (change.conditions.length === 0) return null
  return (
    <Card title={t('conditions')}>
      <ul className={css.list}>
        {change.conditions.map((one) => (
          <li key={one.id} className={css.item}>
            <span>
              {one.text}
              <br />
              <span className={css.quiet}>
                {one.askedBy}
                {one.metAt !== null && ` · ${t('metBy', { name: one.metBy ?? '' })}`}
              </span>
            </span>
            {one.metAt === null && change.may.manage && (
              <Button size="compact-sm" variant="default" onClick={() => void act(`conditions/${one.id}/met`, {})}>
                {t('met')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
