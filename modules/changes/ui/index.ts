/** Loaders: each page of the board is a chunk of its own. */
export const boardPage = () => import('./board-page.tsx').then((m) => m.BoardPage)
export const changePage = () => import('./change-page.tsx').then((m) => m.ChangePage)
export const changeCalendarPage = () => import('./calendar-page.tsx').then((m) => m.ChangeCalendarPage)
export const sessionsPage = () => import('./sessions-page.tsx').then((m) => m.SessionsPage)
export const boardSettingsPage = () => import('./settings-page.tsx').then((m) => m.BoardSettingsPage)
export { CabinetWindow } from './cabinet-window.tsx'
export { useTicketWindow, useWaitingWindows } from './cabinet-windows.ts'
export { ChangePanel } from './change-panel.tsx'
