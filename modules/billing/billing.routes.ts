import { type Actor, type Links, read, refuseAccess, write } from '@opora/access'
import type { CivilMonth, Locale } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute, ReadContext } from '@opora/platform/http'
import { cabinetReports, listReports, reportForFile } from './billing.read-model.ts'
import { billingRefusals } from './billing.refusals.ts'
import type { Billing } from './billing.service.ts'
import { cabinetDocumentRoutes } from './cabinet-documents.routes.ts'
import {
  cabinetReportList,
  closeBody,
  periodDetail,
  periodList,
  periodParams,
  periodQuery,
  reportFileQuery,
  reportList,
  reportParams,
  reportQuery,
  undoBody,
} from './contract.ts'
import { creditRoutes } from './credits.routes.ts'
import { documentLinkRoutes } from './document-links.routes.ts'
import { documentRoutes } from './documents.routes.ts'
import { monthRunRoutes } from './month-runs.routes.ts'
import { paymentRoutes } from './payments.routes.ts'
import { listPeriods, periodOf } from './periods.read-model.ts'
import { REPORT_MIME, type ReportFormatCode, reportFileName } from './report-files.ts'
import { templateRoutes } from './templates.routes.ts'

const tag = 'periods'

/** Month's ends, reports for staff, and the client's reports in the cabinet. */
export function billingRoutes(billing: Billing, links: Links): AnyRoute<Actor>[] {
  return [
    ...periodReads(),
    ...periodWrites(billing),
    ...monthRunRoutes(billing),
    ...reportRoutes(billing),
    ...cabinetRoutes(billing),
    ...documentRoutes(billing),
    ...cabinetDocumentRoutes(billing),
    ...documentLinkRoutes(billing, links),
    ...templateRoutes(billing),
    ...paymentRoutes(billing),
    ...creditRoutes(billing),
  ]
}

async function oneMonth(sql: Queryable, actor: Actor, given: { id: number; month: CivilMonth }, locale: Locale) {
  const period = await periodOf(sql, actor, given, locale)
  if (!period) throw billingRefusals.refuse('billing.period_not_found')
  return period
}

function periodReads(): AnyRoute<Actor>[] {
  return [
    read({
      path: '/periods',
      summary: 'A month over all contracts: how each stands, what is unfinished, what it comes to',
      tag,
      policy: 'period.read',
      query: periodQuery,
      replies: periodList,
      handle: ({ query, caller, read: run, locale }) => run((sql) => listPeriods(sql, caller, query, locale)),
    }),
    read({
      path: '/contracts/:id/periods/:month',
      summary: 'One contract’s month in full',
      tag,
      policy: 'period.read',
      params: periodParams,
      replies: periodDetail,
      handle: ({ params, caller, read: run, locale }) => run((sql) => oneMonth(sql, caller, params, locale)),
    }),
  ]
}

function periodWrites(billing: Billing): AnyRoute<Actor>[] {
  const common = { method: 'POST', tag, params: periodParams, replies: periodDetail } as const
  return [
    write({
      ...common,
      path: '/contracts/:id/periods/:month/close',
      summary: 'Close a contract’s month',
      policy: 'period.close',
      body: closeBody,
      handle: async ({ tx, params, caller, body, locale }) => {
        const { recommendations } = body
        await billing.close(tx, caller, { contractId: params.id, month: params.month, recommendations })
        return oneMonth(tx, caller, params, locale)
      },
    }),
    write({
      ...common,
      path: '/contracts/:id/periods/:month/undo',
      summary: 'Undo a close whose documents were not sent',
      policy: 'period.close',
      body: undoBody,
      handle: async ({ tx, params, caller, body, locale }) => {
        await billing.undo(tx, caller, { contractId: params.id, month: params.month, reason: body.reason })
        return oneMonth(tx, caller, params, locale)
      },
    }),
    write({
      ...common,
      path: '/contracts/:id/periods/:month/send',
      summary: 'Send the closed month’s report to the client',
      policy: 'report.send',
      handle: async ({ tx, params, caller, locale }) => {
        await billing.send(tx, caller, { contractId: params.id, month: params.month })
        return oneMonth(tx, caller, params, locale)
      },
    }),
  ]
}

function reportRoutes(billing: Billing): AnyRoute<Actor>[] {
  return [
    read({
      path: '/reports',
      summary: 'Monthly reports, the latest first',
      tag: 'reports',
      policy: 'report.read',
      query: reportQuery,
      replies: reportList,
      handle: ({ query, caller, read: run }) =>
        run(async (sql) => {
          if (caller.side !== 'staff') throw refuseAccess('access.not_allowed')
          return listReports(sql, caller, query)
        }),
    }),
    ...(['pdf', 'xlsx'] as const).map((format) => fileRoute(billing, '/reports', format)),
  ]
}

function cabinetRoutes(billing: Billing): AnyRoute<Actor>[] {
  return [
    read({
      path: '/cabinet/reports',
      summary: 'My company’s monthly reports',
      tag: 'cabinet',
      policy: 'report.read',
      replies: cabinetReportList,
      handle: ({ caller, read: run }) =>
        run(async (sql) => {
          if (!caller.contact) throw refuseAccess('access.not_allowed')
          return { items: await cabinetReports(sql, caller) }
        }),
    }),
    ...(['pdf', 'xlsx'] as const).map((format) => fileRoute(billing, '/cabinet/reports', format)),
  ]
}

function fileRoute(billing: Billing, under: string, format: ReportFormatCode): AnyRoute<Actor> {
  return read({
    path: `${under}/:id/${format}`,
    summary: `A monthly report as ${format.toUpperCase()}, in the reader’s language or the one asked for`,
    tag: 'reports',
    policy: 'report.read',
    params: reportParams,
    query: reportFileQuery,
    raw: { contentType: REPORT_MIME[format] },
    handle: async (context: ReadContext<Actor, { id: number }, { lang?: Locale | undefined }>) => {
      const { caller, params, query, reply } = context
      const locale = query.lang ?? context.locale
      const report = await context.read((sql) => reportForFile(sql, caller, params.id))
      if (!report) throw billingRefusals.refuse('billing.report_not_found')
      const name = encodeURIComponent(reportFileName(report.data, format, locale))
      reply.header('content-disposition', `attachment; filename*=UTF-8''${name}`)
      reply.header('x-content-type-options', 'nosniff')
      reply.type(REPORT_MIME[format])
      await reply.send(await billing.bytesOf(report, format, locale))
      return undefined
    },
  })
}
