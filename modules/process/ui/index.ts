/** Loaders: each page is a chunk of its own, and the drawing board comes with the designer alone. */
export const processesPage = () => import('./processes-page.tsx').then((m) => m.ProcessesPage)
export const processPage = () => import('./process-page.tsx').then((m) => m.ProcessPage)
export const instructionsPage = () => import('./instructions-page.tsx').then((m) => m.InstructionsPage)
export const comparePage = () => import('./compare-page.tsx').then((m) => m.ComparePage)
export const designerPage = () => import('./designer/designer-page.tsx').then((m) => m.DesignerPage)
export { ProcessDiagram, type ProcessDiagramProps } from './process-diagram.tsx'
export { type PathStay, TicketPath } from './ticket-path.tsx'
