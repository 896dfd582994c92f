import type { ComponentChildren, VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { AlertBar } from './alert-bar.tsx'
import { ExitThisPage } from './govuk/exit-this-page.tsx'
import { NotificationBanner } from './govuk/notification-banner.tsx'
import { PhaseBanner } from './govuk/phase-banner.tsx'
import { SkipLink } from './govuk/skip-link.tsx'
import { Band } from './layout-band.tsx'
import { MainNavigation } from './layout-navigation.tsx'
import type { Options } from './markup.tsx'

export type NavigationItem = { key: string; text: string; href: string } & Options<{
  /** Shown as a badge when it is above nought. */
  count: number
  /** What the count is of, for screen readers: 'waiting', 'unread'. */
  countWords: string
  /** Keys that lead there, as `aria-keyshortcuts` names them. They hold a key beside the letter, work outside of text alone and can be turned off. */
  shortcut: string
}>

export type Session = { name: string; csrf: string } & Options<{
  agencyName: string
  /** Every post in which the reader works at once, when there are several: 'MARAC office, Porthkerris Police'. */
  posts: readonly string[]
  /** Whether to show the box that finds people. */
  canSearch: boolean
  /** What was last searched for. */
  searched: string
  /** What is always one press away: '+ Record contact', 'Notices'. */
  actions: readonly NavigationItem[]
  /** The user menu above "Sign out". */
  menu: readonly { text: string; href: string }[]
}>

export type Link = { text: string; href: string }

export type PageShell = {
  /** Names the page, then the record: `Edit address – PENROSE, Jago`. The service's name is added. */
  title: string
  body: ComponentChildren
  /** The pages of people who use it all day are wide and dense; sign-in and outsiders' pages keep GOV.UK's calm. */
  wide: boolean
  /** The address of a static file by its name, with its hash. */
  asset: (name: string) => string
} & Options<{
  /** The page shows an error summary: its title begins with "Error: ". */
  hasErrors: boolean
  serviceName: string
  session: Session
  navigation: { items: readonly NavigationItem[]; current?: string | undefined }
  /** Shown once, after something has been saved. */
  notice: string
  /** Set on a demonstration or a test system: says so at the top of every page. */
  demonstration: ComponentChildren
  /** Such as 'OFFICIAL-SENSITIVE'; at the top of the page, and of every sheet when printed. */
  classification: string
  /** Shows "Exit this page" and a neutral title. */
  quickExit: boolean
  /** Where that leads, when not straight to another website. */
  exitBy: string
  /** Who or what the page is about and when it was printed, for paper only. */
  printHeader: ComponentChildren
  footer: readonly Link[]
  scripts: readonly string[]
  styles: readonly string[]
}>

/** Somebody beside the reader sees the tab and the history: the title says nothing. */
const neutralTitle = 'Your page'

/** A whole page of HTML, from the doctype on. The body gives the page its one h1. */
export function renderDocument(page: PageShell): string {
  return `<!doctype html>${renderToString(documentOf(page))}`
}

function documentOf(page: PageShell): VNode {
  const service = page.serviceName ?? 'Lanyard'
  const title = page.quickExit ? neutralTitle : `${page.title} – ${service}`
  return (
    <html lang="en-GB" class={page.wide ? 'govuk-template ly-wide' : 'govuk-template ly-calm'}>
      <head>
        <meta charset="utf-8" />
        <title>{page.hasErrors ? `Error: ${title}` : title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#0b2a40" />
        <meta name="format-detection" content="telephone=no" />
        <link rel="icon" href={page.asset('favicon.svg')} type="image/svg+xml" />
        {(page.styles ?? ['vendor.css', 'lanyard.css']).map(name => (
          <link key={name} rel="stylesheet" href={page.asset(name)} />
        ))}
        {/* No inline script: the policy forbids it. This module also marks the page as one with script. */}
        {(page.scripts ?? ['lanyard.js']).map(name => (
          <script key={name} type="module" src={page.asset(name)} />
        ))}
      </head>
      <body class="govuk-template__body" data-classification={page.classification}>
        {SkipLink({ href: '#main-content', text: 'Skip to main content' })}
        {page.quickExit ? quickExitSkipLink(page.exitBy) : null}
        <header>
          {page.classification ? <p class="ly-classification">{page.classification}</p> : null}
          {Band({ service, session: page.session })}
          {page.navigation?.items.length ? MainNavigation(page.navigation) : null}
          {page.demonstration ? PhaseBanner({ tag: { text: 'Demonstration' }, text: page.demonstration }) : null}
        </header>
        <div class="govuk-width-container">
          {page.printHeader ? <div class="ly-print-header">{page.printHeader}</div> : null}
          {page.quickExit ? ExitThisPage({ redirectUrl: page.exitBy ?? '' }) : null}
          <main class={page.wide ? 'ly-main' : 'govuk-main-wrapper'} id="main-content">
            {page.notice ? notice(page.notice, page.wide) : null}
            {page.body}
          </main>
        </div>
        {foot(service, page.footer ?? [])}
      </body>
    </html>
  )
}

function notice(words: string, wide: boolean): VNode {
  if (wide) return AlertBar({ kind: 'success', title: words, role: 'status' })
  return NotificationBanner({ type: 'success', text: words })
}

function foot(service: string, links: readonly Link[]): VNode {
  return (
    <footer class="ly-footer">
      <div class="govuk-width-container">
        <span class="ly-footer__service">{service}</span>
        {links.length ? (
          <ul class="ly-footer__links" aria-label="Support links">
            {links.map(link => (
              <li key={link.href}>
                <a class="govuk-footer__link" href={link.href}>
                  {link.text}
                </a>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </footer>
  )
}

/** What somebody who comes in may see. */
export const harmlessPage = 'https://www.bbc.co.uk/weather'

/** GOV.UK's pattern pairs the button with a second skip link for people who use a keyboard. */
const quickExitSkipLink = (exitBy = harmlessPage) => (
  <a href={exitBy} class="govuk-skip-link govuk-js-exit-this-page-skiplink" data-module="govuk-skip-link" rel="nofollow noreferrer">
    Exit this page quickly
  </a>
)
