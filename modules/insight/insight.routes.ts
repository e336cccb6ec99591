import { type Actor, forSides, mayEver, read, scopeOf, write } from '@opora/access'
import { pageOf } from '@opora/core'
import { readCosts } from '@opora/people'
import { companyToday } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute, ReadContext } from '@opora/platform/http'
import { budgetRoutes } from './budget.routes.ts'
import { capacityRoutes } from './capacity.routes.ts'
import { sendFile } from './export-file.ts'
import { moneyTable, riskTable } from './export-tables.ts'
import type { Insight } from './insight.service.ts'
import { costRows, moneyExportQuery, moneyQuery, moneyReport, moneyRowsQuery, revenueRows } from './money.contract.ts'
import {
  costRows as findCosts,
  moneyReport as findMoney,
  revenueRows as findRevenue,
  readCursor,
  type Sight,
} from './money.read-model.ts'
import {
  type RiskQuery,
  riskExportQuery,
  riskList,
  riskQuery,
  riskRuleBody,
  riskRuleList,
  riskRuleParams,
} from './risks.contract.ts'
import { contractsAtRisk, marginSpan, presentRisk, presentRule, recentMargins, riskRules } from './risks.read-model.ts'

const tag = 'insight'

/** Screens for who looks after money and people: staff's own, and the client's year in the cabinet. */
export function insightRoutes(insight: Insight): AnyRoute<Actor>[] {
  return [
    ...forSides(['staff'], [...riskRoutes(insight), ...ruleRoutes(insight), ...moneyRoutes(insight)]),
    ...forSides(['staff'], capacityRoutes(insight)),
    ...budgetRoutes(insight),
  ]
}

type Context = Pick<ReadContext<Actor, unknown, unknown>, 'caller' | 'locale' | 'read'>

/**
 * Reads figures of money with cost for who may see it, through the door to people's rates; for others without, by the staff's login that
 * could not read them.
 */
function readMoney<T>(
  { ports }: Insight,
  { caller, locale, read: run }: Context,
  body: (sql: Queryable, sight: Sight) => Promise<T>,
): Promise<T> {
  const scope = scopeOf(caller, 'revenue.read')
  if (!mayEver(caller, 'cost.read')) return run((sql) => body(sql, { scope, cost: false, locale }))
  return readCosts(ports.database, caller, (sql) => body(sql, { scope, cost: true, locale }))
}

async function risksFor(insight: Insight, { caller, read: run }: Context, clientId?: number) {
  const margins = mayEver(caller, 'cost.read') ? await readCosts(insight.ports.database, caller, recentMargins) : null
  return run(async (sql) => ({
    today: await companyToday(sql),
    judged: await contractsAtRisk(sql, { scope: scopeOf(caller, 'risk.read'), margins, clientId }),
    rules: (await riskRules(sql)).filter((rule) => margins !== null || !rule.ofCost),
  }))
}

function riskRoutes(insight: Insight): AnyRoute<Actor>[] {
  return [
    read({
      path: '/insight/risks',
      summary: 'Contracts at risk, the most urgent first, each with its reasons and their rules',
      tag,
      policy: 'risk.read',
      query: riskQuery,
      replies: riskList,
      handle: (context) => riskPage(insight, context),
    }),
    read({
      path: '/insight/risks/export',
      summary: 'Contracts at risk as a file',
      tag,
      policy: 'risk.read',
      query: riskExportQuery,
      raw: { contentType: 'application/octet-stream' },
      handle: async (context) => {
        const { judged, rules } = await risksFor(insight, context)
        const rows = judged.map((one) => presentRisk(one, rules, context.locale))
        const table = riskTable(rows, context.locale)
        return sendFile(context, { table, format: context.query.format, name: 'contracts-at-risk' })
      },
    }),
  ]
}

