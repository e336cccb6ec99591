/** One field that was refused: which, why, and the sentence for the reader. */
export interface FieldFault {
  field: string
  code: string
  message: string
}

export interface ApiErrorBody {
  code: string
  message: string
  field?: string | undefined
  /** Every field at fault, when there are several. */
  errors?: FieldFault[] | undefined
  details?: unknown
  requestId?: string | undefined
}

/** A refusal or a failure of the API. `status` 0 means that the server was not reached. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly field: string | undefined
  readonly errors: readonly FieldFault[]
  readonly details: unknown
  readonly requestId: string | undefined

  constructor(status: number, body: ApiErrorBody) {
    super(body.message)
    this.name = 'ApiError'
    this.status = status
    this.code = body.code
    this.field = body.field
    this.errors = body.errors ?? []
    this.details = body.details
    this.requestId = body.requestId
  }

  /** All the fields at fault: those listed, and the one of the answer itself. */
  faults(): FieldFault[] {
    const own = this.field ? [{ field: this.field, code: this.code, message: this.message }] : []
    return [...this.errors, ...own.filter((fault) => !this.errors.some((other) => other.field === fault.field))]
  }
}

/** Somebody else changed the object first. */
export function isConflict(error: unknown): error is ApiError {
  return error instanceof ApiError && (error.status === 409 || error.status === 412)
}

export function isNotFound(error: unknown): error is ApiError {
  return error instanceof ApiError && (error.status === 404 || error.status === 403)
}

export function isOffline(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 0
}
