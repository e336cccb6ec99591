import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerFaults, circleOf, formFaults } from './form-check.ts'
import { type Answer, answerInWords, type Condition, type FormField, fitsField, readForm } from './request-form.ts'

const words = (text: string) => ({ ru: text, en: text })
const NOTHING = { portalId: null, files: 0 }

function field(name: string, more: Partial<FormField> = {}): FormField {
  const plain = { kind: 'text' as const, label: words(name), help: words(''), need: 'wanted' as const, options: [] }
  return { name, ...plain, shownWhen: [], requiredWhen: [], ...more }
}
const choice = (name: string, values: string[], more: Partial<FormField> = {}): FormField =>
  field(name, { kind: 'choice', options: values.map((value) => ({ value, label: words(value) })), ...more })
const when = (name: string, test: Condition['test'], ...values: string[]): Condition => ({ field: name, test, values })

describe('a form read with its answers', () => {
  const form = [
    choice('what', ['mail', 'crm']),
    field('box', { need: 'required', shownWhen: [when('what', 'is', 'mail')] }),
    field('copy', { need: 'optional', requiredWhen: [when('box', 'filled')] }),
  ]
  test('shows a field when its condition holds, and drops what was answered while it was shown', () => {
    const read = readForm(form, { what: 'crm', box: 'a@b' }, NOTHING)
    expect(read.fields.map((one) => one.shown)).toEqual([true, false, true])
    expect(read).toMatchObject({ answers: { what: 'crm' }, missing: [], percent: 100 })
  })
  test('requires a field when its condition holds', () => {
    const read = readForm(form, { what: 'mail', box: 'a@b' }, NOTHING)
    expect(read.fields.map((one) => one.required)).toEqual([false, true, true])
    expect(read).toMatchObject({ missing: ['copy'], percent: 67 })
  })
  test('takes the portal and the files from the request itself', () => {
    const asked = [field('portal', { kind: 'portal' }), field('shot', { kind: 'file' })]
    expect(readForm(asked, {}, NOTHING).missing).toEqual(['portal', 'shot'])
    expect(readForm(asked, {}, { portalId: 7, files: 1 })).toMatchObject({ percent: 100, answers: { portal: 7 } })
  })
  test.each([
    ['is', ['a'], 'a', true],
    ['is', ['a', 'b'], 'c', false],
    ['is_not', ['a'], 'c', true],
    ['is_not', ['a'], '', false],
    ['filled', [], 'x', true],
    ['empty', [], ' ', true],
    ['empty', [], 'x', false],
  ] as const)('%s %j of %j is %s', (condition, values, answer, isShown) => {
    const asked = [field('a'), field('b', { shownWhen: [when('a', condition, ...values)] })]
    expect(readForm(asked, { a: answer }, NOTHING).fields[1]!.shown).toBe(isShown)
  })
  test('compares numbers and dates, several choices and yes or no', () => {
    const shown = (first: FormField, condition: Condition, answer: Answer) =>
      readForm([first, field('b', { shownWhen: [condition] })], { a: answer }, NOTHING).fields[1]!.shown
    const number = field('a', { kind: 'number' })
    expect(shown(number, when('a', 'at_least', '10'), 9)).toBe(false)
    expect(shown(number, when('a', 'at_least', '10'), 10)).toBe(true)
    expect(shown(field('a', { kind: 'date' }), when('a', 'at_most', '2026-02-01'), '2026-01-31')).toBe(true)
    expect(shown(choice('a', ['x', 'y'], { kind: 'choices' }), when('a', 'is', 'y'), ['x', 'y'])).toBe(true)
    expect(shown(field('a', { kind: 'yes_no' }), when('a', 'is', 'no'), false)).toBe(true)
  })
})

