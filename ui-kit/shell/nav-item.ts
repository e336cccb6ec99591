import type { ComponentType } from 'react'

export interface NavItem {
  to: string
  label: string
  icon?: ComponentType<{ size?: number; stroke?: number }>
  count?: number
  tone?: 'warn' | 'danger'
}

/** Whether the page is at this item or below it. An item with a query is current only with that query. */
export function isCurrent(to: string, path: string, search: Readonly<Record<string, string>>): boolean {
  const [target = '', query] = to.split('?')
  if (query) {
    const wanted = new URLSearchParams(query)
    return path === target && [...wanted].every(([key, value]) => search[key] === value)
  }
  return path === target || (target.split('/').length > 2 && path.startsWith(`${target}/`))
}
