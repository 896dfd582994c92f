import type { VNode } from 'preact'
import { DayInput, readerOf } from '../cases/index.ts'
import { paths } from '../paths.ts'
import type { Fields } from '../platform/web/fields.ts'
import { Checkboxes, Details, errorFor, type FieldError, Input, Select, Textarea } from '../ui/index.ts'
import type { Stated } from './relationship.ts'
import { type Term, type Terms, termsFor } from './terms.ts'

/** What the form is about: the person whose page it is, and who the other is. */
export type FormAbout = {
  /** 'Jago' */
  readonly person: string
  readonly personId: string
  readonly other: string
  readonly isOnRecord: boolean
  /** Whether it may be told of on this person's side alone: not from the other's page. */
  readonly mayHide: boolean
}

/** Reads a relationship as it was typed on one person's page, or what is wrong with it. */
export function readRelationship(fields: Fields, terms: Terms, about: FormAbout, before?: Stated): Stated | { errors: FieldError[] } {
  const read = readerOf(fields)
  const chosen = read.choice(
    'kind',
    kindChoices(terms, before).map(choice => choice.value),
    `Select what ${about.other} is to ${about.person}`,
  )
  const [kind = '', back] = chosen.split('/')
  const otherName = about.isOnRecord ? null : read.needed('otherName', 'Name', 'Enter who it is', 100)
  const otherContact = about.isOnRecord ? null : read.text('otherContact', 'How to reach them', 200) || null
  const from = read.maybeDay('from', 'Since when')
  const to = read.maybeDay('to', 'Until when', from ? { notBefore: from, notBeforeWords: 'the same as or after since when' } : {})
  const note = read.text('note', 'What else to know', 500) || null
  const several = (name: string, what: Term['what'], had: readonly string[] = []) =>
    fields.all(name).filter(code => terms.get(code)?.what === what && (!terms.get(code)?.archived || had.includes(code)))
  if (read.errors.length > 0) return { errors: read.errors }
  return {
    kind,
    kindBack: back === 'back',
    legalRoles: several('role', 'legal-role', before?.legalRoles),
    legalRolesBack: several('roleBack', 'legal-role', before?.legalRolesBack),
    warnings: several('warning', 'warning', before?.warnings),
    warningsBack: several('warningBack', 'warning', before?.warningsBack),
    otherName,
    otherContact,
    from,
    to,
    note,
    oneSided: about.mayHide ? about.isOnRecord && fields.text('oneSided') === 'yes' : (before?.oneSided ?? false),
  }
}

/** A kind from both ends: parent and child are two choices of one kind. */
function kindChoices(terms: Terms, before: Stated | undefined): { value: string; text: string }[] {
  const kinds = [...terms.values()].filter(term => term.what === 'kind' && (!term.archived || term.code === before?.kind))
  return kinds.flatMap(term =>
    term.inverse === term.label
      ? [{ value: term.code, text: term.label }]
      : [
          { value: term.code, text: term.label },
          { value: `${term.code}/back`, text: term.inverse },
        ],
  )
}

type FieldsProps = {
  about: FormAbout
  terms: Terms
  typed: Fields
  errors: readonly FieldError[]
  /** What stands on record, when the form is first opened. */
  before?: Stated | undefined
}

export function RelationshipFields({ about, terms, typed, errors, before }: FieldsProps): VNode {
  const fresh = !typed.has('kind')
  const symmetric = (kind: string) => terms.get(kind)?.inverse === terms.get(kind)?.label
  const kindNow = before && (before.kindBack && !symmetric(before.kind) ? `${before.kind}/back` : before.kind)
  const value = (name: string, onRecord: string | null | undefined) => (fresh ? (onRecord ?? '') : typed.typed(name))
  const ticked = (name: string, onRecord: readonly string[] = []) => (fresh ? onRecord : typed.all(name))
  const boxes = (name: string, what: Term['what'], way: 'label' | 'inverse', legend: string, onRecord: readonly string[] | undefined) => (
    <Checkboxes
      name={name}
      fieldset={{ legend: { text: legend, classes: 'govuk-fieldset__legend--s' } }}
      classes="govuk-checkboxes--small"
      items={termsFor(terms, what).map(term => ({
        value: term.code,
        text: term[way],
        checked: ticked(name, onRecord).includes(term.code),
      }))}
    />
  )
  return (
    <>
      {about.isOnRecord ? null : (
        <>
          <Input
            name="otherName"
            label="Who is it?"
            value={value('otherName', before?.otherName)}
            errorMessage={errorFor(errors, 'otherName')}
            classes="govuk-!-width-one-half"
            autocomplete="off"
            attributes={{ dir: 'auto' }}
          />
          <Input
            name="otherContact"
            label="How to reach them (optional)"
            hint="Telephone number or email"
            value={value('otherContact', before?.otherContact)}
            errorMessage={errorFor(errors, 'otherContact')}
            classes="govuk-!-width-one-half"
            autocomplete="off"
          />
        </>
      )}
      <Select
        name="kind"
        label={`What is ${about.other} to ${about.person}?`}
        value={fresh ? (kindNow ?? '') : typed.text('kind')}
        errorMessage={errorFor(errors, 'kind')}
        items={[{ value: '', text: '' }, ...kindChoices(terms, before)]}
      />
      {boxes('role', 'legal-role', 'label', `In law they are, for ${about.person} (optional)`, before?.legalRoles)}
      {boxes('warning', 'warning', 'label', 'What must be known of them (optional)', before?.warnings)}
      <Details
        summaryText={`What ${about.person} is to them in law, and what must be known for their sake`}
        open={
          (before?.legalRolesBack.length ?? 0) +
            (before?.warningsBack.length ?? 0) +
            typed.all('roleBack').length +
            typed.all('warningBack').length >
          0
        }
      >
        {boxes('roleBack', 'legal-role', 'inverse', 'In law', before?.legalRolesBack)}
        {boxes('warningBack', 'warning', 'inverse', 'What must be known', before?.warningsBack)}
      </Details>
      <DayInput name="from" legend="Since when (optional)" typed={typed} errors={errors} start={before?.from ?? null} />
      <DayInput
        name="to"
        legend="Until when (optional)"
        hint="Leave empty while it lasts"
        typed={typed}
        errors={errors}
        start={before?.to ?? null}
      />
      <Textarea
        name="note"
        label="What else to know (optional)"
        rows="2"
        value={value('note', before?.note)}
        errorMessage={errorFor(errors, 'note')}
        attributes={{ dir: 'auto' }}
      />
      {about.isOnRecord && about.mayHide ? (
        <Checkboxes
          name="oneSided"
          classes="govuk-checkboxes--small"
          items={[
            {
              value: 'yes',
              text: `Tell of this on the record of ${about.person} alone`,
              hint: { text: `The pages of ${about.other} then say nothing of it, whoever reads them` },
              checked: fresh ? (before?.oneSided ?? false) : typed.text('oneSided') === 'yes',
            },
          ]}
        />
      ) : null}
    </>
  )
}

/** Who will see it, before it is saved. */
export function WhoWillSee({ about }: { about: FormAbout }): VNode {
  return (
    <p class="govuk-inset-text">
      {about.isOnRecord
        ? 'Only people who may see both records will see this. '
        : `Everybody who may see the record of ${about.person} will see this. `}
      <a class="govuk-link" href={paths.cases.addAlert(about.personId)}>
        Raise an alert
      </a>{' '}
      to warn everybody who works with {about.person}.
    </p>
  )
}
