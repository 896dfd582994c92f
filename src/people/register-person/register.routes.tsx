import type { VNode } from 'preact'
import { auditAll } from '../../audit/index.ts'
import { paths } from '../../paths.ts'
import { type Actor, may } from '../../platform/actor.ts'
import { today } from '../../platform/clock.ts'
import { type Answer, fragment, notFound, page, redirect } from '../../platform/web/answer.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { Button, errorSummaryFor, type FieldError, Form, PageTitle, WarningText } from '../../ui/index.ts'
import { formatClientId } from '../client-id.ts'
import { MatchList } from '../duplicates/match-list.tsx'
import { tellApart } from '../duplicates/tell-apart.ts'
import { type Shown, shownAsTyped } from '../edit-section/section-form.tsx'
import { sureFrom } from '../matching.ts'
import { formatName } from '../names.ts'
import type { PersonFrame } from '../visit-person.tsx'
import { type LikelyMatch, likelyMatches } from './likely-matches.ts'
import { LikelyPlace, LikelyWhileTyping } from './likely-while-typing.tsx'
import { likenessTyped, readRegistration } from './read-registration.ts'
import { postsOf, registerPeople } from './register.ts'
import { RegistrationFields } from './registration-form.tsx'

/** Putting a person on record: the form, the warning while it is typed, and the question whether it is somebody known. */
export function registerRoutes(routes: Routes, { knownElsewhere }: PersonFrame = {}): void {
  // What was searched for in vain comes along in the address.
  routes.get('/people/new', { may: 'record' }, async visit => {
    if (!mayRegister(visit.actor, visit.query.get('for') ?? '')) return notFound()
    return formPage(visit, { text: name => visit.query.get(name) ?? '', all: () => [] }, [])
  })

  routes.post('/people/new/likely', { may: 'record', repeatable: true }, async visit => {
    const { person } = readRegistration(visit.fields, today(visit.clock))
    const matches = await likelyMatches(visit.tx, likenessTyped(person), { limit: 5 })
    await auditShown(visit, matches)
    return fragment(<LikelyWhileTyping matches={matches} today={today(visit.clock)} />)
  })

  // Back from the question to the form, with everything that was typed.
  routes.post('/people/new/again', { may: 'record', repeatable: true }, async visit => formPage(visit, shownAsTyped(visit.fields), []))

  routes.post('/people/new', { may: 'record' }, async visit => {
    const { person, errors } = readRegistration(visit.fields, today(visit.clock))
    if (errors.length > 0) return formPage(visit, shownAsTyped(visit.fields), errors)
    const matches = await likelyMatches(visit.tx, likenessTyped(person))
    const toldApart = visit.fields.all('told-apart')
    // Somebody may have been registered since the question was asked: it is then asked again.
    const unasked = matches.some(match => !toldApart.includes(match.person.id))
    // Somebody whom they do not see may be on record: which service works with them and whom to ring is asked once, as far as they may know it.
    const elsewhere = visit.fields.text('asked-elsewhere') === 'yes' ? null : ((await knownElsewhere?.(visit, person)) ?? null)
    if (unasked || elsewhere) {
      await auditShown(visit, matches)
      return questionPage(visit, matches, elsewhere)
    }
    return register(visit, person, matches)
  })
}

/** Whoever is shown people who may be the one being registered has read who they are: it stands in the audit of each of them (U9). */
async function auditShown({ tx, actor, clock }: Visit, matches: readonly LikelyMatch[]): Promise<void> {
  const people = matches.map(match => match.person.id)
  await auditAll(
    tx,
    actor,
    clock.now(),
    people.map(id => ({ action: 'likely-people-shown', subject: { type: 'person', id }, personId: id })),
  )
}

async function register(
  visit: Visit,
  person: Parameters<typeof registerPeople>[3][number],
  matches: readonly LikelyMatch[],
): Promise<Answer> {
  const { tx, actor, clock, fields } = visit
  const post = Number(fields.text('post'))
  const posts = postsOf(actor)
  if (!mayRegister(actor, fields.text('for'))) return notFound()
  // Without a post that takes cases the record is theirs alone, until the episode that they begin opens it (E6).
  const chosen = posts.length === 0 ? { post: actor.principal } : posts.some(each => each.principal === post) ? { post } : {}
  const outcome = await registerPeople(tx, actor, clock.now(), [person], chosen)
  if (!outcome.ok) return notFound()
  const [registered] = outcome.value
  if (!registered) throw new Error('Nobody was registered.')
  await tellApart(
    tx,
    actor,
    clock.now(),
    registered.id,
    matches.map(match => match.person.id),
  )
  return redirect(afterwards(visit, registered.id), {
    notice: `${formatName(person)} is on record as LY ${formatClientId(registered.clientId)}`,
  })
}

