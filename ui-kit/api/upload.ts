import { ApiError, type ApiErrorBody } from './api-error.ts'
import { urlOf } from './client.ts'
import { idempotencyKey } from './idempotency.ts'

export interface UploadOptions {
  /** Share sent so far, 0 to 1. */
  onProgress?: (share: number) => void
  signal?: AbortSignal
}

/** Sends one file as `multipart/form-data` in the field `file`, telling how far it is. */
export function upload<Answer>(path: string, file: File, options: UploadOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', urlOf(path))
    request.responseType = 'json'
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('idempotency-key', idempotencyKey())
    request.upload.onprogress = (event) => options.onProgress?.(event.lengthComputable ? event.loaded / event.total : 0)
    request.onload = () => {
      if (request.status < 300) resolve(request.response as Answer)
      else reject(new ApiError(request.status, errorBody(request)))
    }
    request.onerror = () => reject(new ApiError(0, { code: 'web.offline', message: file.name }))
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    options.signal?.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
}

function errorBody(request: XMLHttpRequest): ApiErrorBody {
  const body = request.response as { error?: ApiErrorBody } | ApiErrorBody | null
  if (body && 'error' in body && body.error) return body.error
  if (body && 'code' in body) return body
  return { code: `http.${request.status}`, message: request.statusText }
}
