import type { VNode } from 'preact'
import { paths } from '../../paths.ts'
import { type Answer, page } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Visit } from '../../platform/web/routes.ts'
import {
  BackLink,
  Button,
  Columns,
  Details,
  errorFor,
  errorSummaryFor,
  type FieldError,
  Form,
  Input,
  InsetText,
  PageTitle,
  Select,
  SidePanel,
  Textarea,
} from '../../ui/index.ts'
import { checkTemplate, type Vocabulary, vocabularyOf } from '../merge/read-template.ts'
import { PaperOnPage } from '../paper/paper-on-page.tsx'
import { HowToWrite } from '../write/draft-page.tsx'
import { exampleOf } from './example.ts'
import { statusTag } from './list-templates.tsx'
import type { LetterTemplate } from './templates.queries.ts'

type Shown = { typed?: Fields; errors?: readonly FieldError[] }

/** One version of a template: a draft to change, with the fields that there are and how it reads for a made-up person; a release to read. */
export async function templatePage(visit: Visit, template: LetterTemplate, { typed = noFields, errors = [] }: Shown = {}): Promise<Answer> {
  const vocabulary = await vocabularyOf(visit.tx)
  const { code, version, status, title } = template
  const body = typed.has('body') ? typed.typed('body') : template.body
  const heading = `${title}, version ${version}`
  return page(
    `${heading} – Letters`,
    <>
      <BackLink href={paths.letters.templates}>Letters</BackLink>
      {errorSummaryFor(errors)}
      <PageTitle
        title={heading}
        context={
          <>
            {statusTag(template)} {template.agencyName ?? 'Every agency'}
          </>
        }
      />
      <Columns aside={<FieldsPanel vocabulary={vocabulary} />}>
        {status === 'draft' ? (
          <Form {...visit.form} action={paths.letters.template(code, version)} classes="ly-form">
            <input type="hidden" name="revision" value={String(template.revision)} />
            {Input({
              name: 'title',
              label: 'What the letter is',
              value: typed.has('title') ? typed.typed('title') : title,
              errorMessage: errorFor(errors, 'title'),
            })}
            {await serviceSelect(visit, typed.has('service') ? typed.text('service') : (template.serviceArea ?? ''), errors)}
            {Textarea({
              name: 'body',
              label: 'Wording',
              rows: 24,
              value: body,
              errorMessage: errorFor(errors, 'body'),
              classes: 'ly-wording',
            })}
            <HowToWrite />
            <HowToMerge />
            <div class="govuk-button-group">
              {Button({ text: 'Save', name: '_then', value: 'save', classes: 'govuk-button--secondary' })}
              {Button({ text: 'Save and release', name: '_then', value: 'release' })}
            </div>
          </Form>
        ) : (
          <>
            {InsetText({
              text:
                status === 'released'
                  ? 'This version is in use and cannot be changed. Begin the next one to change its words.'
                  : 'The template is out of use. Begin the next version to bring it back.',
            })}
            <pre class="ly-wording-shown">{template.body}</pre>
            <div class="govuk-button-group">
              <Form {...visit.form} action={paths.letters.nextTemplate(code, version)}>
                {Button({ text: 'Begin the next version' })}
              </Form>
              {status === 'released' ? (
                <Form {...visit.form} action={paths.letters.retireTemplate(code, version)}>
                  {Button({ text: 'Retire it', classes: 'govuk-button--secondary' })}
                </Form>
              ) : null}
            </div>
          </>
        )}
        <Example vocabulary={vocabulary} title={title} body={body} />
      </Columns>
    </>,
    { section: 'administration', hasErrors: errors.length > 0 },
  )
}

