import { useCan } from '@opora/access/ui'
import { Composer, DropMenu, PickList, Popup, useWords } from '@opora/ui-kit'
import { IconAlertTriangle, IconChevronDown, IconTemplate, IconX } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import type { Ticket } from '../../contract.ts'
import { CopyList } from './copy-list.tsx'
import { OutcomeFields } from './outcome-fields.tsx'
import { usePickers, useTemplates } from './pickers.ts'
import { replyWords } from './reply-words.ts'
import { type TicketSlots, useSlots } from './slots.ts'
import css from './ticket.module.css'
import type { Colleague } from './use-presence-beat.ts'
import { useReply } from './use-reply.tsx'
import { type Sending, useSend } from './use-send.ts'

const NOTHING: NonNullable<TicketSlots['useReplyExtra']> = () => ({
  element: null,
  problem: () => null,
  commit: async () => {},
})

/** Whether any of the box is on the screen: then a phone needs no button that leads to it. */
function useSeen() {
  const [seen, setSeen] = useState(false)
  const watch = useCallback((box: HTMLElement | null) => {
    if (!box) return
    const watcher = new IntersectionObserver((entries) => setSeen(entries.at(-1)?.isIntersecting ?? false))
    watcher.observe(box)
    return () => watcher.disconnect()
  }, [])
  return [watch, seen] as const
}

/** Where an answer or a note is written, with its time, its files, and the button of the task that goes off with it. */
export function ReplyBox({ ticket, others }: { ticket: Ticket; others: readonly Colleague[] }) {
  const t = useWords(replyWords)
  const can = useCan()
  const reply = useReply()
  const { useReplyExtra = NOTHING } = useSlots()
  const extra = useReplyExtra(ticket)
  const [copies, setCopies] = useState<readonly { id: number; name: string }[]>([])
  const [forPartner, setForPartner] = useState(false)
  const [dock, seen] = useSeen()
  const { pickers, mentioned } = usePickers(ticket, reply.mode)
  const sending = useSend({ ticket, reply, copies: copies.map((one) => one.id), mentioned, forPartner, extra })
  if (!can('message.reply') && !can('message.note')) return null
  const { armed, mode } = reply
  const sendLabel = armed ? t(mode === 'note' ? 'saveAnd' : 'sendAnd', { outcome: armed.label }) : undefined
  const fields = armed && armed.fields.length > 0
  return (
    <div ref={dock} className={css.dock} data-seen={seen}>
      <button type="button" className={css.toReply} onClick={() => reply.focus.current?.()}>
        {t('toReply')}
      </button>
      <Composer
        mode={mode}
        onMode={reply.setMode}
        text={reply.draft.text}
        onText={reply.write}
        audience={[ticket.contact?.name ?? ticket.client.name, ...copies.map((one) => one.name)].join(', ')}
        recipients={<CopyList ticket={ticket} copies={copies} onCopies={setCopies} />}
        head={<Head ticket={ticket} others={others} sending={sending} />}
        files={reply.files.files}
        onFiles={reply.files.add}
        onRemoveFile={reply.files.remove}
        handle={reply.focus}
        extra={
          (fields || extra.element) && (
            <>
              {fields && <OutcomeFields outcome={armed} values={reply.values} onValue={reply.setValue} />}
              {extra.element}
            </>
          )
        }
        tools={
          <>
            {mode === 'reply' && <TemplateButton ticket={ticket} onPick={(text) => reply.insert('reply', text)} />}
            {mode === 'note' && ticket.shares.length > 0 && (
              <label className={css.check}>
                <input type="checkbox" checked={forPartner} onChange={(event) => setForPartner(event.target.checked)} />
                {t('onlyPartner')}
              </label>
            )}
          </>
        }
        moreSends={
          <DropMenu
            label={t('moreSends')}
            place="above-start"
            items={[{ key: 'next', label: t('sendNext'), run: () => void sending.send({ next: true }) }]}
          >
            <IconChevronDown size={16} aria-hidden="true" />
          </DropMenu>
        }
        pickers={pickers}
        busy={sending.busy}
        kept={reply.draft.kept}
        sendLabel={sendLabel}
        onSend={() => void sending.send()}
      />
    </div>
  )
}

interface HeadProps {
  ticket: Ticket
  others: readonly Colleague[]
  sending: Sending
}

/** Over the text: what goes off with it, who else is answering, what came in meanwhile, why it was refused. */
function Head({ ticket, others, sending }: HeadProps) {
  const t = useWords(replyWords)
  const { armed, disarm, lastSeen, sawAll, draft } = useReply()
  const newer = draft.text === '' ? 0 : ticket.messages.filter((message) => message.id > lastSeen).length
  const typing = others.filter((one) => one.activity === 'typing')
  const read = () => {
    sawAll()
    sending.dismiss()
    document
      .getElementById(`message-${ticket.messages.at(-1)?.id}`)
      ?.scrollIntoView({ block: 'center', behavior: 'smooth' })
  }
  return (
    <>
      {armed && (
        <div className={css.armed}>
          {t('armed', { outcome: armed.label })}
          <button type="button" className={css.disarm} onClick={disarm}>
            <IconX size={14} aria-hidden="true" />
            {t('disarm')}
          </button>
        </div>
      )}
      {typing.length > 0 && draft.text !== '' && (
        <div className={css.warned}>{t('beingAnswered', { name: typing.map((one) => one.name).join(', ') })}</div>
      )}
      {sending.refusal ? (
        <div className={css.warned} role="alert">
          <IconAlertTriangle size={16} stroke={1.8} aria-hidden="true" />
          <span>{sending.refusal.message}</span>
          {sending.refusal.newer && (
            <>
              <button type="button" className={css.link} onClick={read}>
                {t('read')}
              </button>
              <button type="button" className={css.link} onClick={() => void sending.send({ anyway: true })}>
                {t('sendAnyway')}
              </button>
            </>
          )}
        </div>
      ) : (
        newer > 0 && (
          <div className={css.warned} role="status">
            {t('newer', { n: newer })}
            <button type="button" className={css.link} onClick={read}>
              {t('read')}
            </button>
          </div>
        )
      )}
    </>
  )
}

function TemplateButton({ ticket, onPick }: { ticket: Ticket; onPick: (text: string) => void }) {
  const t = useWords(replyWords)
  return (
    <Popup
      label={`${t('template')} (${t('templateHint')})`}
      className={css.toolButton}
      trigger={<IconTemplate size={18} stroke={1.7} aria-hidden="true" />}
    >
      {(close) => (
        <Templates
          ticket={ticket}
          onPick={(text) => {
            close()
            onPick(text)
          }}
        />
      )}
    </Popup>
  )
}

function Templates({ ticket, onPick }: { ticket: Ticket; onPick: (text: string) => void }) {
  const t = useWords(replyWords)
  const load = useTemplates(ticket)
  const [found, setFound] = useState(new Map<string, string>())
  return (
    <PickList
      label={t('template')}
      search={async (typed) => {
        const templates = await load(typed)
        setFound(new Map(templates.map((one) => [String(one.id), one.filled])))
        return templates.map((one) => ({ key: String(one.id), label: one.name }))
      }}
      onPick={({ key }) => onPick(found.get(key) ?? '')}
    />
  )
}
