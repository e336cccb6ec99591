import type { FeelValue } from './expression.ts'

/** What a function of the language does; whatever does not fit its arguments comes to `null`, as FEEL says. */
type FeelFunction = (args: readonly FeelValue[]) => FeelValue

const onText =
  (act: (text: string, other: string) => FeelValue): FeelFunction =>
  ([text, other = '']) =>
    typeof text === 'string' && typeof other === 'string' ? act(text, other) : null

const onNumber =
  (act: (value: number) => number): FeelFunction =>
  ([value]) =>
    typeof value === 'number' ? act(value) : null

/** Numbers given one by one or as one list; `null` when anything among them is no number. */
function numbersOf(args: readonly FeelValue[]): number[] | null {
  const all = args.length === 1 && Array.isArray(args[0]) ? (args[0] as readonly FeelValue[]) : args
  return all.every((value) => typeof value === 'number') ? (all as number[]) : null
}

const onNumbers =
  (act: (values: number[]) => number): FeelFunction =>
  (args) => {
    const numbers = numbersOf(args)
    return numbers === null || numbers.length === 0 ? null : act(numbers)
  }

interface Declared {
  least: number
  most: number
  act: FeelFunction
}

const LIST = 100
const declare = (least: number, most: number, act: FeelFunction): Declared => ({ least, most, act })

export const FUNCTIONS: ReadonlyMap<string, Declared> = new Map([
  [
    'contains',
    declare(
      2,
      2,
      onText((text, part) => text.includes(part)),
    ),
  ],
  [
    'starts with',
    declare(
      2,
      2,
      onText((text, part) => text.startsWith(part)),
    ),
  ],
  [
    'ends with',
    declare(
      2,
      2,
      onText((text, part) => text.endsWith(part)),
    ),
  ],
  [
    'upper case',
    declare(
      1,
      1,
      onText((text) => text.toUpperCase()),
    ),
  ],
  [
    'lower case',
    declare(
      1,
      1,
      onText((text) => text.toLowerCase()),
    ),
  ],
  [
    'string length',
    declare(
      1,
      1,
      onText((text) => text.length),
    ),
  ],
  ['abs', declare(1, 1, onNumber(Math.abs))],
  ['floor', declare(1, 1, onNumber(Math.floor))],
  ['ceiling', declare(1, 1, onNumber(Math.ceil))],
  [
    'min',
    declare(
      1,
      LIST,
      onNumbers((values) => Math.min(...values)),
    ),
  ],
  [
    'max',
    declare(
      1,
      LIST,
      onNumbers((values) => Math.max(...values)),
    ),
  ],
  [
    'sum',
    declare(
      1,
      LIST,
      onNumbers((values) => values.reduce((sum, value) => sum + value, 0)),
    ),
  ],
  ['count', declare(1, 1, ([list]) => (Array.isArray(list) ? list.length : null))],
  ['list contains', declare(2, 2, ([list, value]) => (Array.isArray(list) ? list.includes(value as FeelValue) : null))],
  ['is defined', declare(1, 1, ([value]) => value !== null)],
  ['get or else', declare(2, 2, ([value = null, otherwise = null]) => value ?? otherwise)],
])

export const FUNCTION_NAMES: ReadonlySet<string> = new Set(FUNCTIONS.keys())
