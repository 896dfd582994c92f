import type { VNode } from 'preact'
import { audit } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { londonTime } from '../../platform/clock.ts'
import { notFound, type Answer as WebAnswer } from '../../platform/web/answer.ts'
import type { Visit } from '../../platform/web/routes.ts'
import { Button, EmptyState, PageTitle, Select } from '../../ui/index.ts'
import { type Aside, asidesOf, eventsOf, filledAt, type Version, versionsOf } from '../answer-sets/versions.ts'
import { CompareForms } from '../render/compare.tsx'
import type { FormsHost } from './host.ts'
import { type OpenForm, openForm } from './open-form.ts'
import { eventLine } from './read-form.tsx'
import { longMoment } from './saved-words.tsx'

/** Every version of a form, who wrote it and when, and words that were set aside. */
export async function showVersions(visit: Visit, host: FormsHost): Promise<WebAnswer> {
  const opened = await openForm(visit, host)
  if (opened === undefined) return notFound()
  const { set, theCase } = opened
  const versions = await versionsOf(visit.tx, set.id)
  const asides = await asidesOf(visit.tx, set.id)
  await audit(visit.tx, visit.actor, visit.clock.now(), {
    action: 'form-versions-read',
    subject: { type: 'answer-set', id: set.id },
    personId: set.personId,
    caseId: theCase.id,
  })
  const body = (
    <>
      {PageTitle({ title: 'Versions', context: set.form.definition.title })}
      {versions.length === 0 ? (
        <EmptyState title="Nothing has been saved yet." />
      ) : (
        ChooseTwo({ opened, versions, from: versions.at(-2)?.until ?? 0, to: versions.at(-1)!.until })
      )}
      <h2 class="govuk-heading-m">Versions, newest first</h2>
      <ol class="ly-list" reversed>
        {versions.toReversed().map((version, place) => (
          <li key={version.until}>
            <a
              class="govuk-link"
              href={`${paths.forms.compare(theCase.id, set.id)}?from=${versions.at(-2 - place)?.until ?? 0}&to=${version.until}`}
            >
              {version.author}, {spanWords(version)}
            </a>
            <span class="ly-second">
              {version.questions.length === 1 ? '1 question changed' : `${version.questions.length} questions changed`}
            </span>
          </li>
        ))}
      </ol>
      {asides.length > 0 ? <SetAside opened={opened} asides={asides} /> : null}
      <h2 class="govuk-heading-m">What happened</h2>
      <ul class="ly-list">{(await eventsOf(visit.tx, set.id)).map(eventLine)}</ul>
    </>
  )
  return theCase.page(`Versions – ${set.form.definition.title}`, body)
}

/** Two versions side by side; changes alone, or every answer. */
export async function compareVersions(visit: Visit, host: FormsHost): Promise<WebAnswer> {
  const opened = await openForm(visit, host)
  if (opened === undefined) return notFound()
  const { set, theCase } = opened
  const versions = await versionsOf(visit.tx, set.id)
  const named = (position: string | null): number | undefined =>
    position === '0' ? 0 : versions.find(version => String(version.until) === position)?.until
  const from = named(visit.query.get('from'))
  const to = named(visit.query.get('to'))
  if (from === undefined || to === undefined) return notFound()
  const all = visit.query.get('answers') === 'all'
  await audit(visit.tx, visit.actor, visit.clock.now(), {
    action: 'form-versions-compared',
    subject: { type: 'answer-set', id: set.id },
    personId: set.personId,
    caseId: theCase.id,
    detail: { from, to },
  })
  const heading = (position: number) => {
    const version = versions.find(one => one.until === position)
    return version === undefined ? 'Empty form' : `${version.author}, ${spanWords(version)}`
  }
  const side = async (position: number) => ({
    heading: heading(position),
    form: set.form,
    filled: await filledAt(visit.tx, set.id, position),
  })
  const before = await side(from)
  const after = await side(to)
  const body = (
    <>
      {PageTitle({ title: 'Two versions side by side', context: set.form.definition.title })}
      {ChooseTwo({ opened, versions, from, to, all })}
      {CompareForms({ before, after, around: opened.around, onlyChanges: !all, sections: opened.sections })}
    </>
  )
  return theCase.page(`Two versions – ${set.form.definition.title}`, body)
}

function ChooseTwo({
  opened: { theCase, set },
  versions,
  from,
  to,
  all = false,
}: {
  opened: OpenForm
  versions: readonly Version[]
  from: number
  to: number
  all?: boolean
}): VNode {
  const items = [
    { value: '0', text: 'Empty form' },
    ...versions.map(version => ({ value: String(version.until), text: `${version.author}, ${spanWords(version)}` })),
  ]
  return (
    <form method="get" action={paths.forms.compare(theCase.id, set.id)}>
      {Select({ name: 'from', label: 'Compare', items, value: String(from) })}
      {Select({ name: 'to', label: 'With', items, value: String(to) })}
      {Select({
        name: 'answers',
        label: 'Show',
        value: all ? 'all' : 'changed',
        items: [
          { value: 'changed', text: 'What changed' },
          { value: 'all', text: 'Every answer' },
        ],
      })}
      {Button({ text: 'Compare', classes: 'govuk-button--secondary' })}
    </form>
  )
}

function SetAside({ opened: { theCase, set }, asides }: { opened: OpenForm; asides: readonly Aside[] }): VNode {
  return (
    <>
      <h2 class="govuk-heading-m">Words set aside</h2>
      <p class="govuk-body">
        The same question was changed in two places at once, by two people or in two tabs. The words that do not stand are kept here.
      </p>
      <ul class="ly-list">
        {asides.map(aside => (
          <li key={aside.id}>
            {/* Choosing between them is for whoever may change the answers. */}
            {set.sections.get(aside.section)?.mayEdit ? (
              <a class="govuk-link" href={paths.forms.settle(theCase.id, set.id, aside.id)}>
                {aside.author}, {longMoment(aside.savedAt)}
              </a>
            ) : (
              `${aside.author}, ${longMoment(aside.savedAt)}`
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

/** '19 November 2026 at 9:12am to 09:31' */
function spanWords({ from, to }: Version): string {
  const end = londonTime(to)
  return end === londonTime(from) ? longMoment(from) : `${longMoment(from)} to ${end}`
}
