import type { Instant, Locale } from '@opora/core'
import {
  COLOURS,
  keepHeadings,
  type PdfCell,
  type PdfDefinition,
  type PdfNode,
  paragraph,
  printable,
  renderPdf,
  STYLES,
  section,
  table,
} from '@opora/platform/pdf'
import type { Minutes, MinutesItem } from './domain/minutes.ts'

interface About {
  locale: Locale
  company: string
  /** When the session was closed: the moment in the file, so that the same minutes give the same bytes. */
  at: Instant
}

/** The minutes as an A4 document. */
export function renderMinutesPdf(minutes: Minutes, about: About): Promise<Buffer> {
  return renderPdf(minutesDefinition(printable(minutes), about))
}

function minutesDefinition(minutes: Minutes, { locale, company, at }: About): PdfDefinition {
  const written = new Date(at)
  return {
    pageSize: 'A4',
    pageMargins: [40, 46, 40, 48],
    info: { title: minutes.title, author: company, creationDate: written, modDate: written },
    language: locale,
    defaultStyle: { font: 'Roboto', fontSize: 9.5, color: COLOURS.ink, lineHeight: 1.2 },
    styles: STYLES,
    pageBreakBefore: keepHeadings,
    footer: (page, pages) => ({
      text: `${page} / ${pages}`,
      style: 'small',
      alignment: 'right',
      margin: [40, 18, 40, 0],
    }),
    content: [head(minutes), ...minutes.items.flatMap((item) => itemNodes(item, locale))],
  }
}

function head(minutes: Minutes): PdfNode {
  return {
    stack: [
      { text: minutes.subtitle, style: 'overline' },
      { text: minutes.title, style: 'title', margin: [0, 6, 0, 6] },
      ...minutes.facts.map(
        ({ name, value }): PdfNode => ({
          text: [{ text: `${name}: `, color: COLOURS.quiet }, value],
          margin: [0, 0, 0, 2],
        }),
      ),
    ],
  }
}

function itemNodes(item: MinutesItem, locale: Locale): PdfNode[] {
  return [
    section(item.heading),
    paragraph(item.about, COLOURS.quiet),
    ...item.plans.map(
      ({ title, text }): PdfNode => ({
        text: [{ text: `${title}: `, color: COLOURS.quiet }, text],
        margin: [0, 1, 0, 3],
      }),
    ),
    ...(item.ballots.length === 0 ? [] : [ballotTable(item, locale)]),
    ...item.explanation.map((line): PdfNode => ({ text: line, margin: [0, 4, 0, 0] })),
    { text: item.decision, bold: true, margin: [0, 4, 0, 0] },
  ]
}

const HEADS = {
  who: { ru: 'Член коллегии', en: 'Member' },
  choice: { ru: 'Голос', en: 'Vote' },
  at: { ru: 'Когда', en: 'When' },
  comment: { ru: 'Условие или замечание', en: 'Condition or remark' },
}

function ballotTable(item: MinutesItem, locale: Locale): PdfNode {
  return table(
    [
      { title: HEADS.who[locale], width: 150 },
      { title: HEADS.choice[locale], width: 85 },
      { title: HEADS.at[locale], width: 90 },
      { title: HEADS.comment[locale] },
    ],
    item.ballots.map(({ who, choice, at, comment }): PdfCell[] => [who, choice, at, comment]),
  )
}
