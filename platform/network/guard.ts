import { lookup as systemLookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Thrown when a host that somebody typed leads where Opora must not go. It names no address: the answer would be a map of the network. */
export class ForbiddenHost extends Error {
  readonly code = 'EFORBIDDENHOST'
  constructor() {
    super('this host is not open to connections from settings')
    this.name = 'ForbiddenHost'
  }
}

export interface HostGuard {
  /** Private hosts that the installation's administrator allows, each as `host:port`. */
  privateHosts: readonly string[]
  /** Every address of a name; default: the system's resolver. */
  lookup?(host: string): Promise<string[]>
}

/**
 * The address to connect to for a host that came from settings or from a person (lessons R1, R9). Only public addresses, unless exactly
 * this host and port are allowed; a name of which any address is not public is refused, since the next connection might take that one.
 * Connect to what this gives, not to the name: asking the name again may answer otherwise. Throws `ForbiddenHost`, or what the resolver throws.
 */
export async function guardedAddress(host: string, port: number, guard: HostGuard): Promise<string> {
  const name = host
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
  const addresses = isIP(name) ? [name] : await (guard.lookup ?? allAddresses)(name)
  const first = addresses[0]
  if (first === undefined) throw Object.assign(new Error('the name has no address'), { code: 'ENOTFOUND' })
  if (isAllowedPrivateHost(name, port, guard.privateHosts)) return first
  if (!addresses.every(isPublicAddress)) throw new ForbiddenHost()
  return first
}

export function isAllowedPrivateHost(host: string, port: number, privateHosts: readonly string[]): boolean {
  const asked = `${host.trim().toLowerCase()}:${port}`
  return privateHosts.some((allowed) => allowed.trim().toLowerCase() === asked)
}

// ipaddr.js calls the first "unicast"; the others carry an IPv4 address inside that a gateway may unpack.
const WRAPPED = ['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '2002::/16', '2001::/32'].map((range) =>
  ipaddr.parseCIDR(range),
)

/** Whether an address belongs to the open internet. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast') return false
  return (
    parsed.kind() === 'ipv4' || !WRAPPED.some((range) => (parsed as ipaddr.IPv6).match(range as [ipaddr.IPv6, number]))
  )
}

/** An address (`10.0.0.7`, `::1`) or a network of them (`10.0.0.0/8`). */
export function isNetwork(text: string): boolean {
  return ipaddr.isValid(text) || ipaddr.isValidCIDR(text)
}

/** Is this address one of these, or in one of these networks? An IPv4 address inside an IPv6 one is taken for what it is. */
export function isInNetworks(address: string | null, networks: readonly string[]): boolean {
  if (address === null || !ipaddr.isValid(address)) return false
  const asked = ipaddr.process(address)
  return networks.some((network) => {
    const [start, bits] = ipaddr.isValidCIDR(network) ? ipaddr.parseCIDR(network) : wholeAddress(network)
    return start.kind() === asked.kind() && asked.match(start as ipaddr.IPv6, bits)
  })
}

function wholeAddress(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const address = ipaddr.process(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

async function allAddresses(host: string): Promise<string[]> {
  return (await systemLookup(host, { all: true })).map((one) => one.address)
}
