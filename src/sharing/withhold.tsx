import { holdItemsKept, sectionFromText, withhold } from '../access/index.ts'
import { audit } from '../audit/index.ts'
import { type Case, findCase, lockCase, readerOf } from '../cases/index.ts'
import { AskColleague, askedColleague, type ColleagueAsked, colleagueMissing } from '../identity/index.ts'
import { paths } from '../paths.ts'
import type { Actor } from '../platform/actor.ts'
import { type Answer, notFound, redirect } from '../platform/web/answer.ts'
import type { Fields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, errorFor, errorSummaryFor, type FieldError, Form, Input, Radios, Select, Textarea, WarningText } from '../ui/index.ts'
import { type Content, sectionsOf } from './contents.ts'
import { sharingPage } from './frame.tsx'
import { mayShare } from './may-share.ts'
import { AskOrganisation } from './receiver-choice.tsx'
import { organisations, type Receiver, userById } from './receivers.ts'
import type { SharingParts } from './sharing-parts.ts'
import { type AtWork, atWorkOn } from './withholdings.queries.ts'

type Known = {
  /** Whoever works with the case: its worker and others who write in it as their own. */
  atWork: readonly AtWork[]
  agencies: readonly Receiver[]
  asked: ColleagueAsked
  user: Receiver | undefined
  sections: readonly Content[]
  ownAgency: number
}
type Wish = { from: Receiver; section: string | null; reason: string; wishOf: string }

/** The empty form. */
export async function newWithholding(visit: Visit, parts: SharingParts): Promise<Answer> {
  const theCase = await findCase(visit.tx, visit.actor, visit.params['caseId'] ?? '')
  if (!theCase || !mayShare(visit.actor, theCase)) return notFound()
  return form(visit, parts, theCase, await look(visit, theCase), [])
}

/** Withholds at once, everywhere. Nobody is told: that something is withheld is not for those whom it keeps out. */
export async function addWithholding(visit: Visit, parts: SharingParts): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  await holdItemsKept(tx)
  const theCase = await lockCase(tx, actor, visit.params['caseId'] ?? '')
  if (!theCase || !mayShare(visit.actor, theCase)) return notFound()
  const known = await look(visit, theCase)
  const wish = readWithholding(fields, known, actor)
  if ('errors' in wish) return form(visit, parts, theCase, known, wish.errors)
  const { id: caseId, personId } = theCase
  const { from, section, reason, wishOf } = wish
  const now = clock.now()
  const part = section === null ? {} : { section: sectionFromText(section) }
  const id = await withhold(tx, actor, now, { caseId, holder: from.principal, reason, wishOf, ...part })
  // From whom stands with the withholding, which they do not read; an audit may be theirs to read.
  const detail = { what: section === null ? 'case' : 'section' }
  await audit(tx, actor, now, { action: 'case-withheld', subject: { type: 'withholding', id }, personId, caseId, detail })
  await parts.afterWithholding(tx, now)
  return redirect(paths.sharing.ofCase(caseId), { notice: `Withheld from ${from.name}` })
}

async function look({ tx, actor, fields }: Visit, theCase: Case): Promise<Known> {
  const all = await organisations(tx)
  const asked = await askedColleague(tx, fields, 'user')
  const own = await tx.selectFrom('cases').select('agency').where('id', '=', theCase.id).executeTakeFirstOrThrow()
  return {
    agencies: all.filter(one => one.kind === 'agency'),
    asked,
    user: await userById(tx, asked.chosen?.userId),
    sections: await sectionsOf(tx, actor, theCase.id),
    ownAgency: own.agency,
    atWork: await atWorkOn(tx, theCase.id),
  }
}

function readWithholding(fields: Fields, known: Known, actor: Actor): Wish | { errors: FieldError[] } {
  const read = readerOf(fields)
  const kind = read.choice('from', ['user', 'agency'], 'Select whom to withhold it from')
  const from = kind === 'user' ? known.user : known.agencies.find(one => one.id === fields.text('agency'))
  const what = read.choice('what', ['case', 'section'], 'Select what to withhold')
  const section = known.sections.find(one => one.id === fields.text('section'))
  if (kind === 'agency' && !from) read.refuse('agency', 'Select an agency')
  if (kind === 'user' && !from) {
    const missing = colleagueMissing('user', known.asked)
    read.refuse(missing.field, missing.message)
  }
  if (what === 'section' && !section) read.refuse('section', 'Select the section')
  const refused = from && whyNot(from, { actor, known })
  if (refused && kind) read.refuse(kind, refused)
  const reason = read.needed('reason', 'Reason', 'Enter why they must not see it', 1_000)
  const wishOf = read.text('wish-of', 'Whose wish it is', 200)
  if (read.errors.length > 0 || !from) return { errors: read.errors }
  return { from, section: what === 'section' && section ? section.id : null, reason, wishOf }
}

