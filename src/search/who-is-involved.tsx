import type { VNode } from 'preact'
import { peopleKnownBy } from '../access/index.ts'
import { audit, auditAll } from '../audit/index.ts'
import { DayInput, type Involvement, involvementsWith, readerOf } from '../cases/index.ts'
import { paths } from '../paths.ts'
import { dateOfBirthToken, type KnownElsewhere, nameToken, nameWords } from '../people/index.ts'
import { may } from '../platform/actor.ts'
import { today } from '../platform/clock.ts'
import { formatDate } from '../platform/plain-date.ts'
import { type Answer, page } from '../platform/web/answer.ts'
import { type Fields, noFields } from '../platform/web/fields.ts'
import type { Visit } from '../platform/web/routes.ts'
import { Button, EmptyState, errorFor, errorSummaryFor, type FieldError, Form, Input } from '../ui/index.ts'

const title = 'Is another service working with somebody?'

/**
 * Whether any service works with somebody, and whom to ring, at any hour (E7). For whoever knows who they mean: the whole name and the day of
 * birth, and not a beginning of either, so that nobody reads through it who there is. Nothing of the person is shown that was not typed. It is
 * posted: whom somebody asks about stands in no address, no history and no log.
 */
export function askWhoIsInvolved(visit: Visit): Answer {
  return asking(visit, noFields, [])
}

export async function tellWhoIsInvolved(visit: Visit): Promise<Answer> {
  const wish = readWish(visit.fields, visit)
  return 'errors' in wish ? asking(visit, visit.fields, wish.errors) : asking(visit, visit.fields, [], wish, await lookUp(visit, wish))
}

function asking({ actor, form }: Visit, typed: Fields, errors: readonly FieldError[], wish?: Wish, found?: readonly Involvement[]): Answer {
  const body = (
    <div class="ly-narrow">
      {errorSummaryFor(errors)}
      <h1 class="govuk-heading-l">{title}</h1>
      {wish && found ? (
        <section aria-labelledby="asked-about">
          <h2 class="govuk-heading-m" id="asked-about">
            You asked about{' '}
            <bdi>
              {typed.text('given')} {typed.text('family')}
            </bdi>
            , born {formatDate(wish.born)}
          </h2>
          <Found found={found} mayBreakGlass={may(actor, 'break-glass')} />
          <h2 class="govuk-heading-m">Ask again</h2>
        </section>
      ) : (
        <p class="govuk-body">
          You see which service, and whom to ring. You see nothing of what it holds. That you asked is recorded on their record.
        </p>
      )}
      <Form {...form} action={paths.involved}>
        {['given', 'family'].map(name => (
          <Input
            key={name}
            name={name}
            label={{ text: name === 'given' ? 'First name' : 'Last name', classes: 'govuk-label--s' }}
            autocomplete="off"
            spellcheck={false}
            value={typed.typed(name)}
            errorMessage={errorFor(errors, name)}
          />
        ))}
        <DayInput
          name="born"
          legend="Date of birth"
          hint="All of it. This finds nobody by a part of a name or date of birth, or by a name that is spelt another way on their record"
          typed={typed}
          errors={errors}
        />
        <Button text="Ask" />
      </Form>
    </div>
  )
  return page(title, body, { section: 'people', hasErrors: errors.length > 0 })
}

type Wish = { names: readonly string[]; born: NonNullable<ReturnType<ReturnType<typeof readerOf>['day']>> }

function readWish(fields: Fields, { clock }: Visit): Wish | { errors: FieldError[] } {
  const read = readerOf(fields)
  const given = read.needed('given', 'First name', 'Enter their first name', 100)
  const family = read.needed('family', 'Last name', 'Enter their last name', 100)
  const born = read.day('born', 'Date of birth', { notAfter: today(clock) })
  const names = [...nameWords(given), ...nameWords(family)]
  if (read.errors.length === 0 && names.length < 2) read.refuse('given', 'Enter their first name and their last name in letters')
  return read.errors.length > 0 || !born ? { errors: read.errors } : { names, born }
}

async function lookUp({ tx, actor, clock }: Visit, { names, born }: Wish): Promise<Involvement[]> {
  const people = await peopleKnownBy(tx, actor, [...names.map(nameToken), dateOfBirthToken(born)])
  const found = people.length === 0 ? [] : await involvementsWith(tx, people)
  const now = clock.now()
  const subject = { type: 'search', id: '' }
  await audit(tx, actor, now, { action: 'involvement-asked', subject, detail: { term: `${names.join(' ')} ${born}`, shown: found.length } })
  // Of everybody it was asked about, also where nothing was shown: their record says who asks.
  await auditAll(
    tx,
    actor,
    now,
    people.map(personId => ({ action: 'involvement-asked-of', subject, personId })),
  )
  return found
}

/**
 * Before somebody is put on record a second time: who works with them, or an episode that there is or was, as far as the actor may know that and
 * whom to ring. Asks nothing of anybody who may not ask it on the page above, nor by less than a whole name and a day of birth; audited as there.
 */
export const knownElsewhere: KnownElsewhere = async (visit, { given, family, dateOfBirth }) => {
  if (!may(visit.actor, 'see-existence') || !given || !family || !dateOfBirth) return null
  const names = [...nameWords(given), ...nameWords(family)]
  if (names.length < 2) return null
  const found = (await lookUp(visit, { names, born: dateOfBirth })).filter(one => !one.isReadable)
  return found.length === 0 ? null : <Found found={found} mayBreakGlass={false} />
}

/** An episode is there, and no agency is involved by that (E6). */
function sinceWhen({ isEpisode, openedOn, closedOn }: Involvement): string {
  if (isEpisode) return closedOn === null ? `since ${formatDate(openedOn)}` : `until ${formatDate(closedOn)}`
  return closedOn === null ? `is involved since ${formatDate(openedOn)}` : `was involved until ${formatDate(closedOn)}`
}

function Found({ found, mayBreakGlass }: { found: readonly Involvement[]; mayBreakGlass: boolean }): VNode {
  if (found.length === 0)
    return (
      <EmptyState title="None that you may know of.">
        It does not mean that nobody works with them: some services do not show it, and some records are for named people alone. If you are
        worried about somebody, act as your agency says.
      </EmptyState>
    )
  return (
    <ul class="ly-list">
      {found.map(one => (
        <li key={one.caseId}>
          <strong>
            {one.serviceName} {sinceWhen(one)}
          </strong>
          <span class="ly-second">
            {one.coordinatorName ? `Co-ordinator: ${one.coordinatorName}, ${one.agencyName}` : `${one.teamName}, ${one.agencyName}`} ·{' '}
            {one.telephone}
            {one.outOfHoursTelephone ? ` · out of hours ${one.outOfHoursTelephone}` : ''}
          </span>
          {one.assessedOn ? <span class="ly-second">An assessment was completed on {formatDate(one.assessedOn)}</span> : null}
          {mayBreakGlass && !one.isReadable ? (
            <a class="govuk-link" href={paths.cases.breakGlass(one.caseId)}>
              Open in an emergency<span class="govuk-visually-hidden">: {one.serviceName}</span>
            </a>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
