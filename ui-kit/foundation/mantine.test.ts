import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const list = readFileSync(join(import.meta.dirname, 'mantine.css'), 'utf8')
const styled = new Set([...list.matchAll(/styles\/([A-Za-z-]+)\.layer\.css/g)].map((found) => found[1]!))

/** Parts without styles of their own, and the parts whose styles they use. */
const BORROWED: Record<string, string[]> = {
  TextInput: ['Input'],
  Textarea: ['Input'],
  NativeSelect: ['Input'],
  Select: ['Input', 'Combobox', 'Popover', 'ScrollArea', 'CloseButton'],
  Autocomplete: ['Input', 'Combobox', 'Popover', 'ScrollArea'],
  MultiSelect: ['Input', 'Combobox', 'Pill', 'PillsInput', 'Popover', 'ScrollArea'],
  TagsInput: ['Input', 'Combobox', 'Pill', 'PillsInput', 'Popover', 'ScrollArea'],
  Collapse: [],
  FileButton: [],
  FocusTrap: [],
  MantineProvider: [],
  Portal: [],
  Transition: [],
  Box: [],
}

function importedParts(source: string): string[] {
  const names = [...source.matchAll(/import \{([^}]+)\} from '@mantine\/core'/g)].flatMap((found) =>
    found[1]!.split(','),
  )
  return names
    .map((name) => name.trim())
    .filter((name) => /^[A-Z]/.test(name) && !name.endsWith('Props') && name !== 'MantineColorsTuple')
}

test('every part of Mantine that a page uses has its styles in the list', () => {
  const files = globSync('{ui-kit,apps/web,modules/*/ui}/**/*.tsx', { cwd: root, exclude: ['**/node_modules/**'] })
  const missing = files.flatMap((file) =>
    importedParts(readFileSync(join(root, file), 'utf8'))
      .flatMap((part) => BORROWED[part] ?? [part])
      .filter((part) => !styled.has(part))
      .map((part) => `${file}: ${part}`),
  )
  expect(missing).toEqual([])
})

test('the list names only styles that exist', () => {
  const absent = [...styled].filter(
    (part) => !existsSync(join(root, `node_modules/@mantine/core/styles/${part}.layer.css`)),
  )
  expect(absent).toEqual([])
})
