import { DateTimeText, Person, Pill, type Tone, useWords } from '@opora/ui-kit'
import type { RoundView } from '../contract.ts'
import css from './board.module.css'
import { boardWords } from './board-words.ts'

const SAID: Record<RoundView['ballots'][number]['choice'], Tone> = {
  yes: 'ok',
  yes_if: 'warn',
  no: 'danger',
  abstain: 'neutral',
}

/** Every vote on a change, the latest first: who said what, and what it came to. */
export function VoteRounds({ rounds }: { rounds: readonly RoundView[] }) {
  return rounds.map((round) => <Round key={round.id} round={round} />)
}

function Round({ round }: { round: RoundView }) {
  const t = useWords(boardWords)
  const isVoid = round.state === 'voided'
  return (
    <article className={css.round} data-state={round.state}>
      <header>
        <strong>{t('round', { n: round.round })}</strong>
        <span className={css.quiet}>
          {t(`mode_${round.mode}`)}
          {round.purpose === 'review' && `, ${t('purpose_review')}`}
        </span>
        <Outcome round={round} />
        {round.state === 'open' && round.deadlineAt && (
          <span className={css.quiet}>
            {t('deadline')}: <DateTimeText at={round.deadlineAt} />
          </span>
        )}
      </header>
      {round.reason !== '' && <p className={css.quiet}>{round.reason}</p>}
      <ul className={css.seats}>
        {round.seats.map((seat) => (
          <SeatRow key={seat.id} seat={seat} round={round} />
        ))}
      </ul>
      {!isVoid && (
        <ul className={css.reasons}>
          {round.explanation.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </article>
  )
}

function Outcome({ round }: { round: RoundView }) {
  const t = useWords(boardWords)
  if (round.state === 'voided') return <Pill>{t('roundVoided')}</Pill>
  if (round.state === 'lapsed') return <Pill tone="warn">{t('roundLapsed')}</Pill>
  if (round.decision === null) return <Pill tone="violet">{t('approval_voting')}</Pill>
  return <Pill tone={round.decision === 'approved' ? 'ok' : 'danger'}>{t(`approval_${round.decision}`)}</Pill>
}

function SeatRow({ seat, round }: { seat: RoundView['seats'][number]; round: RoundView }) {
  const t = useWords(boardWords)
  const ballot = round.ballots.find((one) => one.seat.id === seat.id)
  const excluded = seat.excluded === 'author' || seat.excluded === 'implementer' ? seat.excluded : null
  return (
    <li className={css.seat}>
      <Person name={seat.name} />
      <span>
        {seat.name}
        {ballot && ballot.voter !== seat.name && <span className={css.quiet}> ({ballot.voter})</span>}
        {seat.veto && <span className={css.quiet}> · {t('veto')}</span>}
      </span>
      {ballot ? (
        <Pill tone={SAID[ballot.choice]}>{t(`said_${ballot.choice}`)}</Pill>
      ) : (
        <span className={css.quiet}>{excluded ? t(`excluded_${excluded}`) : t('said_waiting')}</span>
      )}
      {ballot && ballot.comment !== '' && <span className={css.said}>{ballot.comment}</span>}
    </li>
  )
}
