import { paths } from '../../../paths.ts'
import { formatInstant } from '../../../platform/clock.ts'
import { type Answer, redirect } from '../../../platform/web/answer.ts'
import { Button, errorFor, type FieldError, Form, Input } from '../../../ui/index.ts'
import type { StrangerVisit } from '../door.ts'
import { draftsHeld, findDraft, openWithCode, renewCode } from '../drafts.ts'
import { complaintsOf, pagesToFill, surroundings } from '../form.ts'
import { newCode } from '../keys.ts'
import { lastAsked, limits, mayTry, mostTriesAtCode, triesAtCode } from '../limits.ts'
import { openPage } from '../page.ts'
import { EmailInput, readEmail, type SendCode } from './email-input.tsx'
import { notOpenHere, outsidePage, tooMany } from './frame.tsx'

/** Where a code is asked for. */
export async function returnPage(visit: StrangerVisit, errors: readonly FieldError[] = []): Promise<Answer> {
  return outsidePage(
    'Come back to a form that you saved',
    <>
      <Form {...visit.form} action={paths.refer.return}>
        <EmailInput errors={errors} value={visit.fields.typed('email')} hint="The address that you gave when you saved it" />
        <Button text="Send me a code" />
      </Form>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.refer.code}>
          I have a code
        </a>
      </p>
    </>,
    errors,
  )
}

/** An answer takes at least this long, whether or not there was anything to send a code for. */
const leastMilliseconds = 200

/** Sends another code where something is saved under the address. What is shown, and how long it takes, is the same where nothing is. */
export async function postReturn(visit: StrangerVisit, sendCode: SendCode): Promise<Answer> {
  const { tx, now, keys, address } = visit
  const { email, errors } = readEmail(visit)
  if (errors.length > 0) return returnPage(visit, errors)
  const mailKey = keys.mail(email)
  if (!(await mayTry(tx, now, 'ask', limits.ask(address, mailKey)))) return tooMany(paths.refer.return)
  const code = newCode()
  const isThere = await renewCode(tx, now, { mailKey, codeKey: keys.code(email, code) })
  visit.afterCommit(async () => {
    const sending = isThere ? sendCode(email, code) : undefined
    await Promise.all([sending, new Promise(resolve => setTimeout(resolve, leastMilliseconds))])
  })
  return codePage(visit)
}

/** Where the code is entered; straight after one was asked for, with the address as it was given. */
export async function codePage(visit: StrangerVisit, errors: readonly FieldError[] = []): Promise<Answer> {
  const email = visit.fields.text('email')
  return outsidePage(
    'Enter the code',
    <>
      {email && errors.length === 0 ? (
        <p class="govuk-body">If a form is saved under this address, a code is on its way to it. Look among unwanted mail as well.</p>
      ) : null}
      <Form {...visit.form} action={paths.refer.code}>
        <EmailInput errors={errors} value={visit.fields.typed('email')} />
        <Input
          name="code"
          label={{ text: 'Code', classes: 'govuk-label--s' }}
          hint={`Eight figures, from the latest email. It works once, within a day.`}
          classes="govuk-input--width-10"
          inputmode="numeric"
          autocomplete="one-time-code"
          spellcheck={false}
          value={errors.length > 0 ? visit.fields.typed('code') : ''}
          errorMessage={errorFor(errors, 'code')}
        />
        <Button text="Open the form" />
      </Form>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.refer.return}>
          Ask for another code
        </a>
      </p>
    </>,
    errors,
  )
}

export async function postCode(visit: StrangerVisit): Promise<Answer> {
  const { tx, now, keys, holder, address, fields } = visit
  const { email, errors } = readEmail(visit)
  const code = fields.text('code').replace(/[\s-]/g, '')
  if (!/^\d{8}$/.test(code)) errors.push({ field: 'code', message: 'Enter the code from the email: eight figures' })
  if (errors.length > 0) return codePage(visit, errors)
  const mailKey = keys.mail(email)
  if (!(await mayTry(tx, now, 'code', limits.code(address)))) return tooMany(paths.refer.code)
  const since = await lastAsked(tx, mailKey, new Date(now.getTime() - 24 * 3_600_000))
  const tries = await triesAtCode(tx, now, mailKey, since)
  if (tries > mostTriesAtCode)
    return codePage(visit, [{ field: 'code', message: 'A wrong code was entered too often. Ask for another code, and use that one' }])
  const opened = await openWithCode(tx, now, { holder, codeKey: keys.code(email, code) })
  if (opened.length === 0)
    return codePage(visit, [
      { field: 'code', message: 'This code does not open a form. Check the address and the code, or ask for another code' },
    ])
  return redirect(opened.length === 1 ? await whereLeft(visit, opened[0]!) : paths.refer.open)
}

/** Several forms that one address had saved: told apart by what they are for and when they were begun, and nothing that was written in them. */
export async function openFormsPage(visit: StrangerVisit): Promise<Answer> {
  const held = await draftsHeld(visit.tx, visit.now, visit.holder)
  if (held.length === 0) return notOpenHere()
  const pages = new Map<string, string>()
  const places = new Map<string, string>()
  for (const { id } of held) places.set(id, await whereLeft(visit, id))
  for (const { pageCode } of held) pages.set(pageCode, (await openPage(visit.tx, pageCode))?.name ?? 'A form')
  return outsidePage(
    'Your forms',
    <ul class="govuk-list govuk-list--spaced">
      {held.map(one => (
        <li key={one.id}>
          <a class="govuk-link" href={places.get(one.id) ?? paths.refer.check(one.id)}>
            {pages.get(one.pageCode)}
          </a>
          , begun {formatInstant(one.startedAt)}, saved {formatInstant(one.savedAt)}
        </li>
      ))}
    </ul>,
  )
}

/** Where somebody goes on with a form: its first page on which something is still to be answered, or all of it where nothing is. */
async function whereLeft({ tx, now, holder }: StrangerVisit, draftId: string): Promise<string> {
  const draft = await findDraft(tx, now, holder, draftId)
  const page = draft && (await openPage(tx, draft.pageCode))
  if (!draft || !page) return paths.refer.check(draftId)
  const { pages } = pagesToFill(draft.form, draft.answers, now, page.whole)
  const unfinished = new Set(complaintsOf(draft.form, draft, surroundings(now)).map(one => one.page))
  if (unfinished.size === 0) return paths.refer.check(draftId)
  return paths.refer.step(draftId, page.whole ? 1 : Math.max(1, pages.findIndex(one => unfinished.has(one.code)) + 1))
}
