import { audit } from '../audit/index.ts'
import type { PartOfCase } from '../cases/index.ts'
import { type Block, heading, type Paper, paragraph, printout } from '../letters/index.ts'
import { paths } from '../paths.ts'
import { findPerson, spokenName } from '../people/index.ts'
import { formatLongDate } from '../platform/plain-date.ts'
import { type Answer, notFound, page } from '../platform/web/answer.ts'
import type { Visit } from '../platform/web/routes.ts'
import type { Course } from './programme.ts'
import { modulesOfCourse } from './programmes.queries.ts'

type Certificate = { name: string; sentence: string; modules: readonly string[] }

/** What a certificate says, to whoever may see the programme that has been completed: one that is not open to them has no name to certify. */
async function certificateOf(visit: Visit, part: PartOfCase, course: Course): Promise<Certificate | undefined> {
  const { tx, actor, clock } = visit
  const person = await findPerson(tx, part.personId)
  if (!course.isOpen || course.status !== 'completed' || !course.endedOn || !person) return undefined
  await audit(tx, actor, clock.now(), {
    action: 'programme-certificate-opened',
    subject: { type: 'programme-course', id: course.id },
    personId: part.personId,
    caseId: part.caseId,
  })
  const done = (await modulesOfCourse(tx, course)).filter(one => one.done)
  const by = course.agencyName ? ` with ${course.agencyName}` : ''
  return {
    name: spokenName(person),
    sentence: `completed the programme ${course.programmeName}${by} on ${formatLongDate(course.endedOn)}.`,
    modules: done.map(one => one.title),
  }
}

/** The same as a tagged PDF, which a screen reader reads as it is meant. */
export async function certificateAsPdf(visit: Visit, part: PartOfCase, course: Course): Promise<Answer> {
  const certificate = await certificateOf(visit, part, course)
  if (!certificate) return notFound()
  const { name, sentence, modules } = certificate
  const list: Block = { kind: 'list', ordered: false, items: modules.map(title => [paragraph(title)]) }
  const paper: Paper = {
    title: `Certificate of completion – ${name}`,
    language: 'en-GB',
    largePrint: true,
    foot: '',
    blocks: [
      heading(1, 'Certificate of completion'),
      paragraph('This is to certify that'),
      heading(2, name),
      paragraph(sentence),
      ...(modules.length > 0 ? [list] : []),
      { kind: 'signature', signature: null, lines: ['Signed, name and date'] },
    ],
  }
  return printout(paper, visit.clock.now(), `Certificate ${name}`)
}

/**
 * The certificate of a programme that somebody has completed, to be printed and given to them. It says no more than they may want to show: not
 * the service, no reference, nothing of what came of it.
 */
export async function certificatePage(visit: Visit, part: PartOfCase, course: Course): Promise<Answer> {
  const certificate = await certificateOf(visit, part, course)
  if (!certificate) return notFound()
  return page(
    'Certificate',
    <>
      <p class="govuk-body ly-no-print">
        Use your browser’s print button, or take it{' '}
        <a class="govuk-link" href={paths.programmes.certificateAsPdf(part.caseId, course.id)}>
          as a PDF
        </a>
        .{' '}
        <a class="govuk-link" href={paths.programmes.course(part.caseId, course.id)}>
          Back to the programme
        </a>
      </p>
      <div class="ly-certificate">
        <h1 class="govuk-heading-xl">Certificate of completion</h1>
        <p class="govuk-body-l">This is to certify that</p>
        <p class="govuk-heading-l">
          <bdi>{certificate.name}</bdi>
        </p>
        <p class="govuk-body-l">{certificate.sentence}</p>
        <ul class="govuk-list">
          {certificate.modules.map(title => (
            <li key={title}>{title}</li>
          ))}
        </ul>
        <p class="govuk-body ly-certificate__line">Signed</p>
        <p class="govuk-body ly-certificate__line">Name and date</p>
      </div>
    </>,
    { section: 'groups' },
  )
}
