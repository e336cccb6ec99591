import { useMe } from '@opora/access/ui'
import { type Draft, useDraft } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { Outcome, Ticket } from '../../contract.ts'
import type { FieldValues, ReplyMode } from './reply-rules.ts'
import { type KeptFile, keptOf, type ReplyFile, useFiles } from './use-files.ts'
import type { usePresenceBeat } from './use-presence-beat.ts'

interface StoredDraft {
  kind: string
  body: { text?: string; files?: string }
  updatedAt: string
}

/** What is being written at a ticket, and what is to happen when it is sent. */
export interface Reply {
  mode: ReplyMode
  setMode: (mode: ReplyMode) => void
  draft: Draft
  write: (text: string) => void
  files: ReturnType<typeof useFiles>
  /** A button of the present task that goes off when the message is sent. */
  armed: Outcome | null
  values: FieldValues
  setValue: (name: string, value: FieldValues[string]) => void
  arm: (outcome: Outcome) => void
  disarm: () => void
  /** The newest message when the writing began. */
  lastSeen: number
  /** The writer has read what came in since. */
  sawAll: () => void
  /** Puts a text into the box, after what is there. */
  insert: (mode: ReplyMode, text: string) => void
  /** After sending. */
  finish: () => void
  focus: { current: (() => void) | null }
}

const ReplyContext = createContext<Reply | null>(null)

interface ProviderProps {
  ticket: Ticket
  presence: ReturnType<typeof usePresenceBeat>
  children: ReactNode
}

/** What the device holds is shown at once, what the server has kept as soon as it comes; typing goes before both. */
export function ReplyProvider(props: ProviderProps) {
  const me = useMe()
  const { id } = props.ticket
  const stored = useQuery({
    queryKey: ['drafts', id],
    queryFn: async () => (await api.get<{ items: StoredDraft[] }>(`/tickets/${id}/drafts`)).items,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  })
  return <Provider {...props} accountId={me?.id ?? 0} stored={stored.data ?? NONE} />
}

const NONE: StoredDraft[] = []

function newestOf(ticket: Ticket): number {
  return ticket.messages.at(-1)?.id ?? 0
}

function Provider({
  ticket,
  presence,
  children,
  accountId,
  stored,
}: ProviderProps & { accountId: number; stored: StoredDraft[] }) {
  const kept = (kind: ReplyMode) => stored.find((draft) => draft.kind === kind)
  const [mode, setMode] = useState<ReplyMode>('reply')
  const [armed, setArmed] = useState<Outcome | null>(null)
  const [values, setValues] = useState<FieldValues>({})
  const [seen, setSeen] = useState<number | null>(null)
  const focus = useRef<(() => void) | null>(null)
  const files = useFiles()
  const drafts = {
    reply: useKeptDraft(ticket.id, accountId, 'reply', kept('reply'), mode === 'reply' ? files.files : []),
    note: useKeptDraft(ticket.id, accountId, 'note', kept('note'), mode === 'note' ? files.files : []),
  }
  const draft = drafts[mode]
  const newest = newestOf(ticket)
  useStored(stored, (kind, kept) => {
    if (seen === null) setMode(kind)
    files.restore(kept)
  })
  useFilesInDraft(draft, files.files)

  const write = (target: ReplyMode, text: string) => {
    if (seen === null && text !== '') setSeen(newest)
    if (text === '') presence.stopped()
    else presence.typed()
    drafts[target].setText(text)
  }
  const reply: Reply = {
    mode,
    setMode: (next) => {
      setMode(next)
      if (armed?.needs && armed.needs !== next) setArmed(null)
    },
    draft,
    write: (text) => write(mode, text),
    files,
    armed,
    values,
    setValue: (name, value) => setValues((before) => ({ ...before, [name]: value })),
    arm: (outcome) => {
      setArmed(outcome)
      setValues({})
      setMode(outcome.needs === 'note' ? 'note' : 'reply')
      requestAnimationFrame(() => focus.current?.())
    },
    disarm: () => setArmed(null),
    lastSeen: seen ?? newest,
    sawAll: () => setSeen(newest),
    insert: (target, text) => {
      setMode(target)
      const before = drafts[target].text
      write(target, before.trim() === '' ? text : `${before}\n\n${text}`)
      requestAnimationFrame(() => focus.current?.())
    },
    finish: () => {
      draft.clear()
      void api.delete(`/tickets/${ticket.id}/drafts/${mode}`).catch(() => {})
      files.clear()
      setArmed(null)
      setSeen(null)
      presence.stopped()
    },
    focus,
  }
  return <ReplyContext value={reply}>{children}</ReplyContext>
}

/** A draft on the device at once and on the server soon, one of each kind for a person and a ticket. */
function useKeptDraft(
  ticketId: number,
  accountId: number,
  kind: ReplyMode,
  stored: StoredDraft | undefined,
  files: readonly ReplyFile[],
): Draft {
  const now = useRef(files)
  now.current = files
  const save = useMemo(
    () => (text: string) => {
      const kept = keptOf(now.current)
      const path = `/tickets/${ticketId}/drafts/${kind}`
      if (text.trim() === '' && kept.length === 0) return api.delete(path)
      return api.put(path, { body: { text, ...(kept.length > 0 ? { files: JSON.stringify(kept) } : {}) } })
    },
    [ticketId, kind],
  )
  return useDraft({ id: `${accountId}-${ticketId}-${kind}`, stored: stored?.body.text, save })
}

/** When the server's drafts arrive: the box opens as what one was writing, with its files. */
function useStored(stored: StoredDraft[], restore: (kind: ReplyMode, files: readonly KeptFile[]) => void): void {
  const take = useEffectEvent(restore)
  useEffect(() => {
    const latest = stored.toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt))[0]
    if (latest?.kind !== 'reply' && latest?.kind !== 'note') return
    take(latest.kind, filesOf(latest))
  }, [stored])
}

function filesOf(draft: StoredDraft): KeptFile[] {
  try {
    return JSON.parse(draft.body.files ?? '[]') as KeptFile[]
  } catch {
    // A draft of another making keeps its text; its files are gone.
    return []
  }
}

/** A file that arrives or leaves changes the draft as a word does. */
function useFilesInDraft(draft: Draft, files: readonly ReplyFile[]): void {
  const signature = keptOf(files)
    .map((file) => file.id)
    .join(' ')
  const before = useRef(signature)
  useEffect(() => {
    if (before.current === signature) return
    before.current = signature
    if (draft.text !== '' || signature !== '') draft.setText(draft.text)
  })
}

export function useReply(): Reply {
  const reply = use(ReplyContext)
  if (!reply) throw new Error('no ReplyProvider above')
  return reply
}
