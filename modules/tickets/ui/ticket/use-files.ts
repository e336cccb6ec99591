import type { PendingFile } from '@opora/ui-kit'
import { ApiError, upload } from '@opora/ui-kit/api'
import { useCallback, useState } from 'react'

/** A file of the reply box; `id` once the server has it. */
export interface ReplyFile extends PendingFile {
  id?: string
}

let lastKey = 0

/** Files on their way: each is sent at once, and waits on the server for the message that takes it. */
export function useFiles() {
  const [files, setFiles] = useState<readonly ReplyFile[]>([])
  const change = useCallback(
    (key: string, patch: Partial<ReplyFile>) =>
      setFiles((all) => all.map((file) => (file.key === key ? { ...file, ...patch } : file))),
    [],
  )
  const add = useCallback(
    (chosen: readonly File[]) => {
      for (const file of chosen) {
        lastKey += 1
        const key = `file-${lastKey}`
        setFiles((all) => [...all, { key, name: file.name, size: file.size, share: 0, file }])
        upload<{ id: string }>('/uploads', file, {
          onProgress: (share) => change(key, { share: Math.min(share, 0.99) }),
        })
          .then(({ id }) => change(key, { id, share: 1 }))
          .catch((error: unknown) =>
            change(key, { share: 1, failed: error instanceof ApiError ? error.message : String(error) }),
          )
      }
    },
    [change],
  )
  return {
    files,
    add,
    remove: useCallback((key: string) => setFiles((all) => all.filter((file) => file.key !== key)), []),
    /** Puts back what a draft has kept: the server still holds those files. */
    restore: useCallback(
      (kept: readonly KeptFile[]) => setFiles(kept.map((file) => ({ ...file, key: file.id, share: 1 }))),
      [],
    ),
    clear: useCallback(() => setFiles([]), []),
  }
}

export interface KeptFile {
  id: string
  name: string
  size: number
}

/** What a draft keeps of its files. */
export function keptOf(files: readonly ReplyFile[]): KeptFile[] {
  return files.flatMap(({ id, name, size }) => (id ? [{ id, name, size }] : []))
}
