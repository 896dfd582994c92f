import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { formatDate, type PlainDate } from '../../platform/plain-date.ts'
import { SidePanel } from '../../ui/index.ts'
import type { Flag } from '../flags/flags.ts'
import type { Case } from '../load-case.ts'

export function FlagsPanel({
  theCase,
  flags,
  today,
  mayFlag,
  maySettle,
}: {
  theCase: Case
  flags: readonly Flag[]
  today: PlainDate
  mayFlag: boolean
  maySettle: boolean
}): VNode | null {
  const open = flags.filter(flag => flag.resolvedAt === null)
  if (open.length === 0 && !mayFlag) return null
  return (
    <SidePanel id="flags" title="Flags">
      {open.length > 0 ? (
        <ul class="ly-list">
          {open.map(flag => (
            <li key={flag.id}>
              {maySettle ? (
                <a class="govuk-link" href={paths.cases.flag(theCase.id, flag.id)}>
                  {flag.label}
                </a>
              ) : (
                <strong>{flag.label}</strong>
              )}
              {flag.note ? <span class="ly-second">{flag.note}</span> : null}
              {flag.reviewOn ? (
                <span class={flag.reviewOn < today ? 'ly-second ly-due--late' : 'ly-second'}>
                  {flag.reviewOn < today ? 'Should have been looked at by' : 'To be looked at on'} {formatDate(flag.reviewOn)}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      ) : (
        <p class="govuk-body">None on this case.</p>
      )}
      {mayFlag ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.cases.action(theCase.id, 'flags/new')}>
            Raise a flag
          </a>{' '}
          ·{' '}
          <a class="govuk-link" href={paths.cases.addAlert(theCase.personId)}>
            Warn everybody
          </a>
        </p>
      ) : null}
    </SidePanel>
  )
}
