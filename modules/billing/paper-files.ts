import type { FileStore } from '@opora/platform/files'
import { renderPaper } from './documents/papers.ts'
import type { ClosingDocument } from './domain/documents/closing-document.ts'

/** Renders and keeps a paper; the same document gives the same hash. */
export async function storePaper(files: FileStore, document: ClosingDocument): Promise<string> {
  return (await files.put(await renderPaper(document))).sha256
}
