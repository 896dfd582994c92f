import { paths } from '../../../paths.ts'
import { type Answer, redirect } from '../../../platform/web/answer.ts'
import { Button, type FieldError, Form } from '../../../ui/index.ts'
import type { StrangerVisit } from '../door.ts'
import { putBy } from '../drafts.ts'
import { newCode } from '../keys.ts'
import { limits, mayTry } from '../limits.ts'
import { EmailInput, readEmail, type SendCode } from './email-input.tsx'
import { openDraft } from './fill-in.tsx'
import { notOpenHere, outsidePage, tooMany } from './frame.tsx'

/** Where it is asked to which address the code goes. */
export async function savePage(visit: StrangerVisit, errors: readonly FieldError[] = []): Promise<Answer> {
  const opened = await openDraft(visit)
  if (!opened) return notOpenHere()
  return outsidePage(
    'Save and come back later',
    <Form {...visit.form} action={paths.refer.save(opened.draft.id)}>
      <p class="govuk-body">
        We send a code to an email address. With the address and the code the form can be opened again, on any computer or telephone, within{' '}
        {opened.page.keepDraftDays} days. The email does not say which service this is, or about whom.
      </p>
      <EmailInput errors={errors} value={visit.fields.typed('email')} hint="Use one that nobody else reads whom this must be hidden from" />
      <Button text="Save and send the code" />
      <p class="govuk-body">
        <a class="govuk-link" href={paths.refer.step(opened.draft.id, 1)}>
          Go back to the form
        </a>
      </p>
    </Form>,
    errors,
  )
}

/** Puts it by, and sends the code. It is open in this browser no longer. */
export async function postSave(visit: StrangerVisit, sendCode: SendCode): Promise<Answer> {
  const opened = await openDraft(visit, true)
  if (!opened) return notOpenHere()
  const { tx, now, keys, holder, address } = visit
  const { email, errors } = readEmail(visit)
  if (errors.length > 0) return savePage(visit, errors)
  const mailKey = keys.mail(email)
  if (!(await mayTry(tx, now, 'ask', limits.ask(address, mailKey)))) return tooMany(paths.refer.save(opened.draft.id))
  const code = newCode()
  await putBy(tx, now, opened.draft.id, { holder, mailKey, codeKey: keys.code(email, code) })
  visit.afterCommit(() => sendCode(email, code))
  visit.becomeAnother()
  return redirect(paths.refer.saved)
}

/** How to go on with what was put by. */
export async function savedPage(): Promise<Answer> {
  return outsidePage(
    'Saved',
    <>
      <p class="govuk-body">
        A code is on its way to the email address that you entered. What you wrote is no longer open in this browser, and nothing has been
        sent.
      </p>
      <p class="govuk-body">To go on, today or another day:</p>
      <ul class="govuk-list govuk-list--bullet">
        <li>
          <a class="govuk-link" href={paths.refer.code}>
            enter the address and the code
          </a>
        </li>
        <li>
          or{' '}
          <a class="govuk-link" href={paths.refer.return}>
            ask for another code
          </a>
          , if the email is lost or more than a day has gone by
        </li>
      </ul>
    </>,
  )
}
