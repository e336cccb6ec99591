import type { PdfDefinition } from './content.ts'

/** One loaded engine: the package keeps its fonts and policies in one place for the process. */
let engine: Promise<{ createPdf(definition: PdfDefinition): { getBuffer(): Promise<Buffer> } }> | null = null

/**
 * Renders a document. The engine and its fonts load at the first document, so that a process that makes none pays
 * nothing; fonts come from the package's own memory, and no file or address is ever opened.
 */
export async function renderPdf(definition: PdfDefinition): Promise<Buffer> {
  engine ??= loadEngine()
  return (await engine).createPdf(definition).getBuffer()
}

async function loadEngine() {
  const { default: pdfMake } = await import('pdfmake')
  const { default: roboto } = await import('pdfmake/build/fonts/Roboto.js')
  for (const [name, file] of Object.entries(roboto.vfs)) pdfMake.virtualfs.writeFileSync(name, file.data, file.encoding)
  pdfMake.setFonts(roboto.fonts)
  pdfMake.setUrlAccessPolicy(() => false)
  pdfMake.setLocalAccessPolicy((path) => path in roboto.vfs)
  return pdfMake
}
