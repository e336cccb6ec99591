import type { ComponentType } from 'react'

/** A page and its address; `$name` parts become `useRoute().params`. The code arrives when the page is opened. */
export interface PageRoute {
  path: string
  load: () => Promise<ComponentType>
  /** Without the shell's frame: signing in, set-up. */
  bare?: boolean
}

/** `page('/desk/tickets/$number', ticketPage)`, where `ticketPage` is a loader from a module's `ui` door. */
export function page(path: string, load: () => Promise<ComponentType>, options: { bare?: boolean } = {}): PageRoute {
  return { path, load, ...options }
}
