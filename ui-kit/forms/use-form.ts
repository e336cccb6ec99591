import { type FormEvent, useState } from 'react'
import { ApiError, type FieldFault } from '../api/api-error.ts'
import { idempotencyKey } from '../api/idempotency.ts'

export interface FormOptions<Values, Answer> {
  initial: Values
  /** `key` stays the same over retries of one intention: pass it on as the idempotency key of a create. */
  submit: (values: Values, key: string) => Promise<Answer>
  onDone?: (answer: Answer, values: Values) => void
}

/** Faults by the field that they belong to; a dotted path belongs to the field it begins with when that one is shown. */
function faultOf(faults: readonly FieldFault[], name: string): string | undefined {
  return faults.find((fault) => fault.field === name || fault.field.startsWith(`${name}.`))?.message
}

/** A form's values, its submission, and the server's refusals beside the fields that they name. */
export function useForm<Values extends object, Answer = unknown>(options: FormOptions<Values, Answer>) {
  const [values, setValues] = useState(options.initial)
  const [faults, setFaults] = useState<readonly FieldFault[]>([])
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [key, setKey] = useState(idempotencyKey)
  const [shown] = useState(() => new Set<string>())

  const set = <Name extends keyof Values & string>(name: Name, value: Values[Name]) => {
    setValues((before) => ({ ...before, [name]: value }))
    setFaults((before) => before.filter((fault) => fault.field !== name && !fault.field.startsWith(`${name}.`)))
  }

  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault()
    if (busy) return
    setBusy(true)
    setFailure(null)
    try {
      const answer = await options.submit(values, key)
      setKey(idempotencyKey())
      setFaults([])
      options.onDone?.(answer, values)
    } catch (error) {
      setFaults(error instanceof ApiError ? error.faults() : [])
      setFailure(error)
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) setKey(idempotencyKey())
    } finally {
      setBusy(false)
    }
  }

  return {
    values,
    set,
    reset: (next: Values = options.initial) => {
      setValues(next)
      setFaults([])
      setFailure(null)
    },
    busy,
    submit,
    /** The failure that no shown field can carry; give it to `FormError`. */
    failure: failure !== null && !faults.some((fault) => shown.has(fault.field.split('.')[0] ?? '')) ? failure : null,
    /** The last refusal itself, for a form that changes its course by the code. */
    refusal: failure instanceof ApiError ? failure : null,
    /** Props of a text-like input: `<TextInput label=… {...form.field('email')} />`. */
    field: <Name extends keyof Values & string>(name: Name) => {
      shown.add(name)
      return {
        name,
        value: values[name],
        error: faultOf(faults, name),
        onChange: (event: { currentTarget: { value: string } }) => set(name, event.currentTarget.value as Values[Name]),
      }
    },
    /** Props of an input that gives its value directly: Select, NumberInput, DurationInput. */
    choice: <Name extends keyof Values & string>(name: Name) => {
      shown.add(name)
      return {
        name,
        value: values[name],
        error: faultOf(faults, name),
        onChange: (value: Values[Name] | null) => set(name, value as Values[Name]),
      }
    },
    /** Props of a checkbox or a switch. */
    check: <Name extends keyof Values & string>(name: Name) => {
      shown.add(name)
      return {
        name,
        checked: Boolean(values[name]),
        error: faultOf(faults, name),
        onChange: (event: { currentTarget: { checked: boolean } }) =>
          set(name, event.currentTarget.checked as Values[Name]),
      }
    },
  }
}