describe('answers', () => {
  test('are refused where they do not fit, and asked for where they are required and shown', () => {
    const form = [
      field('n', { kind: 'number', need: 'required' }),
      field('hidden', { need: 'required', shownWhen: [when('n', 'at_least', '5')] }),
    ]
    const at = (given: Record<string, Answer>, demand = true) =>
      answerFaults(form, given, NOTHING, demand).map((fault) => fault.field)
    expect(at({})).toEqual(['answers.n'])
    expect(at({ n: 'five', other: 'x' })).toEqual(['answers.n', 'answers.other'])
    expect(at({ n: 4, hidden: '' })).toEqual([])
    expect(at({ n: 5 })).toEqual(['answers.hidden'])
    expect(at({ n: 5 }, false)).toEqual([])
  })
  test('of the wrong kind, too long, or of no calendar do not fit', () => {
    expect(fitsField(field('a'), 'x'.repeat(501))).toBe(false)
    expect(fitsField(field('a', { kind: 'date' }), '2026-02-30')).toBe(false)
    expect(fitsField(field('a', { kind: 'file' }), ['../etc'])).toBe(false)
    expect(fitsField(choice('a', ['x'], { kind: 'choices' }), ['x', 'x'])).toBe(false)
    expect(fitsField(field('a', { kind: 'number' }), Number.NaN)).toBe(false)
  })
  test('are said in words', () => {
    const one = choice('a', ['x', 'y'], { kind: 'choices' })
    expect(answerInWords(one, ['x', 'y'], 'ru')).toBe('x, y')
    expect(answerInWords(field('a', { kind: 'yes_no' }), false, 'ru')).toBe('нет')
    expect(answerInWords(field('a', { kind: 'file' }), ['f'], 'ru')).toBeNull()
    expect(answerInWords(field('a', { kind: 'portal' }), 3, 'en', 'Portal')).toBe('Portal')
  })
})

describe('a form is not saved', () => {
  const at = (fields: FormField[]) => formFaults(fields).map((fault) => fault.field)
  test('when its conditions go in a circle; the fields of it are named', () => {
    const form = [
      field('a', { shownWhen: [when('c', 'filled')] }),
      field('b', { shownWhen: [when('a', 'filled')] }),
      field('c', { shownWhen: [when('b', 'filled')] }),
    ]
    expect(formFaults(form)[0]!.message.ru).toContain('a → c → b → a')
  })
  test('with names that repeat or are none, choices without options, conditions on what is not there', () => {
    expect(at([field('a'), field('a')])).toEqual(['fields.1.name'])
    expect(at([field('Имя')])).toEqual(['fields.0.name'])
    expect(at([field('a', { kind: 'choice' })])).toEqual(['fields.0.options'])
    expect(at([choice('a', ['x', 'x'])])).toEqual(['fields.0.options'])
    expect(at([field('a', { shownWhen: [when('b', 'filled')] })])).toEqual(['fields.0.shownWhen'])
    expect(at([field('a', { requiredWhen: [when('a', 'filled')] })])).toEqual(['fields.0.requiredWhen'])
    expect(at([choice('a', ['x']), field('b', { shownWhen: [when('a', 'is', 'z')] })])).toEqual(['fields.1.shownWhen'])
    expect(at([field('a'), field('b', { shownWhen: [when('a', 'at_least', '3')] })])).toEqual(['fields.1.shownWhen'])
    expect(at([field('p', { kind: 'portal' }), field('q', { kind: 'portal' })])).toEqual(['fields.1.kind'])
  })
  test('and one whose fields require each other is: only being shown goes round', () => {
    expect(
      at([field('a', { requiredWhen: [when('b', 'filled')] }), field('b', { requiredWhen: [when('a', 'filled')] })]),
    ).toEqual([])
  })
})

/** A form of up to eight fields that look at earlier ones, or (where `round`) at any. */
const forms = (round: boolean) =>
  fc.integer({ min: 1, max: 8 }).chain((size) =>
    fc.tuple(
      ...Array.from({ length: size }, (_one, index) => {
        const others = Array.from({ length: size }, (_two, other) => other).filter((other) =>
          round ? other !== index : other < index,
        )
        const condition = fc.record({
          field: others.length > 0 ? fc.constantFrom(...others.map((other) => `f${other}`)) : fc.constant('f0'),
          test: fc.constantFrom('is', 'is_not', 'filled', 'empty' as const),
          values: fc.constant(['x']),
        })
        const conditions = others.length > 0 ? fc.array(condition, { maxLength: 2 }) : fc.constant([])
        return fc
          .record({
            shownWhen: conditions,
            requiredWhen: conditions,
            need: fc.constantFrom('required', 'wanted', 'optional'),
          })
          .map((more) => field(`f${index}`, more as unknown as Partial<FormField>))
      }),
    ),
  )