/** A new template: what it is, for whom. Its wording comes next. */
export async function newTemplatePage(visit: Visit, { typed = noFields, errors = [] }: Shown = {}): Promise<Answer> {
  const agencies = await agencyChoices(visit)
  return page(
    'Add a template – Letters',
    <>
      <BackLink href={paths.letters.templates}>Letters</BackLink>
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">Add a template</h1>
      <div class="ly-narrow">
        <Form {...visit.form} action={paths.letters.addTemplate}>
          {Input({
            name: 'title',
            label: 'What the letter is',
            hint: 'Such as “Appointment” or “We have closed your case”',
            value: typed.typed('title'),
            errorMessage: errorFor(errors, 'title'),
          })}
          {Select({
            name: 'agency',
            label: 'Who writes it',
            value: typed.text('agency'),
            items: agencies.map(one => ({ value: one.value, text: one.text })),
            errorMessage: errorFor(errors, 'agency'),
          })}
          {await serviceSelect(visit, typed.text('service'), errors)}
          {Button({ text: 'Continue', preventDoubleClick: true })}
        </Form>
      </div>
    </>,
    { section: 'administration', hasErrors: errors.length > 0 },
  )
}

/** The agencies that the reader administers, by principal; every agency for the authority. */
export async function agencyChoices({ tx, actor }: Visit): Promise<{ value: string; text: string }[]> {
  const own = await tx
    .selectFrom('agencies')
    .select(['principal', 'name'])
    .where('principal', 'in', [0, ...actor.administers])
    .orderBy('name')
    .execute()
  const named = own.map(({ principal, name }) => ({ value: String(principal), text: name }))
  return actor.administers.includes(0) ? [{ value: '', text: 'Every agency' }, ...named] : named
}

export const serviceChoices = async ({ tx }: Visit) =>
  tx.selectFrom('service_areas').select(['code', 'name']).where('archived_at', 'is', null).orderBy('position').execute()

async function serviceSelect(visit: Visit, value: string, errors: readonly FieldError[]): Promise<VNode> {
  const services = await serviceChoices(visit)
  return Select({
    name: 'service',
    label: 'For cases of',
    value,
    items: [{ value: '', text: 'Every service' }, ...services.map(({ code, name }) => ({ value: code, text: name }))],
    errorMessage: errorFor(errors, 'service'),
  })
}

function Example({ vocabulary, title, body }: { vocabulary: Vocabulary; title: string; body: string }): VNode {
  const template = checkTemplate(vocabulary, body)
  return (
    <section aria-labelledby="example">
      <h2 class="govuk-heading-m" id="example">
        As it reads for a made-up person
      </h2>
      {template.ok ? (
        <PaperOnPage paper={exampleOf(title, template.parts, vocabulary.groups)} below={2} />
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {template.problems.map(({ line, problem }) => (
            <li key={`${line} ${problem}`}>
              Line {line}: {problem}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The fields that there are now: a form that was released a minute ago is among them. */
function FieldsPanel({ vocabulary }: { vocabulary: Vocabulary }): VNode {
  return (
    <SidePanel id="fields" title="Fields of the record">
      {vocabulary.groups.map(({ title, fields }) =>
        Details({
          summaryText: title,
          children: (
            <dl class="ly-merge-fields">
              {fields.map(({ name, label }) => (
                <div key={name}>
                  <dt>{label}</dt>
                  <dd>
                    <code>{`{{${name}}}`}</code>
                  </dd>
                </div>
              ))}
            </dl>
          ),
        }),
      )}
    </SidePanel>
  )
}

function HowToMerge(): VNode {
  return Details({
    summaryText: 'How to take words from the record, and to show a part only sometimes',
    children: (
      <>
        <p class="govuk-body">
          <code>{'{{person.salutation}}'}</code> is filled from the record. Every field is in the list beside.
        </p>
        <p class="govuk-body">A part that is there only sometimes stands between two lines:</p>
        <pre class="ly-wording-shown">
          {"{{if person.interpreter == 'spoken'}}\nWe will bring an interpreter.\n{{else}}\nTell us if you need an interpreter.\n{{end}}"}
        </pre>
        <p class="govuk-body">
          Conditions are written as in forms: <code>==</code>, <code>!=</code>, <code>&amp;&amp;</code>, <code>||</code>. What the record
          does not say counts as no.
        </p>
      </>
    ),
  })
}
