import { paths } from '../paths.ts'
import { page } from '../platform/web/answer.ts'
import type { Routes } from '../platform/web/routes.ts'
import { PageTitle, SummaryList } from '../ui/index.ts'

/** What keys do, and how to turn that off (WCAG 2.1.4). They need script, so the switch is script too; every one of them has a link. */
export function shortcutRoutes(routes: Routes): void {
  routes.get(paths.account.shortcuts, { may: 'anyone-signed-in' }, async () =>
    page(
      'Keyboard shortcuts',
      <div class="ly-narrow">
        <PageTitle title="Keyboard shortcuts" />
        <SummaryList
          rows={[
            { key: { text: 'Alt + Shift + C' }, value: { text: 'Record a contact. On a page about a person it is about that person' } },
            { key: { text: '/' }, value: { text: 'Go to the box that finds a person' } },
          ]}
        />
        <p class="govuk-body">They do nothing while you type. Turn them off if you speak to your computer, or if they get in your way.</p>
        <p class="govuk-body" data-shortcuts-state role="status">
          They work where your browser runs script.
        </p>
        <button type="button" class="govuk-button govuk-button--secondary" data-shortcuts hidden>
          Turn them off
        </button>
      </div>,
    ),
  )
}