const answers = fc.dictionary(
  fc.constantFrom(...Array.from({ length: 8 }, (_one, i) => `f${i}`)),
  fc.constantFrom('', 'x', 'y'),
)

describe('laws of forms', () => {
  test('a hidden field is never required nor missing, and its answer is dropped', () => {
    fc.assert(
      fc.property(forms(true), answers, (form, given) => {
        const read = readForm(form, given, NOTHING)
        for (const { field: one, shown, required } of read.fields) {
          if (shown) continue
          expect(required || read.missing.includes(one.name) || one.name in read.answers).toBe(false)
        }
      }),
    )
  })
  test('reading what was kept reads the same: nothing hidden holds anything up', () => {
    fc.assert(
      fc.property(forms(false), answers, (form, given) => {
        const read = readForm(form, given, NOTHING)
        expect(readForm(form, read.answers, NOTHING)).toEqual(read)
      }),
    )
  })
  test('an answer more to a field that no condition looks at never makes a request less complete', () => {
    fc.assert(
      fc.property(forms(false), answers, fc.nat(7), (form, given, index) => {
        const one = form[index % form.length]!
        const isLookedAt = form.some((other) =>
          [...other.shownWhen, ...other.requiredWhen].some((c) => c.field === one.name),
        )
        fc.pre(!isLookedAt)
        const before = readForm(form, { ...given, [one.name]: '' }, NOTHING)
        const after = readForm(form, { ...given, [one.name]: 'x' }, NOTHING)
        expect(after.percent).toBeGreaterThanOrEqual(before.percent)
        expect(after.missing.length).toBeLessThanOrEqual(before.missing.length)
      }),
    )
  })
  test('forms that look back alone have no circle; a circle that is told of is one', () => {
    fc.assert(fc.property(forms(false), (form) => void expect(circleOf(form)).toEqual([])))
    fc.assert(
      fc.property(forms(true), (form) => {
        const circle = circleOf(form)
        circle.forEach((name, index) => {
          const next = circle[(index + 1) % circle.length]!
          expect(form.find((one) => one.name === name)!.shownWhen.map((c) => c.field)).toContain(next)
        })
      }),
    )
  })
})

describe('what a condition sees', () => {
  const shown = (
    fields: FormField[],
    answers: Record<string, Answer>,
    around: { portalId: null; files: number } = NOTHING,
  ) =>
    readForm(fields, answers, around)
      .fields.filter((one) => one.shown)
      .map((one) => one.field.name)
  test('compares numbers as numbers, however they were written', () => {
    const fields = [
      field('count', { kind: 'number' }),
      field('why', { shownWhen: [{ field: 'count', test: 'is', values: ['5.0'] }] }),
      field('else', { shownWhen: [{ field: 'count', test: 'is_not', values: ['05'] }] }),
    ]
    expect(shown(fields, { count: 5 })).toEqual(['count', 'why'])
    expect(shown(fields, { count: 6 })).toEqual(['count', 'else'])
  })
  test('sees a file that came with the request where the form counts it as given', () => {
    const fields = [
      field('shot', { kind: 'file' }),
      field('about', { shownWhen: [{ field: 'shot', test: 'filled', values: [] }] }),
    ]
    expect(shown(fields, {}, { portalId: null, files: 1 })).toEqual(['shot', 'about'])
    expect(shown(fields, {})).toEqual(['shot'])
  })
  test('takes no name that every object has for an answer', () => {
    const fields = [field('constructor', {})]
    expect(readForm(fields, {}, NOTHING).missing).toEqual(['constructor'])
    expect(formFaults(fields).map((one) => one.field)).toEqual(['fields.0.name'])
  })
})
