/**
 * What pages are made of. GOV.UK's and MOJ's components take props named as their macro options and print their markup;
 * the rest are Lanyard's own, for people who use it all day. All are plain functions of their props and need no script.
 */

/** One line under a record's banner that must not be overlooked: `kind` danger, warning, notice or success. */
export { AlertBar, type AlertBarProps } from './alert-bar.tsx'
/** A wide column with a narrow one; the title of a page with its context and buttons. */
export { Columns, PageTitle } from './columns.tsx'
/** A dense list with two-line cells, which becomes labelled cards on a phone. */
export { type Column, DataTable, type DataTableProps, type Sorting } from './data-table.tsx'
/** Ready-made views of a list, each with its own address. */
export { type Chip, FilterChips } from './filter-chips.tsx'
/** A form that posts, its error summary, and the message for one field. */
export { errorFor, errorSummaryFor, type FieldError, Form, type FormProps } from './form.tsx'
/** Every component of govuk-frontend. */
export * from './govuk/index.ts'
/** The whole page round a body, as text. */
export { harmlessPage, type Link, type NavigationItem, type PageShell, renderDocument, type Session } from './layout.tsx'
/** Types that the props share, `raw` for trusted markup, `cls` for class names. */
export { type Attributes, type Content, cls, type Falsy, type Options, type Part, raw } from './markup.tsx'
/** The components of MOJ Frontend that a case system needs. */
export * from './moj/index.ts'
/** Counts, stages, facts, side panels, what to do next, and what to show when there is nothing. */
export {
  DoNext,
  EmptyState,
  type Fact,
  Facts,
  type Figure,
  Figures,
  type NextThing,
  SidePanel,
  type Step,
  Steps,
} from './panels.tsx'
/** Prints the page, where there is script. */
export { PrintButton } from './print-button.tsx'
/** Who or what a page is about: name, tags, facts, alerts. */
export { RecordBanner, type RecordBannerProps } from './record-banner.tsx'
/** Days in words: '3 days overdue', 'today', 'in 2 days', 'Thu 19 Nov'. */
export { Due, dueWords, relativeDay, shortDay, When } from './relative-date.tsx'
/** Two versions compared, changes said in words. */
export { type ComparedRow, SideBySide, type SideBySideProps } from './side-by-side.tsx'
/** The level of risk, and flags that must be seen, in words on a colour. */
export { FlagTag, type RiskLevel, RiskTag } from './tag.tsx'
/** What is coming and what has been, month by month. */
export { Timeline, type TimelineEntry, type TimelineGroup } from './timeline.tsx'
/** What somebody typed, with their paragraphs and line breaks. */
export { Words } from './words.tsx'
