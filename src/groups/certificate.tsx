import { audit } from '../audit/index.ts'
import type { PartOfCase } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { findPerson, spokenName } from '../people/index.ts'
import { formatLongDate } from '../platform/plain-date.ts'
import { type Answer, notFound, page } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { Course } from './programme.ts'
import { modulesOfCourse } from './programmes.queries.ts'

/**
 * The certificate of a programme that somebody has completed, to be printed and given to them. It says no more than they may want to show: not
 * the service, no reference, nothing of what came of it.
 */
export async function certificatePage({ tx, actor, clock }: Visit, part: PartOfCase, course: Course): Promise<Answer> {
  const person = await findPerson(tx, part.personId)
  if (course.status !== 'completed' || !course.endedOn || !person) return notFound()
  await audit(tx, actor, clock.now(), {
    action: 'programme-certificate-opened',
    subject: { type: 'programme-course', id: course.id },
    personId: part.personId,
    caseId: part.caseId,
  })
  const done = (await modulesOfCourse(tx, course)).filter(one => one.done)
  return page(
    'Certificate',
    <>
      <p class="govuk-body ly-no-print">
        Use your browser’s print button.{' '}
        <a class="govuk-link" href={paths.programmes.course(part.caseId, course.id)}>
          Back to the programme
        </a>
      </p>
      <div class="ly-certificate">
        <h1 class="govuk-heading-xl">Certificate of completion</h1>
        <p class="govuk-body-l">This is to certify that</p>
        <p class="govuk-heading-l">
          <bdi>{spokenName(person)}</bdi>
        </p>
        <p class="govuk-body-l">
          completed the programme <strong>{course.programmeName}</strong>
          {course.agencyName ? ` with ${course.agencyName}` : ''} on {formatLongDate(course.endedOn)}.
        </p>
        <ul class="govuk-list">
          {done.map(one => (
            <li key={one.id}>{one.title}</li>
          ))}
        </ul>
        <p class="govuk-body ly-certificate__line">Signed</p>
        <p class="govuk-body ly-certificate__line">Name and date</p>
      </div>
    </>,
    { section: 'groups' },
  )
}
