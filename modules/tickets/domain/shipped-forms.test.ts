import { expect, test } from 'vitest'
import { SHIPPED_CHECKLISTS, SHIPPED_FORMS } from '../shipped-forms.ts'
import { formFaults } from './form-check.ts'
import { GENERAL_FORM } from './general-form.ts'

test('the forms that ship could have been saved by an administrator', () => {
  for (const form of [...Object.values(SHIPPED_FORMS), GENERAL_FORM]) expect(formFaults(form)).toEqual([])
})

test('every checklist that ships has something that must be done', () => {
  for (const list of SHIPPED_CHECKLISTS) expect(list.items.filter((item) => item.required).length).toBeGreaterThan(1)
})
