import type { VNode } from 'preact'
import { paths } from '../../../paths.ts'
import { type Answer, redirect } from '../../../platform/web/answer.ts'
import { Button, Details, type FieldError, Form, Words } from '../../../ui/index.ts'
import type { StrangerVisit } from '../door.ts'
import { beginDraft } from '../drafts.ts'
import { limits, mayTry } from '../limits.ts'
import { type OpenPage, openPage, openPages } from '../page.ts'
import { Guard, InDanger, isSuspected, noSuchPage, outsidePage, tooMany } from './frame.tsx'

/** What can be asked for without an account. */
export async function listPage({ tx }: StrangerVisit): Promise<Answer> {
  const pages = await openPages(tx)
  const of = (audience: OpenPage['audience']) => pages.filter(one => one.audience === audience)
  return outsidePage(
    'Ask for help, or refer somebody',
    <>
      <InDanger />
      {pages.length === 0 ? <p class="govuk-body">No service takes referrals on this page at the moment.</p> : null}
      <Pages title="For yourself, or for somebody close to you" pages={of('public')} />
      <Pages title="For professionals" pages={of('professional')} />
      <p class="govuk-body">
        <a class="govuk-link" href={paths.refer.return}>
          Come back to a form that you saved
        </a>
      </p>
    </>,
  )
}

function Pages({ title, pages }: { title: string; pages: readonly OpenPage[] }): VNode | null {
  if (pages.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{title}</h2>
      <ul class="govuk-list govuk-list--spaced">
        {pages.map(one => (
          <li key={one.code}>
            <a class="govuk-link" href={paths.refer.page(one.code)}>
              {one.name}
            </a>
            {one.state === 'closed' ? ' – closed at the moment' : ''}
          </li>
        ))}
      </ul>
    </>
  )
}

/** Where a form begins: what it is for, what becomes of it, or whom to ring while it is closed. */
export async function startPage(visit: StrangerVisit, errors: readonly FieldError[] = []): Promise<Answer> {
  const page = await openPage(visit.tx, visit.params['pageCode'] ?? '')
  return page ? showStart(visit, page, errors) : noSuchPage()
}

export async function postStart(visit: StrangerVisit): Promise<Answer> {
  const { tx, now, holder, address, keys } = visit
  const page = await openPage(tx, visit.params['pageCode'] ?? '')
  if (!page) return noSuchPage()
  if (page.state === 'closed') return showStart(visit, page, [])
  if (!(await mayTry(tx, now, 'begin', limits.begin(address, keys.everybody)))) return tooMany(paths.refer.page(page.code))
  const id = await beginDraft(tx, now, page, { holder, suspected: isSuspected(visit) })
  return id ? redirect(paths.refer.step(id, 1)) : noSuchPage()
}

function showStart(visit: StrangerVisit, page: OpenPage, errors: readonly FieldError[]): Answer {
  if (page.state === 'closed')
    return outsidePage(
      page.name,
      <>
        <p class="govuk-body-l">This page is closed at the moment.</p>
        <Words text={page.closedWords} />
        <InDanger />
      </>,
    )
  return outsidePage(
    page.name,
    <>
      <InDanger />
      <Words text={page.opening} />
      <p class="govuk-body">
        You do not need an account. You can save what you have written and come back to it within {days(page.keepDraftDays)}. “Exit this
        page” leaves at once for another website, and what you have not saved is gone.
      </p>
      {Details({ summaryText: 'What happens with what you write', text: <WhatHappens page={page} /> })}
      <Form {...visit.form} action={paths.refer.page(page.code)}>
        <Guard />
        <Button text="Start" />
      </Form>
    </>,
    errors,
  )
}

/** What the page's own words cannot get wrong: to whom it may go on, which passing on asks for, and the days that are set for the page. */
function WhatHappens({ page }: { page: OpenPage }): VNode {
  return (
    <>
      <Words text={page.privacy} />
      <p class="govuk-body">
        The team passes it on to another team of its own agency where that is the one to help. It goes to another agency only if you or the
        person that it is about agree, or where the law allows or requires it, such as to keep somebody safe.
      </p>
      <p class="govuk-body">
        What you write and do not send is deleted after {days(page.keepDraftDays)}. What is sent and not taken up is deleted{' '}
        {days(page.keepDecidedDays)} after that was decided.
      </p>
    </>
  )
}

const days = (count: number): string => (count === 1 ? 'a day' : `${count} days`)
