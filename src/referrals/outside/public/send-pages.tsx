import { FormFacts, workOut } from '../../../forms/index.ts'
import { paths } from '../../../paths.ts'
import { type Answer, redirect } from '../../../platform/web/answer.ts'
import { Button, type FieldError, Form, Panel, WarningText, Words } from '../../../ui/index.ts'
import type { StrangerVisit } from '../door.ts'
import { sendDraft } from '../drafts.ts'
import { complaintsOf, pagesToFill, surroundings, urgencyOf } from '../form.ts'
import { limits, mayTry } from '../limits.ts'
import { openPage } from '../page.ts'
import { openDraft } from './fill-in.tsx'
import { Guard, isSuspected, isTooFast, noSuchPage, notOpenHere, outsideAnswer, outsidePage, sentTooFast, tooMany } from './frame.tsx'

/** Everything that was answered, before it is sent. */
export async function checkPage(visit: StrangerVisit, failed: readonly FieldError[] = []): Promise<Answer> {
  const opened = await openDraft(visit)
  if (!opened) return notOpenHere()
  const { draft, page } = opened
  const around = surroundings(visit.now)
  const { pages } = pagesToFill(draft.form, draft.answers, visit.now, page.whole)
  const workedOut = workOut(draft.form, draft.answers, around)
  const missing = complaintsOf(draft.form, draft, around, workedOut)
  const stepOf = (code: string) => (page.whole ? 1 : pages.findIndex(one => one.code === code) + 1)
  return outsidePage(
    'Check your answers',
    <>
      {missing.length > 0 ? (
        <>
          <p class="govuk-body">Before it can be sent:</p>
          <ul class="govuk-list govuk-list--bullet">
            {missing.map(error => (
              <li key={error.code}>
                <a class="govuk-link" href={`${paths.refer.step(draft.id, stepOf(error.page))}?check#${error.field}`}>
                  {error.message}
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <FormFacts
        form={draft.form}
        filled={draft}
        workedOut={workedOut}
        around={around}
        sections={new Set(draft.form.definition.pages.flatMap(one => one.sections.map(section => section.code)))}
      />
      <p class="govuk-body">
        Change:{' '}
        {pages.map((one, place) => (
          <>
            {place > 0 ? ' · ' : null}
            <a class="govuk-link" href={paths.refer.step(draft.id, place + 1)}>
              {one.title}
            </a>
          </>
        ))}
      </p>
      {missing.length > 0 ? null : page.state === 'closed' ? (
        <>
          <p class="govuk-body">This page has closed meanwhile. What you wrote is kept, and cannot be sent at the moment.</p>
          <Words text={page.closedWords} />
        </>
      ) : (
        <Form {...visit.form} action={paths.refer.check(draft.id)}>
          <Guard />
          <p class="govuk-body">Once it is sent, the service has it. It can no longer be read or changed here.</p>
          <Button text="Send" />
        </Form>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={paths.refer.save(draft.id)}>
          Save and come back later
        </a>
        {' · '}
        <a class="govuk-link" href={paths.refer.remove(draft.id)}>
          Delete what I wrote
        </a>
      </p>
    </>,
    failed,
  )
}

/** Sends it, tells the service, and leaves nothing open in this browser. `told` is what happens behind the pages. */
export async function postCheck(visit: StrangerVisit, sent: (referralId: string, isUrgent: boolean) => Promise<void>): Promise<Answer> {
  const opened = await openDraft(visit, true)
  if (!opened) return visit.told?.startsWith('sent ') ? redirect(paths.refer.sent) : notOpenHere()
  const { draft, page } = opened
  const errors = complaintsOf(draft.form, draft, surroundings(visit.now))
  if (errors.length > 0 || page.state === 'closed') return redirect(paths.refer.check(draft.id))
  if (isTooFast(draft, visit.now)) return checkPage(visit, [sentTooFast])
  const { keys, now, address } = visit
  if (!(await mayTry(visit.tx, now, 'send', limits.send(address, keys.page(page.code), page.mostAnHour, keys.everybody))))
    return tooMany(paths.refer.check(draft.id))
  const number = await sendDraft(visit.tx, now, page, draft, { holder: visit.holder, suspected: isSuspected(visit) })
  const isUrgent = urgencyOf(draft) === 'emergency'
  visit.afterCommit(() => sent(draft.id, isUrgent))
  visit.tell(`sent ${number} ${page.code}${isUrgent ? ' today' : ''}`)
  visit.becomeAnother()
  return redirect(paths.refer.sent)
}

/** Its number and what happens next: for two minutes, in the browser that sent it. */
export async function sentPage({ tx, told }: StrangerVisit): Promise<Answer> {
  const [what, number, pageCode, today] = (told ?? '').split(' ')
  const page = what === 'sent' && pageCode ? await openPage(tx, pageCode) : undefined
  if (!page || !number) return noSuchPage()
  return outsideAnswer(
    'Sent',
    <>
      {Panel({ titleText: 'Sent', text: <>Your number is {number}</>, headingLevel: 1 })}
      <p class="govuk-body">Write the number down. You need it only if you get in touch about what you sent.</p>
      <h2 class="govuk-heading-m">What happens next</h2>
      {today === 'today' ? (
        <WarningText text="You said that help is needed today. If somebody is in danger, ring 999 now. The service has been told that it is urgent and looks at it today; do not wait for it where you can ring." />
      ) : null}
      <Words text={page.whatNext} />
      <p class="govuk-body">
        Nothing of what you wrote is kept in this browser. “Exit this page” leaves for another website; the browser’s history still has this
        address, which does not say what it is about.
      </p>
    </>,
  )
}
