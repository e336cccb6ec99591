import type { PendingFile } from '@opora/ui-kit'
import { ApiError, upload } from '@opora/ui-kit/api'
import { useState } from 'react'

interface Kept extends PendingFile {
  /** The server's id, once it has the file. */
  id?: string
}

/** Files on their way to the server while a message is being written. `ids` go with the message. */
export function useUploads() {
  const [files, setFiles] = useState<readonly Kept[]>([])
  const change = (key: string, patch: Partial<Kept>) =>
    setFiles((before) => before.map((file) => (file.key === key ? { ...file, ...patch } : file)))
  return {
    files,
    ids: files.flatMap((file) => (file.id ? [file.id] : [])),
    /** Something is still on its way. */
    busy: files.some((file) => !file.id && !file.failed),
    add: (chosen: File[]) => {
      for (const file of chosen) {
        const key = crypto.getRandomValues(new Uint32Array(2)).join('-')
        setFiles((before) => [...before, { key, name: file.name, size: file.size, share: 0, file }])
        upload<{ id: string }>('/uploads', file, { onProgress: (share) => change(key, { share }) }).then(
          ({ id }) => change(key, { id, share: 1 }),
          (error: unknown) => change(key, { failed: error instanceof ApiError ? error.message : file.name }),
        )
      }
    },
    remove: (key: string) => setFiles((before) => before.filter((file) => file.key !== key)),
    clear: () => setFiles([]),
  }
}
