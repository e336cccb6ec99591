import type { FileStore } from '@opora/platform/files'
import { renderPaper } from './documents/papers.ts'
import type { ClosingDocument } from './domain/documents/closing-document.ts'

/** A paper's bytes with the picture of its letterhead; the same document gives the same bytes. */
export async function paperPdf(files: FileStore, document: ClosingDocument): Promise<Buffer> {
  const logo = document.template?.logo ?? null
  return renderPaper(document, logo === null ? null : await files.read(logo.sha256))
}

/** Renders and keeps a paper; the same document gives the same hash. */
export async function storePaper(files: FileStore, document: ClosingDocument): Promise<string> {
  return (await files.put(await paperPdf(files, document))).sha256
}
