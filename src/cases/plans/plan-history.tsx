import { paths } from '../../paths.ts'
import { formatInstant, today } from '../../platform/clock.ts'
import { type Answer, notFound } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { DataTable, EmptyState, InsetText } from '../../ui/index.ts'
import type { PartOfCase } from '../part-of-case.ts'
import { type FrameParts, partPage } from '../part-page.tsx'
import { auditPlan } from './audit-plan.ts'
import { planAt, planVersionsOf } from './plan.queries.ts'
import { changeWords } from './plan.ts'
import { PlanView } from './plan-view.tsx'

/** Every version of the plan, the latest first. */
export async function showVersions(visit: Visit, parts: FrameParts, part: PartOfCase): Promise<Answer> {
  await auditPlan(visit, part, 'plan-history-read')
  const versions = await planVersionsOf(visit.tx, part.caseId)
  const body = (
    <DataTable
      caption="Every version of the plan, the latest first"
      captionHidden
      rows={versions}
      keyOf={version => String(version.version)}
      empty={<EmptyState title="There is no plan yet." />}
      columns={[
        {
          heading: 'Version',
          rowHeader: true,
          cell: version => (
            <a class="govuk-link" href={paths.plan.version(part.caseId, version.version)}>
              Version {version.version}
            </a>
          ),
        },
        { heading: 'What changed', cell: version => changeWords[version.change] ?? version.change },
        { heading: 'When', cell: version => formatInstant(version.at), second: version => version.by },
      ]}
    />
  )
  return partPage(visit, parts, part, 'Every version of the plan', body, { current: 'plan' })
}

/** The plan as it was after one change. */
export async function showVersion(visit: Visit, parts: FrameParts, part: PartOfCase): Promise<Answer> {
  const number = Number(visit.params.version)
  const version = Number.isInteger(number) && number > 0 && number < 2 ** 31 ? await planAt(visit.tx, part.caseId, number) : undefined
  if (!version) return notFound()
  await auditPlan(visit, part, 'plan-history-read')
  const body = (
    <>
      {InsetText({
        text: `The plan as it was at ${formatInstant(version.at)}, after: ${changeWords[version.change] ?? version.change}, by ${version.by}.`,
      })}
      <PlanView plan={version.plan} today={today(visit.clock)} mayChange={false} />
      <p class="govuk-body ly-no-print">
        <a class="govuk-link" href={paths.plan.versions(part.caseId)}>
          Every version
        </a>
      </p>
    </>
  )
  return partPage(visit, parts, part, `Plan, version ${number}`, body, { current: 'plan' })
}
