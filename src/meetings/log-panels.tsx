import type { VNode } from 'preact'
import { paths } from '../paths.ts'
import { formatInstant } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import type { Visit } from '../platform/web/routes.ts'
import { DataTable, Tag, Words } from '../ui/index.ts'
import type { OfItem } from './frame.tsx'
import type { LogKind } from './kind.ts'
import { type LogEntry, logOf } from './log.ts'
import { partyName } from './meeting.ts'
import { mayWriteWords } from './own-rows.ts'

/** How many of the latest entries stand on the item itself. */
const latest = 5

/** The logs of an item on its own page: the latest of each, and the way to the rest and to write another. */
export async function LogPanels(visit: Visit, of: OfItem): Promise<VNode[]> {
  const { tx, actor } = visit
  const { item, kind } = of
  if (kind.logs.length === 0) return []
  const mayAdd = (await mayWriteWords(visit, of)) !== undefined
  const all = await logOf(tx, actor, item.id, kind.logs)
  return kind.logs.flatMap(log => {
    const entries = all.filter(one => one.log === log.code && !one.withdrawnAt)
    if (entries.length === 0 && !mayAdd) return []
    return [
      <section key={log.code} aria-labelledby={`log-${log.code}`}>
        <h2 class="govuk-heading-m" id={`log-${log.code}`}>
          {log.title}
        </h2>
        {entries.length === 0 ? <p class="govuk-body">None is recorded.</p> : <Entries log={log} entries={entries.slice(0, latest)} />}
        <p class="govuk-body">
          {mayAdd ? (
            <a class="govuk-link" href={paths.meetings.addToLog(item.id, log.code)}>
              {log.add}
            </a>
          ) : null}
          {mayAdd && entries.length > 0 ? ' · ' : null}
          {entries.length > 0 ? (
            <a class="govuk-link" href={paths.meetings.log(item.id, log.code)}>
              The whole log ({entries.length})<span class="govuk-visually-hidden"> of {lowerFirst(log.title)}</span>
            </a>
          ) : null}
        </p>
      </section>,
    ]
  })
}

const lowerFirst = (text: string): string => text[0]!.toLowerCase() + text.slice(1)

/** Entries of one log, each with whose it is where the reader sees them. `undo` is shown beside each where it is given. */
export const Entries = ({
  log,
  entries,
  undo,
}: {
  log: LogKind
  entries: readonly LogEntry[]
  undo?: ((entry: LogEntry) => VNode | null) | undefined
}): VNode => (
  <DataTable
    caption={log.title}
    captionHidden
    rows={entries}
    keyOf={one => one.id}
    columns={[
      {
        heading: 'When',
        rowHeader: true,
        cell: one => formatDate(one.happenedOn),
        second: one => (log.told && one.toldOn ? `complained ${formatDate(one.toldOn)}` : ''),
      },
      {
        heading: 'What',
        cell: one => (
          <>
            {one.withdrawnAt ? <s>{one.what}</s> : one.what} {one.withdrawnAt ? <Tag text="taken back" classes="govuk-tag--grey" /> : null}
            {one.words && !one.withdrawnAt ? <Words text={one.words} /> : null}
          </>
        ),
      },
      { heading: log.whose.label, cell: one => (one.party ? <bdi>{partyName(one.party)}</bdi> : 'Not said') },
      {
        heading: log.agency,
        cell: one => one.agencyName || 'Not said',
        second: one => `Recorded by ${one.byName}, ${one.byAgency}, ${formatInstant(one.recordedAt)}`,
      },
      ...(undo ? [{ heading: 'Mistake', headingHidden: true as const, cell: undo }] : []),
    ]}
  />
)
