const LOCAL_MAX = 64
const WHOLE_MAX = 254
const ATOM = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+$/u
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u

/**
 * One mailbox in its plain form, or null. Quoted local parts, comments, groups and lists are refused outright: programs disagree about
 * where such mail goes.
 */
export function readEmail(text: string): string | null {
  const address = text.trim()
  if (address.length > WHOLE_MAX) return null
  const [local, domain, ...rest] = address.split('@')
  if (!local || !domain || rest.length > 0 || local.length > LOCAL_MAX) return null
  if (!local.split('.').every((atom) => ATOM.test(atom))) return null
  const labels = domain.split('.')
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label))) return null
  return `${local}@${domain.toLowerCase()}`
}