/** Whoever works with the case hands it over first, and nobody shuts themselves out: they could not take it back. */
function whyNot(from: Receiver, { actor, known }: { actor: Actor; known: Known }): string | undefined {
  if (from.principal === known.ownAgency)
    return 'The case is this agency’s own. Restrict it to named people, or withhold it from somebody by name'
  if (actor.principals.includes(from.principal)) return 'You cannot withhold it from yourself, or from an agency of yours'
  const worker = known.atWork.find(one => (from.kind === 'user' ? one.principal === from.principal : one.agency === from.principal))
  if (worker) return `${worker.name} works with this case. Give it to somebody else first`
  return undefined
}

function form(visit: Visit, parts: SharingParts, theCase: Case, known: Known, errors: readonly FieldError[]): Promise<Answer> {
  const { fields } = visit
  const error = (name: string) => errorFor(errors, name)
  const body = (
    <>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Withhold from an agency or a person</h1>
      <WarningText text="They see none of it from now on, whatever their role, their team or a share would show them: not on a page, in a search, a count, a notice or a calendar. They are not told." />
      <Form {...visit.form} action={paths.sharing.withhold(theCase.id)}>
        <Radios
          name="from"
          fieldset={{ legend: { text: 'From whom?', classes: 'govuk-fieldset__legend--s' } }}
          errorMessage={error('from')}
          value={fields.text('from')}
          items={[
            {
              value: 'user',
              text: 'One person',
              hint: { text: 'Such as a neighbour or a relative who works for a partner' },
              conditional: { text: <AskColleague name="user" asked={known.asked} typed={fields} errors={errors} /> },
            },
            {
              value: 'agency',
              text: 'An agency, and everybody in it',
              conditional: { text: <AskOrganisation kind="agency" among={known.agencies} typed={fields} errors={errors} /> },
            },
          ]}
        />
        <Radios
          name="what"
          fieldset={{ legend: { text: 'What?', classes: 'govuk-fieldset__legend--s' } }}
          errorMessage={error('what')}
          value={fields.text('what')}
          items={[
            { value: 'case', text: 'The whole case', hint: { text: 'Also that it exists, and the person where nothing else shows them' } },
            {
              value: 'section',
              text: 'A section of a form',
              hint: { text: 'With every version of it and every document and line that follows from it' },
              conditional: {
                text: (
                  <Select
                    name="section"
                    label="Which section?"
                    hint={known.sections.length === 0 ? 'No form of this case has been begun' : undefined}
                    errorMessage={error('section')}
                    value={fields.text('section')}
                    items={choices(known.sections.map(one => ({ value: one.id, text: one.words })))}
                  />
                ),
              },
            },
          ]}
        />
        <Textarea
          name="reason"
          rows={3}
          label={{ text: 'Why?', classes: 'govuk-label--s' }}
          hint="Whoever may change the case can read this; whoever it is withheld from cannot"
          value={fields.typed('reason')}
          errorMessage={error('reason')}
        />
        <Input
          name="wish-of"
          label={{ text: 'Whose wish is it?', classes: 'govuk-label--s' }}
          hint="If somebody asked for it, such as the person or their mother"
          value={fields.typed('wish-of')}
          errorMessage={error('wish-of')}
        />
        <div class="govuk-button-group">
          <Button text="Withhold" classes="govuk-button--warning" />
          <a class="govuk-link" href={paths.sharing.ofCase(theCase.id)}>
            Cancel
          </a>
        </div>
      </Form>
    </>
  )
  return sharingPage(visit, parts, theCase, 'Withhold', body, { hasErrors: errors.length > 0, narrow: true })
}

const choices = (items: { value: string; text: string }[]) => [{ value: '', text: 'Choose one' }, ...items]
