import { teamsFor } from '../../cases/index.ts'
import { formsForOutside } from '../../forms/index.ts'
import { paths } from '../../paths.ts'
import { type Answer, notFound, redirect } from '../../platform/web/answer.ts'
import { type Fields, noFields } from '../../platform/web/fields.ts'
import type { Routes, Visit } from '../../platform/web/routes.ts'
import { addPage, audienceWords, changePage, type KeptPage, keptPages, type PageState } from '../../referrals/index.ts'
import { Button, DataTable, type FieldError, Form, Tag } from '../../ui/index.ts'
import { formPage, listPage } from '../frame.tsx'
import { forAuthority } from '../rights.ts'
import { PageFields } from './page-fields.tsx'
import { type PageChoices, readPage } from './read-page.ts'

/** Pages on which people without an account refer to a service: what they say, and whether they are open (V6). */
export function referralPageRoutes(routes: Routes): void {
  const may = { may: 'manage-settings' } as const
  const { referralPages, addReferralPage, referralPage } = paths.settings
  routes.get(referralPages, may, forAuthority(list))
  routes.get(
    addReferralPage,
    may,
    forAuthority(visit => form(visit, undefined, noFields, [])),
  )
  routes.post(addReferralPage, may, forAuthority(add))
  routes.get(
    referralPage(':pageCode'),
    may,
    forAuthority(visit => onPage(visit, one => form(visit, one, noFields, []))),
  )
  routes.post(
    referralPage(':pageCode'),
    may,
    forAuthority(visit => onPage(visit, one => change(visit, one))),
  )
}

async function onPage(visit: Visit, answer: (page: KeptPage) => Promise<Answer>): Promise<Answer> {
  const page = (await keptPages(visit.tx)).find(one => one.code === visit.params['pageCode'])
  return page ? answer(page) : notFound()
}

async function list({ tx, actor }: Visit): Promise<Answer> {
  return listPage(
    actor,
    'referral-pages',
    'Referral pages',
    <>
      <p class="govuk-body">
        Pages on which anybody refers to a service without an account. Those that are open or closed stand at{' '}
        <a class="govuk-link" href={paths.refer.list}>
          {paths.refer.list}
        </a>
        ; lead to them from the service’s own website. Their addresses do not say what they are about, since they stay in a browser’s
        history.
      </p>
      <DataTable<KeptPage>
        caption="Referral pages"
        captionHidden
        rows={await keptPages(tx)}
        keyOf={one => one.code}
        empty={<p class="govuk-body">There is none yet.</p>}
        columns={[
          {
            heading: 'Page',
            rowHeader: true,
            cell: one => (
              <a class="govuk-link" href={paths.settings.referralPage(one.code)}>
                {one.name}
              </a>
            ),
            second: one => `${one.serviceName} · ${audienceWords[one.audience]}`,
          },
          { heading: 'Read by', cell: one => one.teamName, second: one => one.agencyName },
          { heading: 'Address', cell: one => paths.refer.page(one.code) },
          { heading: 'State', cell: one => <Tag {...stateTag[one.state]} /> },
        ]}
      />
    </>,
    <Button href={paths.settings.addReferralPage}>Add a page</Button>,
  )
}

const stateTag: Record<PageState, { text: string; classes: string }> = {
  open: { text: 'Open', classes: 'govuk-tag--green' },
  closed: { text: 'Closed, says whom to ring', classes: 'govuk-tag--orange' },
  off: { text: 'Off', classes: 'govuk-tag--grey' },
}

async function choicesFor({ tx }: Visit, page?: KeptPage): Promise<PageChoices> {
  return { teams: await teamsFor(tx, page?.serviceArea), forms: await formsForOutside(tx) }
}

async function form(visit: Visit, page: KeptPage | undefined, typed: Fields, errors: readonly FieldError[]): Promise<Answer> {
  return formPage(
    { href: paths.settings.referralPages, text: 'Referral pages' },
    page ? page.name : 'Add a referral page',
    errors,
    <Form {...visit.form} action={page ? paths.settings.referralPage(page.code) : paths.settings.addReferralPage}>
      {page ? (
        <p class="govuk-body">
          {page.serviceName} · {audienceWords[page.audience]}
          {page.state === 'off' ? null : (
            <>
              {' · '}
              <a class="govuk-link" href={paths.refer.page(page.code)}>
                See it as anybody does
              </a>
            </>
          )}
        </p>
      ) : null}
      <input type="hidden" name="version" value={String(page?.version ?? 0)} />
      <PageFields page={page} typed={typed} errors={errors} choices={await choicesFor(visit, page)} />
      <Button>Save</Button>
    </Form>,
  )
}

async function add(visit: Visit): Promise<Answer> {
  const read = readPage(visit.fields, await choicesFor(visit))
  if ('errors' in read) return form(visit, undefined, visit.fields, read.errors)
  const { words, serviceArea, audience } = read
  const code = await addPage(visit.tx, visit.actor, visit.clock.now(), { ...words, serviceArea, audience })
  if (!code)
    return form(visit, undefined, visit.fields, [
      { field: 'audience', message: 'This service has a page for them already. Change that one, or choose the others' },
    ])
  return redirect(paths.settings.referralPages, { notice: `${words.name} saved` })
}

async function change(visit: Visit, page: KeptPage): Promise<Answer> {
  const read = readPage(visit.fields, await choicesFor(visit, page), page)
  if ('errors' in read) return form(visit, page, visit.fields, read.errors)
  const version = Number(visit.fields.text('version'))
  if (version !== page.version || !(await changePage(visit.tx, visit.actor, visit.clock.now(), page.code, version, read.words)))
    return form(visit, page, visit.fields, [
      {
        field: 'name',
        message: 'Somebody changed this page while you were writing. Look at it anew in another tab, then save yours again',
      },
    ])
  return redirect(paths.settings.referralPages, { notice: `${read.words.name} saved` })
}