/** Whoever takes cases, and whoever begins episodes for somebody whom no agency holds (E6). */
const mayRegister = (actor: Actor, whatFor: string): boolean =>
  postsOf(actor).length > 0 || (whatFor === 'episode' && may(actor, 'start-episodes'))

/** On to the episode that they were put on record for, where they were. */
const afterwards = ({ actor, fields }: Visit, personId: string): string =>
  fields.text('for') === 'episode' && may(actor, 'start-episodes') ? paths.episodes.begin(personId) : paths.people.details(personId)

function formPage(visit: Visit, shown: Shown, errors: readonly FieldError[]): Answer {
  return page(
    'Register a person',
    <>
      {errorSummaryFor(errors)}
      <PageTitle title="Register a person" context="Search first: most people are known to somebody." />
      <Form
        action={paths.people.register}
        {...visit.form}
        attributes={{ 'data-island': 'duplicate-warning', 'data-likely': paths.people.likelyMatches }}
      >
        <div class="ly-register">
          <LikelyPlace />
          <div class="ly-register__fields">
            {shown.text('for') === 'episode' ? <input type="hidden" name="for" value="episode" /> : null}
            <RegistrationFields shown={shown} errors={errors} posts={postsOf(visit.actor)} />
            <div class="govuk-button-group">
              {Button({ text: 'Register' })}
              <a class="govuk-link" href={paths.search}>
                Cancel
              </a>
            </div>
          </div>
        </div>
      </Form>
    </>,
    { section: 'people', hasErrors: errors.length > 0 },
  )
}

/** Asked when the form was sent and somebody on record may be this person. Nothing is saved yet, and nothing typed is lost. */
function questionPage(visit: Visit, matches: readonly LikelyMatch[], elsewhere: VNode | null): Answer {
  const asked = new Set(['_csrf', '_once', 'told-apart', 'asked-elsewhere'])
  const kept = visit.fields
    .names()
    .filter(name => !asked.has(name))
    .flatMap(name => visit.fields.all(name).map(value => ({ name, value })))
  const sure = matches.some(match => match.match.score >= sureFrom)
  const title =
    matches.length === 0 ? 'Somebody may have them on record' : matches.length === 1 ? 'Is it this person?' : 'Is it one of these people?'
  return page(
    title,
    <>
      <PageTitle title={title} context="Nobody has been registered yet." />
      {elsewhere ? (
        <section aria-labelledby="elsewhere">
          <h2 class="govuk-heading-m" id="elsewhere">
            Known to another service by this name and date of birth
          </h2>
          <p class="govuk-body">
            Ring them before you register: they can open their record to you, so that there is one. You are not told more here.
          </p>
          {elsewhere}
        </section>
      ) : null}
      {sure &&
        WarningText({
          text: 'A number that only one person has is on record already. If it is the same person, use that record.',
          iconFallbackText: 'Warning',
        })}
      {matches.length > 0 ? (
        <MatchList
          matches={matches}
          today={today(visit.clock)}
          caption="People on record who may be the same"
          last={{
            heading: 'Use',
            cell: ({ person }) => (
              <a class="govuk-link" href={afterwards(visit, person.id)}>
                This is them<span class="govuk-visually-hidden">: {formatName(person)}</span>
              </a>
            ),
          }}
        />
      ) : null}
      <Form action={paths.people.register} {...visit.form}>
        {kept.map(({ name, value }) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {matches.map(match => (
          <input type="hidden" name="told-apart" value={match.person.id} />
        ))}
        {elsewhere || visit.fields.text('asked-elsewhere') === 'yes' ? <input type="hidden" name="asked-elsewhere" value="yes" /> : null}
        <div class="govuk-button-group">
          {Button({
            text:
              matches.length === 0
                ? 'Register all the same'
                : matches.length === 1
                  ? 'Not a duplicate: register'
                  : 'None of them: register',
            classes: 'govuk-button--secondary',
          })}
          {Button({
            text: 'Go back and change',
            classes: 'govuk-button--secondary',
            attributes: { formaction: paths.people.registerAgain },
          })}
        </div>
      </Form>
    </>,
    { section: 'people' },
  )
}