async function riskPage(insight: Insight, context: Context & { query: RiskQuery }) {
  const { query, locale } = context
  const { judged, rules, today } = await risksFor(insight, context, query.clientId)
  const withMargins = mayEver(context.caller, 'cost.read')
  const after = readCursor(query.cursor, ['number', 'number'])
  const asked = judged.filter(({ risks }) => query.code === undefined || risks.some(({ code }) => code === query.code))
  const rest = after
    ? asked.filter(
        ({ weight, contract }) => weight < Number(after[0]) || (weight === after[0] && contract.id < Number(after[1])),
      )
    : asked
  const page = pageOf(rest, query.limit, ({ weight, contract }) => [weight, contract.id])
  return {
    items: page.items.map((one) => presentRisk(one, rules, locale)),
    nextCursor: page.nextCursor,
    counts: rules.map(({ code }) => ({
      code,
      contracts: judged.filter(({ risks }) => risks.some((risk) => risk.code === code)).length,
    })),
    contracts: judged.length,
    marginMonths: withMargins ? marginSpan(today) : null,
  }
}

/** What work costs decides on a rule: it is shown, and its margin named, only to who may see cost. */
function ruleRoutes(insight: Insight): AnyRoute<Actor>[] {
  const shown = async (sql: Queryable, caller: Actor, locale: 'ru' | 'en') =>
    (await riskRules(sql))
      .filter((rule) => !rule.ofCost || mayEver(caller, 'cost.read'))
      .map((rule) => presentRule(rule, locale))
  return [
    read({
      path: '/insight/risk-rules',
      summary: 'When a contract is at risk: the rules with their thresholds',
      tag,
      policy: 'risk.read',
      replies: riskRuleList,
      handle: async ({ caller, locale, read: run }) => ({ items: await run((sql) => shown(sql, caller, locale)) }),
    }),
    write({
      method: 'PUT',
      path: '/insight/risk-rules/:code',
      summary: 'Set a rule’s threshold, or turn it off',
      tag,
      policy: 'risk.change',
      params: riskRuleParams,
      body: riskRuleBody,
      replies: riskRuleList,
      versioned: true,
      handle: async ({ tx, caller, params, body, expectedVersion, locale }) => {
        await insight.changeRiskRule(tx, caller, { ...body, code: params.code, expectedVersion })
        return { items: await shown(tx, caller, locale) }
      },
    }),
  ]
}

// A file holds everything that is asked for, as far as somebody would read it.
const EXPORTED_MAX = 10_000

function moneyRoutes(insight: Insight): AnyRoute<Actor>[] {
  return [
    read({
      path: '/insight/money',
      summary: 'Revenue, and cost and margin for finance and director, by client, contract, package, activity or month',
      tag,
      policy: 'revenue.read',
      query: moneyQuery,
      replies: moneyReport,
      handle: (context) => readMoney(insight, context, (sql, sight) => findMoney(sql, sight, context.query)),
    }),
    read({
      path: '/insight/money/export',
      summary: 'The same figures as a file',
      tag,
      policy: 'revenue.read',
      query: moneyExportQuery,
      raw: { contentType: 'application/octet-stream' },
      handle: async (context) => {
        const { format, ...span } = context.query
        const report = await readMoney(insight, context, (sql, sight) =>
          findMoney(sql, sight, { ...span, limit: EXPORTED_MAX }),
        )
        const name = `money-${span.by}-${span.from}-${span.to}`
        return sendFile(context, { table: moneyTable(report, context.locale), format, name })
      },
    }),
    read({
      path: '/insight/money/revenue',
      summary: 'The lines of bills that a figure of revenue is the sum of',
      tag,
      policy: 'revenue.read',
      query: moneyRowsQuery,
      replies: revenueRows,
      handle: ({ caller, locale, query, read: run }) =>
        run((sql) => findRevenue(sql, { scope: scopeOf(caller, 'revenue.read'), cost: false, locale }, query)),
    }),
    read({
      path: '/insight/money/cost',
      summary: 'The time entries that a figure of cost is the sum of, with their rates',
      tag,
      policy: 'cost.read',
      query: moneyRowsQuery,
      replies: costRows,
      handle: ({ caller, locale, query }) =>
        readCosts(insight.ports.database, caller, (sql) =>
          findCosts(sql, { scope: scopeOf(caller, 'cost.read'), cost: true, locale }, query),
        ),
    }),
  ]
}
