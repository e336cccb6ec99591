/* The parts of pdfmake 0.3 that documents use; the package ships no types. */

declare module 'pdfmake' {
  import type { PdfDefinition } from './content.ts'

  interface PdfMake {
    virtualfs: { writeFileSync(name: string, data: string, encoding: string): void }
    setFonts(fonts: Record<string, Record<string, string>>): void
    setUrlAccessPolicy(allows: (url: string) => boolean): void
    setLocalAccessPolicy(allows: (path: string) => boolean): void
    createPdf(definition: PdfDefinition): { getBuffer(): Promise<Buffer> }
  }

  const pdfMake: PdfMake
  export = pdfMake
}

declare module 'pdfmake/build/fonts/Roboto.js' {
  const font: {
    vfs: Record<string, { data: string; encoding: string }>
    fonts: Record<string, Record<string, string>>
  }
  export = font
}
