import type { CivilDate } from '@opora/core'
import type { Json, Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { ContractTerms } from './domain/terms.ts'

export interface ContractColumns {
  number?: string
  title?: string
  status?: 'draft' | 'active' | 'suspended' | 'ended'
  signedOn?: CivilDate | null
  letterUntil?: CivilDate | null
  letterAmountKopecks?: number | null
  startsOn?: CivilDate
  endsOn?: CivilDate | null
  zone?: string
  suspendedReason?: string | null
}

/** `null` when the number is taken. */
export async function insertContract(tx: Tx, clientId: number, columns: ContractColumns): Promise<number | null> {
  const row = { clientId, ...defined(columns) }
  const [made] = await tx<{ id: number }[]>`
    insert into contract ${tx(row as never)} on conflict (number) do nothing returning id`
  return made?.id ?? null
}

/** Throws the version conflict when somebody else was faster. */
export async function updateContract(
  tx: Tx,
  id: number,
  expected: number | null,
  columns: ContractColumns,
): Promise<void> {
  const changes = { ...defined(columns), version: tx`version + 1` }
  const rows = await tx`update contract set ${tx(changes as never)}
    where id = ${id} ${expected === null ? tx`` : tx`and version = ${expected}`} returning version`
  if (rows.length === 1) return
  const [now] = await tx<{ version: number }[]>`select version from contract where id = ${id}`
  throw refuseHttp('http.version_conflict', { details: { currentVersion: now?.version ?? null } })
}

/** Details of both sides as they are on the day of conclusion: what was signed does not change with a card. */
export async function keepParties(
  tx: Tx,
  id: number,
  { clientId, legalEntityId }: { clientId: number; legalEntityId: number | null },
): Promise<void> {
  await tx`update contract set parties = jsonb_build_object(
      'client', (select jsonb_build_object('name', coalesce(legal_name, name), 'address', legal_address, 'inn', inn, 'kpp', kpp, 'ogrn', ogrn,
        'bankName', bank_name, 'bik', bik, 'settlementAccount', settlement_account, 'corrAccount', corr_account)
        from client where id = ${clientId}),
      'provider', (select jsonb_build_object('name', coalesce(nullif(full_name, ''), name), 'address', address, 'inn', inn, 'kpp', kpp,
        'ogrn', ogrn, 'bankName', bank_name, 'bik', bik, 'settlementAccount', settlement_account, 'corrAccount', corr_account)
        from legal_entity where archived_at is null and case when ${legalEntityId}::bigint is null then is_default
          else id = ${legalEntityId} end))
    where id = ${id}`
}

export interface VersionRow {
  clientId: number
  contractId: number
  validFrom: CivilDate
  terms: ContractTerms
  reason: string
  createdBy: number | null
}

export async function insertVersion(tx: Tx, row: VersionRow): Promise<void> {
  await tx`insert into contract_version (client_id, contract_id, valid_from, terms, reason, created_by)
    values (${row.clientId}, ${row.contractId}, ${row.validFrom}, ${tx.json(row.terms as unknown as Json)}, ${row.reason}, ${row.createdBy})`
}

/** Mirrors the lists of the newest version, so that foreign keys keep foreign portals and people out. */
export async function mirrorEntitlement(
  tx: Tx,
  contract: { id: number; clientId: number },
  entitlement: ContractTerms['entitlement'],
): Promise<void> {
  const portals = entitlement.portals === 'listed' ? entitlement.portalIds.map(Number) : []
  const contacts = entitlement.contacts === 'listed' ? entitlement.contactIds.map(Number) : []
  await tx`delete from contract_portal where contract_id = ${contract.id} and portal_id <> all(${portals}::bigint[])`
  await tx`delete from contract_contact where contract_id = ${contract.id} and contact_id <> all(${contacts}::bigint[])`
  await tx`insert into contract_portal select ${contract.clientId}, ${contract.id}, p from unnest(${portals}::bigint[]) p on conflict do nothing`
  await tx`insert into contract_contact select ${contract.clientId}, ${contract.id}, c from unnest(${contacts}::bigint[]) c on conflict do nothing`
}

function defined<Row extends object>(row: Row): Partial<Row> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Partial<Row>
}

/** A contract stops from a day on. */
export async function beginSuspension(
  tx: Tx,
  row: { clientId: number; contractId: number; fromDate: CivilDate; reason: string; begunBy: number | null },
): Promise<void> {
  await tx`insert into contract_suspension ${tx(row as never)}`
}

/** The open suspension ended on the eve of a day; returns its first day, `null` where none was open. */
export async function endSuspension(
  tx: Tx,
  contractId: number,
  { since, endedBy }: { since: CivilDate; endedBy: number | null },
): Promise<CivilDate | null> {
  const [row] = await tx<{ fromDate: CivilDate }[]>`
    update contract_suspension set to_date = ${since}::date - 1, ended_by = ${endedBy}
    where contract_id = ${contractId} and to_date is null returning from_date`
  return row?.fromDate ?? null
}
