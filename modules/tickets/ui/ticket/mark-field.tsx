import { Button, TextInput } from '@mantine/core'
import { useCan } from '@opora/access/ui'
import { Popup, useWords } from '@opora/ui-kit'
import { type FormEvent, type ReactNode, useState } from 'react'
import formCss from '../form/form.module.css'
import { formWords } from '../form/form-words.ts'
import css from './ticket.module.css'
import { ticketWords } from './ticket-words.ts'

interface MarkFieldProps {
  name: string
  shown: ReactNode
  type: 'text' | 'number' | 'date'
  value: string
  onSave: (value: string) => Promise<void>
}

/** A mark that is typed: shown as a value, changed where it stands. */
export function MarkField(props: MarkFieldProps) {
  const t = useWords(ticketWords)
  const can = useCan()
  const shown = props.shown || <span className={css.quiet}>{t('notSet')}</span>
  return (
    <>
      <dt>{props.name}</dt>
      <dd>
        {can('ticket.change') ? (
          <Popup label={props.name} trigger={shown} className={css.value}>
            {(close) => <Typed {...props} onClose={close} />}
          </Popup>
        ) : (
          shown
        )}
      </dd>
    </>
  )
}

function Typed({ name, type, value, onSave, onClose }: MarkFieldProps & { onClose: () => void }) {
  const t = useWords(formWords)
  const [text, setText] = useState(value)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    onClose()
    if (text !== value) await onSave(text.trim())
  }
  return (
    <form className={formCss.row} onSubmit={save}>
      <TextInput
        aria-label={name}
        data-autofocus
        type={type}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" size="compact-md">
        {t('save')}
      </Button>
    </form>
  )
}
