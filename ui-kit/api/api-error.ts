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
  details?: unknown
  requestId?: string | undefined
}

/** A refusal or a failure of the API. `status` 0 means that the server was not reached. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly field: string | undefined
  readonly details: unknown
  readonly requestId: string | undefined

  constructor(status: number, body: ApiErrorBody) {
    super(body.message)
    this.name = 'ApiError'
    this.status = status
    this.code = body.code
    this.field = body.field
    this.details = body.details
    this.requestId = body.requestId
  }

  /** All the fields at fault: the one of the answer itself and those listed in its details. */
  faults(): FieldFault[] {
    const listed = Array.isArray(this.details) ? this.details.filter(isFieldFault) : []
    const own = this.field ? [{ field: this.field, code: this.code, message: this.message }] : []
    return [...listed, ...own.filter((fault) => !listed.some((other) => other.field === fault.field))]
  }
}

function isFieldFault(value: unknown): value is FieldFault {
  return (
    typeof value === 'object' &&
    value !== null &&
    'field' in value &&
    typeof value.field === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  )
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
