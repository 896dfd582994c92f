import type { ComponentChildren } from 'preact'
import { audit } from '../../audit/index.ts'
import { type FrameParts, openPart, partPage, planOf, readerOf, recordOnTimeline } from '../../cases/index.ts'
import { type AnswerSet, type FormCase, findAnswerSet } from '../../forms/index.ts'
import { paths } from '../../paths.ts'
import { findPerson, spokenName } from '../../people/index.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Handler, Routes, Visit } from '../../platform/web/routes.ts'
import { Button, Checkboxes, errorFor, errorSummaryFor, type FieldError, Form, Input, PageTitle } from '../../ui/index.ts'
import { readSignature, SignatureFields } from './signature-fields.tsx'
import { addSignature } from './signatures.queries.ts'
import { type Content, contentOfForm, contentOfPlan } from './subjects.ts'

export type SignatureParts = FrameParts & {
  /** The case of a form, as the pages of forms have it: the frame, and whether the actor may edit its forms. */
  openFormCase: (visit: Visit, caseId: string) => Promise<FormCase | undefined>
}

/** `/cases/:caseId/plan/sign` and `/cases/:caseId/forms/:answerSetId/sign`: somebody signs in person, on the device of whoever is signed in. */
export function signatureRoutes(routes: Routes, parts: SignatureParts): void {
  const signing = { may: 'sign' } as const
  const add = (path: string, find: (visit: Visit) => Promise<Signing | undefined>) => {
    const on =
      (answer: (visit: Visit, signing: Signing) => Promise<Answer>): Handler =>
      async visit => {
        const found = await find(visit)
        return found ? answer(visit, found) : notFound()
      }
    routes.get(
      path,
      signing,
      on((visit, one) => signPage(visit, one)),
    )
    routes.post(path, signing, on(postSignature))
  }
  add(paths.letters.signPlan(':caseId'), visit => planToSign(visit, parts))
  add(paths.letters.signForm(':caseId', ':answerSetId'), visit => formToSign(visit, parts))
}

/** Something that a person is about to sign. */
type Signing = {
  type: 'plan' | 'form'
  id: string
  /** 'the plan', 'Housing support assessment' */
  what: string
  content: Content
  caseId: string
  personId: string
  personName: string
  action: string
  back: string
  frame: (title: string, body: ComponentChildren, hasErrors: boolean) => Promise<Answer>
}

async function planToSign(visit: Visit, parts: SignatureParts): Promise<Signing | undefined> {
  const part = await openPart(visit.tx, visit.actor, visit.params.caseId ?? '', 'plan')
  const plan = part?.mayEdit ? await planOf(visit.tx, part.caseId) : undefined
  if (!part || !plan || plan.needs.length === 0) return undefined
  return {
    type: 'plan',
    id: part.caseId,
    what: `The plan, version ${plan.version}`,
    content: contentOfPlan(plan),
    caseId: part.caseId,
    personId: part.personId,
    personName: await nameOf(visit, part.personId),
    action: paths.letters.signPlan(part.caseId),
    back: paths.plan.show(part.caseId),
    frame: (title, body, hasErrors) => partPage(visit, parts, part, title, body, { current: 'plan', hasErrors, narrow: true }),
  }
}

async function formToSign(visit: Visit, parts: SignatureParts): Promise<Signing | undefined> {
  const { caseId = '', answerSetId = '' } = visit.params
  const set = await findAnswerSet(visit.tx, visit.actor, caseId, answerSetId)
  const content = set?.mayEdit ? contentOfForm(set) : undefined
  const theCase = content && (await parts.openFormCase(visit, caseId))
  if (!set || !content || !theCase) return undefined
  return {
    type: 'form',
    id: set.id,
    what: titleOf(set),
    content,
    caseId,
    personId: set.personId,
    personName: await nameOf(visit, set.personId),
    action: paths.letters.signForm(caseId, set.id),
    back: paths.forms.show(caseId, set.id),
    frame: async (title, body, hasErrors) => {
      const inside = (
        <div class="ly-narrow">
          {PageTitle({ title })}
          {body}
        </div>
      )
      return theCase.page(title, inside, { hasErrors })
    },
  }
}

const titleOf = (set: AnswerSet): string => set.form.definition.title

async function nameOf({ tx }: Visit, personId: string): Promise<string> {
  const person = await findPerson(tx, personId)
  return person ? spokenName(person) : ''
}

async function signPage(visit: Visit, signing: Signing, typed: Fields = noFields, errors: readonly FieldError[] = []): Promise<Answer> {
  const { tx, actor, clock } = visit
  const subject = { type: signing.type, id: signing.id }
  await audit(tx, actor, clock.now(), { action: 'signing-opened', subject, personId: signing.personId, caseId: signing.caseId })
  const name = typed.has('name') ? typed.typed('name') : signing.personName
  const body = (
    <Form {...visit.form} action={signing.action} classes="ly-form">
      {errorSummaryFor(errors)}
      <p class="govuk-body">
        {signing.what}. Give {signing.personName || 'the person'} time to read it, or read it to them.{' '}
        <a class="govuk-link" href={signing.back}>
          Read it
        </a>
      </p>
      <input type="hidden" name="hash" value={signing.content.contentHash} />
      {Input({
        name: 'name',
        label: 'Who signs',
        hint: 'The person, or whoever signs for them: a parent, a guardian.',
        value: name,
        errorMessage: errorFor(errors, 'name'),
      })}
      <SignatureFields typed={typed} errors={errors} name={name} whose="Signature" />
      {Checkboxes({
        name: 'present',
        classes: 'govuk-checkboxes--small',
        values: typed.all('present'),
        errorMessage: errorFor(errors, 'present'),
        items: [{ value: 'yes', text: `They signed here, on this device, while I (${actor.name}) was present` }],
      })}
      <div class="govuk-button-group">
        {Button({ text: 'Keep the signature', preventDoubleClick: true })}
        <a class="govuk-link" href={signing.back}>
          Cancel
        </a>
      </div>
    </Form>
  )
  return signing.frame('Sign in person', body, errors.length > 0)
}

async function postSignature(visit: Visit, signing: Signing): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const reader = readerOf(fields)
  const name = reader.needed('name', 'Who signs', 'Enter who signs', 120)
  const { value: signature, errors } = readSignature(fields, { signer: 'person', name })
  reader.errors.push(...errors)
  if (name && !signature && errors.length === 0) reader.refuse('typed', 'Type the name or draw the signature')
  if (!fields.all('present').includes('yes')) reader.refuse('present', 'Confirm that they signed while you were present')
  // What was read is what is signed: a page that was opened before a change does not sign the change.
  if (fields.text('hash') !== signing.content.contentHash)
    reader.errors.unshift({ field: 'name', message: 'It has been changed since this page was opened. Read it again together, then sign' })
  if (reader.errors.length > 0 || !signature) return signPage(visit, signing, fields, reader.errors)
  const { caseId, personId, type, id, content } = signing
  await addSignature(tx, actor, clock.now(), { caseId, personId }, { type, id, ...content }, signature)
  await recordOnTimeline(tx, {
    caseId,
    at: clock.now(),
    kind: type === 'plan' ? 'plan' : 'assessment',
    part: type === 'plan' ? 'plan' : 'forms',
    title: type === 'plan' ? 'Plan signed in person' : `${signing.what} signed in person`,
    source: { type: type === 'plan' ? 'case' : 'answer-set', id },
    href: signing.back,
    actor,
  })
  return redirect(signing.back, { notice: 'The signature has been kept.' })
}
